// Open shadow trees: found in slices, and seen through as they are shown.

/** Elements looked at between two looks at the clock. */
const BETWEEN = 256;
/** How much a page must have grown to be searched as a whole again. */
const GROWN = 1.5;
/** How often one document is searched as a whole at most. */
const MOST = 20;

/** Names of elements that had a shadow tree; beside those that pages define, few do. */
const hosts = new Set<string>();

/** What is shown in an element: its shadow tree if it has one, what is slotted, else its children. */
export function shown(element: Element): ArrayLike<Node> {
    const name = element.localName;
    // Of every element to ask whether it has a tree would be the dearest question of a reading.
    if (name.includes("-") || hosts.has(name)) return (element.shadowRoot ?? element).childNodes;
    if (name === "slot") {
        const assigned = (element as HTMLSlotElement).assignedNodes?.() ?? [];
        if (assigned.length > 0) return assigned;
    }
    return element.childNodes;
}

/** The nearest element around that matches, through the borders of shadow trees. */
export function closest(element: Element, selector: string): Element | null {
    for (let at: Element | null = element; at !== null; ) {
        const found = at.closest(selector);
        if (found !== null) return found;
        const root = at.getRootNode();
        at = root instanceof ShadowRoot ? root.host : null;
    }
    return null;
}

/** The shadow trees of a document, as far as they were found. */
export class Shadows {
    readonly roots = new Set<ShadowRoot>();
    private walks: TreeWalker[] = [];
    private searched = 0;
    private left = MOST;

    constructor(
        private readonly document: Document,
        private readonly found: (root: ShadowRoot) => void,
    ) {}

    /** Has the document searched as a whole if it has grown much since it was. */
    search(): void {
        if (this.walks.length > 0 || this.left <= 0) return;
        const size = this.document.getElementsByTagName("*").length;
        if (size < this.searched * GROWN) return;
        this.searched = size;
        this.left--;
        this.walk(this.document);
    }

    /** Looks in what was added for elements of the names that had shadow trees elsewhere. */
    added(root: ParentNode): void {
        // New ones of the known names are looked for at once.
        if (hosts.size === 0) return;
        if (root.nodeType === Node.ELEMENT_NODE) this.look(root as Element);
        for (const host of root.querySelectorAll([...hosts].map((name) => CSS.escape(name)).join(","))) this.look(host);
    }

    /** Goes on searching until a `performance.now()`; says whether something is left. */
    step(until: number): boolean {
        for (let walk = this.walks.pop(); walk !== undefined; walk = this.walks.pop()) {
            for (let count = 1, node = walk.nextNode(); node !== null; count++, node = walk.nextNode()) {
                this.look(node as Element);
                if (count % BETWEEN === 0 && performance.now() > until) {
                    this.walks.push(walk);
                    return true;
                }
            }
        }
        return false;
    }

    /** Forgets trees that are gone. */
    sweep(): void {
        for (const root of this.roots) if (!root.isConnected) this.roots.delete(root);
    }

    private look(element: Element): void {
        const root = element.shadowRoot;
        if (root === null || this.roots.has(root)) return;
        this.roots.add(root);
        hosts.add(element.localName);
        this.walk(root);
        this.found(root);
    }

    private walk(root: Document | ShadowRoot): void {
        this.walks.push(this.document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT));
    }
}
