import Quill from "quill";
import "quill/dist/quill.snow.css";
import { quill } from "../setups/quill.ts";

quill((element) => new Quill(element, { theme: "snow" }));
