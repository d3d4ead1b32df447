import { draft } from "../setups/draft.tsx";

draft({ enterSubmits: true });
