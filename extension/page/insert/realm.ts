// The globals of the page that a composer belongs to.

export type Realm = Window & typeof globalThis;

/**
 * Where events for a composer are made. In Firefox the page may not read what an extension's own event holds (an editor
 * would take an empty paste), so they are made of the page's constructors; Chromium needs no such thing.
 */
export function realmOf(element: Element): Realm {
    const window = element.ownerDocument.defaultView as Realm;
    return (window.wrappedJSObject ?? window) as Realm;
}

/** The options of an event that goes the way of a person's, readable for the page whose constructor takes them. */
export function optionsIn<T extends object>(realm: Realm, options: T): T {
    return Object.assign(new realm.Object(), { bubbles: true, cancelable: true, composed: true }, options) as T;
}
