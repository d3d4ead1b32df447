// What the core begins with, if it was kept: its database, and the engine in it. Plain script asks for it while the
// browser compiles wasm, which takes about as long; asked for afterwards, both would add up at every start.

/** Both, or neither. */
export interface Kept {
    database: IDBDatabase;
    /** As the core kept it. */
    engine: Uint8Array;
}

/** Never rejects: without it the core opens its database itself, or makes it. Names and key are the core's. */
export async function kept(): Promise<Kept | undefined> {
    let database: IDBDatabase | undefined;
    try {
        const opening = indexedDB.open("rejoinder");
        // There is none yet. The core makes it, and must not find an empty one.
        opening.onupgradeneeded = () => opening.transaction?.abort();
        database = await done(opening);
        const engine: unknown = await done(database.transaction("texts").objectStore("texts").get("engine"));
        if (engine instanceof Uint8Array) return { database, engine };
    } catch {
        // The core meets the same, and says so.
    }
    database?.close();
    return undefined;
}

function done<T>(request: IDBRequest<T>): Promise<T> {
    return new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
    });
}
