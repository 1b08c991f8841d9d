/** What devices have: asked for after they come, kept up to date by what they tell. */
import type { CatalogItem, Platform } from '@wangge/gb28181';
import type { Runtime } from '@wangge/kernel';
import { channelLine, type ChannelLine, cleanText } from './channel-line.ts';
import { tellChanged } from './presence.ts';
import { markChannels, removeChannels, writeChannels } from './store/channels.ts';
import { writeInfo } from './store/devices.ts';

/** Asked at the same time: a thousand devices come at once after a power cut. */
const atOnce = 16;
/** A device that comes and goes is not asked each time. */
const restMs = 600_000;

export class Catalogs {
  readonly #rt: Runtime;
  readonly #platform: Platform;
  readonly #queue: string[] = [];
  readonly #askedAtMs = new Map<string, number>();
  #running = 0;
  #closed = false;

  constructor(rt: Runtime, platform: Platform) {
    this.#rt = rt;
    this.#platform = platform;
  }

  /** In turn, unless it was asked a short while ago. */
  want(deviceId: string): void {
    const askedAtMs = this.#askedAtMs.get(deviceId);
    if (askedAtMs !== undefined && performance.now() - askedAtMs < restMs) return;
    this.#askedAtMs.set(deviceId, performance.now());
    this.#queue.push(deviceId);
    this.#work();
  }

  /** Now. @throws GbError */
  async ask(deviceId: string): Promise<{ channels: number; complete: boolean }> {
    this.#askedAtMs.set(deviceId, performance.now());
    const { items, complete } = await this.#platform.catalog(deviceId);
    const lines = linesOf(items);
    const channels = await this.#rt.system('video', async (tx) => {
      const count = await writeChannels(tx, deviceId, lines, complete);
      await tellChanged(tx, [deviceId]);
      return count;
    });
    return { channels, complete };
  }

  /** Told without being asked: changes by subscription, or a catalogue that the device sends on its own. */
  async told(deviceId: string, items: readonly CatalogItem[]): Promise<void> {
    const of = (events: readonly string[]): string[] =>
      items.filter(({ event }) => events.includes((event ?? '').toUpperCase())).map((item) => item.deviceId);
    const entered = items.filter(({ event }) => ['', 'ADD', 'UPDATE'].includes((event ?? '').toUpperCase()));
    await this.#rt.system('video', async (tx) => {
      if (entered.length > 0) await writeChannels(tx, deviceId, linesOf(entered), false);
      await markChannels(tx, deviceId, of(['ON']), true);
      await markChannels(tx, deviceId, of(['OFF', 'VLOST', 'DEFECT']), false);
      await removeChannels(tx, deviceId, of(['DEL']));
      await tellChanged(tx, [deviceId]);
    });
  }

  close(): void {
    this.#closed = true;
    this.#queue.length = 0;
  }

  #work(): void {
    while (this.#running < atOnce && !this.#closed) {
      const deviceId = this.#queue.shift();
      if (deviceId === undefined) return;
      this.#running++;
      void this.#greet(deviceId)
        .catch((error: unknown) => this.#rt.log.debug({ err: error, deviceId }, 'a device gave no catalogue'))
        .finally(() => {
          this.#running--;
          this.#work();
        });
    }
  }

  async #greet(deviceId: string): Promise<void> {
    await this.ask(deviceId);
    // Of those that answer at all: SUBSCRIBE to the others would go out again every minute.
    this.#platform.subscribe(deviceId, 'catalog');
    this.#platform.subscribe(deviceId, 'alarm');
    const info = await this.#platform.ask(deviceId, deviceId, 'deviceInfoQuery', {}, 'deviceInfo');
    await this.#rt.system('video', (tx) =>
      writeInfo(tx, deviceId, cleanText(info.manufacturer, 60), cleanText(info.model, 60)),
    );
  }
}

/** One for each number: a device that sends a channel twice means the later. */
function linesOf(items: readonly CatalogItem[]): ChannelLine[] {
  const lines = new Map<string, ChannelLine>();
  for (const item of items) {
    const line = channelLine(item);
    if (line) lines.set(line.channelId, line);
  }
  return [...lines.values()].slice(0, 20_000);
}
