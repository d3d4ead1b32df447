import { mock, test } from "node:test";
import assert from "node:assert/strict";
import { Whole } from "../whole.ts";

interface Stage {
    readonly whole: Whole;
    isSent: boolean;
}

const pass = (): void => mock.timers.tick(5_000);

/** How often the document is told to be whole. */
const CASES: readonly (readonly [name: string, play: (stage: Stage) => void, want: number])[] = [
    ["nobody wants it", ({ whole }) => (whole.changed(), pass()), 0],
    ["all was sent", ({ whole }) => (whole.follow(true), pass(), whole.stir(), pass()), 1],
    ["wanted after all was sent", ({ whole }) => (whole.changed(), pass(), whole.follow(true), pass()), 1],
    ["more was sent", ({ whole }) => (whole.follow(true), pass(), whole.changed(), pass()), 2],
    ["not wanted any more", ({ whole }) => (whole.follow(true), pass(), whole.follow(false), whole.changed(), pass()), 1],
    [
        "something is still to be sent",
        (stage) => {
            stage.isSent = false;
            stage.whole.follow(true);
            pass();
        },
        0,
    ],
    [
        "what was still to be sent was sent",
        (stage) => {
            stage.isSent = false;
            stage.whole.follow(true);
            pass();
            stage.isSent = true;
            stage.whole.changed();
            pass();
        },
        1,
    ],
    ["it ended", ({ whole }) => (whole.follow(true), whole.stop(), whole.changed(), pass()), 0],
];

for (const [name, play, want] of CASES) {
    test(`a whole document: ${name}`, () => {
        mock.timers.enable({ apis: ["setTimeout"] });
        try {
            let told = 0;
            const stage: Stage = {
                isSent: true,
                whole: new Whole({ isSent: () => stage.isSent, whole: () => told++ }),
            };
            play(stage);
            assert.equal(told, want);
        } finally {
            mock.timers.reset();
        }
    });
}
