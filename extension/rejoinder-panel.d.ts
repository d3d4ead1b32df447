// What `src/panel/src/lib.rs` exports.
declare module "rejoinder-panel" {
    export function start(): void;
    export default function init(options: { module_or_path: string }): Promise<unknown>;
}
