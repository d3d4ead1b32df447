// What a page's script reaches beyond the page's own tree: shadow trees, closed ones too, and the documents of frames
// that have the page's origin. Whatever comes out of a frame is of another realm: `instanceof` fails there.

/** Chromium's call refuses elements of other kinds. */
const HTML = "http://www.w3.org/1999/xhtml";

/** The shadow tree of an element. Closed ones are closed to pages only. */
export function shadowOf(element: Element): ShadowRoot | null {
    if (element.openOrClosedShadowRoot !== undefined) return element.openOrClosedShadowRoot;
    if (chrome.dom === undefined || element.namespaceURI !== HTML) return element.shadowRoot;
    return chrome.dom.openOrClosedShadowRoot(element);
}

/** The document in a frame, if it has the page's origin. */
export function documentIn(element: Element): Document | null {
    return element.nodeName === "IFRAME" ? (element as HTMLIFrameElement).contentDocument : null;
}

/** A tree and all trees inside it, outer ones first. */
export function* trees(start: Document | Element): Generator<ParentNode> {
    const found: ParentNode[] = [start];
    const enter = (element: Element): void => {
        // Chromium's call is slow: not for each of many thousand elements. Closed trees are on elements of a page's own.
        const tree = element.localName.includes("-") ? shadowOf(element) : element.shadowRoot;
        const inner = tree ?? documentIn(element);
        if (inner !== null) found.push(inner);
    };
    if (isElement(start)) enter(start);
    for (const tree of found) {
        yield tree;
        for (const element of tree.querySelectorAll("*")) enter(element);
    }
}

/** The element that has the tree that a node is in: the host of a shadow tree, or the frame. Null: it is the page's own. */
export function holder(node: Node): Element | null {
    const tree = treeOf(node);
    if (tree !== null) return tree.host;
    const { ownerDocument } = node;
    return ownerDocument === document ? null : (ownerDocument?.defaultView?.frameElement ?? null);
}

/** The element around an element: its parent, or what has the tree that it is in. */
export function around(element: Element): Element | null {
    return element.parentElement ?? holder(element);
}

/** The shadow tree that a node is in. */
export function treeOf(node: Node): ShadowRoot | null {
    const root = node.getRootNode();
    return root.nodeType === Node.DOCUMENT_FRAGMENT_NODE && "host" in root ? (root as ShadowRoot) : null;
}

/** The element of the page's own tree in which an element is, itself at best. */
export function placeOf(element: Element): Element {
    let place = element;
    for (let outer = holder(place); outer !== null; outer = holder(place)) place = outer;
    return place;
}

/** The element that has the focus, in whatever tree. */
export function deepActive(): HTMLElement | null {
    let active = document.activeElement;
    while (active !== null) {
        const inner = (shadowOf(active) ?? documentIn(active))?.activeElement;
        if (!inner) break;
        active = inner;
    }
    return active as HTMLElement | null;
}

/** Whether a node is a text, of whatever realm. */
export function isText(node: Node): node is Text {
    return node.nodeType === Node.TEXT_NODE;
}

/** Whether a node is an element, of whatever realm. */
export function isElement(node: Node): node is Element {
    return node.nodeType === Node.ELEMENT_NODE;
}
