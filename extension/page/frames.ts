// The frames of other sites that a page shows: people may write in them, and a script of ours is in them only if their
// site is enabled too.

/** Smallest frame in which people can write to each other, in CSS pixels; smaller ones measure or advertise. */
const WIDTH = 200;
const HEIGHT = 120;
/** Most origins that are told. */
const MOST = 16;

export class Frames {
    private readonly origins = new Set<string>();
    private readonly sizes = new ResizeObserver((entries) => this.seen(entries));

    /** `tell` gets all origins whenever another one was seen. */
    constructor(private readonly tell: (origins: readonly string[]) => void) {
        // Not bubbling, but on the way down: once for every frame that has loaded.
        document.addEventListener("load", this.loaded, true);
        for (const frame of document.getElementsByTagName("iframe")) this.sizes.observe(frame);
    }

    /** The page is another one now: what it shows is told anew. */
    reset(): void {
        if (this.origins.size === 0) return;
        this.origins.clear();
        this.sizes.disconnect();
        for (const frame of document.getElementsByTagName("iframe")) this.sizes.observe(frame);
        this.tell([]);
    }

    stop(): void {
        document.removeEventListener("load", this.loaded, true);
        this.sizes.disconnect();
    }

    private readonly loaded = (event: Event): void => {
        if (event.target instanceof HTMLIFrameElement) this.sizes.observe(event.target);
    };

    private seen(entries: readonly ResizeObserverEntry[]): void {
        const before = this.origins.size;
        for (const { target, contentRect } of entries) {
            if (contentRect.width < WIDTH || contentRect.height < HEIGHT || this.origins.size >= MOST) continue;
            const origin = originOf(target as HTMLIFrameElement);
            if (origin !== null) this.origins.add(origin);
        }
        if (this.origins.size > before) this.tell([...this.origins]);
    }
}

/** The origin of a frame of another host's page. */
function originOf(frame: HTMLIFrameElement): string | null {
    if (!URL.canParse(frame.src)) return null;
    const { origin, protocol, hostname } = new URL(frame.src);
    return /^https?:$/.test(protocol) && hostname !== location.hostname ? origin : null;
}
