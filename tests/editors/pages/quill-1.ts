import Quill from "quill-1/dist/quill.js";
import "quill-1/dist/quill.snow.css";
import { quill } from "../setups/quill.ts";

quill((element) => new Quill(element, { theme: "snow" }));
