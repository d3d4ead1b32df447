/** Waits, in milliseconds. Hidden documents are woken once a second at most, so whoever polls must look at the state. */
export function pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
