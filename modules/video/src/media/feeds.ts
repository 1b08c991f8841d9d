/** Which feed a viewer gets: one for each stream that is looked at. */
import type { Hubs, Subscription, Variant } from './hub.ts';
import { LiveFeed } from './live-feed.ts';
import type { LiveViewer } from './viewer.ts';

interface OpenFeed {
  readonly feed: LiveFeed;
  readonly subscription: Promise<Subscription>;
}

export class Feeds {
  readonly #hubs: Hubs;
  readonly #open = new Map<string, OpenFeed>();

  constructor(hubs: Hubs) {
    this.#hubs = hubs;
  }

  /**
   * @param hevc the browser says that it plays H.265
   * @throws AppError `not-found` for a camera that is not there
   */
  async show(viewer: LiveViewer, cameraId: string, variant: Variant, hevc: boolean): Promise<() => void> {
    const key = `${cameraId}/${variant}/${hevc}`;
    let open = this.#open.get(key);
    if (!open) {
      const feed = new LiveFeed((codec) => codec === 'h264' || hevc);
      open = { feed, subscription: this.#hubs.subscribe(cameraId, variant, feed) };
      this.#open.set(key, open);
    }
    const { feed, subscription } = open;
    viewer.watch(feed, variant);
    const leave = (): void => {
      feed.remove(viewer);
      if (!feed.empty || this.#open.get(key)?.feed !== feed) return;
      this.#open.delete(key);
      void subscription.then(
        (taken) => taken.close(),
        () => undefined,
      );
    };
    try {
      await subscription;
    } catch (error) {
      leave();
      throw error;
    }
    return leave;
  }
}
