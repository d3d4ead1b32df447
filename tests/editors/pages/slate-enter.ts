import { slate } from "../setups/slate.tsx";

slate({ enterSubmits: true });
