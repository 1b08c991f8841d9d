/** All streams that this worker pulls: each once, on demand. */
import { isDeepStrictEqual } from 'node:util';
import { AppError } from '@wangge/contract-kit';
import type { Runtime } from '@wangge/kernel';
import { sourceTargetOf } from '../cameras/source-target.ts';
import { CameraHub } from './camera-hub.ts';
import type { Hubs, OpenSource, SourceTarget, Variant } from './hub.ts';
import type { LinkStates } from './link-states.ts';
import { type Standing, standingsOf } from './register.ts';
import { type MediaTimers, systemTimers } from './timers.ts';

const lingerMs = 30_000;
const pollMs = 5000;
/** A group of pictures of a 4K camera with 20 Mbit/s and a key picture every four seconds. */
const cacheBytes = 12 << 20;

/** How cameras of each kind are pulled; a kind that is not here cannot be. */
export type SourceKinds = Readonly<Record<string, OpenSource | undefined>>;

export interface HubsOptions {
  readonly kinds: SourceKinds;
  readonly states: Pick<LinkStates, 'link' | 'left' | 'picture'>;
  readonly timers?: MediaTimers;
  /** For tests: the database's word otherwise. */
  readonly load?: (cameraId: string, variant: Variant) => Promise<SourceTarget>;
  readonly standings?: (ids: readonly string[]) => Promise<Map<string, Standing>>;
}
export interface OpenHubs extends Hubs {
  /** Streams being pulled now, those that linger included. */
  count(): number;
  close(): Promise<void>;
}

export function openHubs(rt: Runtime, options: HubsOptions): OpenHubs {
  const { timers = systemTimers, kinds, states } = options;
  const load = options.load ?? ((id, variant) => rt.system('video', (tx) => sourceTargetOf(tx, id, variant)));
  const standings = options.standings ?? ((ids) => standingsOf(rt, ids));
  const hubs = new Map<string, CameraHub>();
  const opening = new Map<string, Promise<CameraHub>>();
  const known = new Map<string, Standing>();
  let closed = false;

  function openSource(...[target, handlers]: Parameters<OpenSource>): ReturnType<OpenSource> {
    const open = kinds[target.source.kind];
    if (open) return open(target, handlers);
    setImmediate(() => handlers.onProblem('faulty', 'unsupported'));
    return { requestKey: () => undefined, close: () => undefined };
  }

  async function hubOf(cameraId: string, variant: Variant): Promise<CameraHub> {
    const target = await load(cameraId, variant);
    // Where there is no smaller picture, both are one stream and are pulled once.
    const own = variant === 'sub' && !hasSub(target) ? 'main' : variant;
    const key = `${cameraId}/${own}`;
    const there = hubs.get(key);
    if (there) return there;
    if (closed) throw new AppError('unavailable');
    const hub: CameraHub = new CameraHub({
      target: { ...target, variant: own },
      open: openSource,
      timers,
      lingerMs,
      cacheBytes,
      watcher: {
        onLink: (at, problem, reason) => states.link(at, problem, reason),
        onKey: (at, frame, wallMs) => states.picture(at, frame, wallMs),
        onFault: (error) => rt.log.error({ err: error, cameraId }, 'a subscriber of a camera failed'),
        onIdle: () => {
          states.left(hub.target);
          if (hubs.get(key) === hub) hubs.delete(key);
        },
      },
    });
    hubs.set(key, hub);
    return hub;
  }

  async function poll(): Promise<void> {
    const ids = [...new Set([...hubs.values()].map((hub) => hub.target.cameraId))];
    for (const id of known.keys()) if (!ids.includes(id)) known.delete(id);
    if (ids.length === 0) return;
    const now = await standings(ids);
    for (const hub of hubs.values()) {
      const { cameraId } = hub.target;
      const [before, after] = [known.get(cameraId), now.get(cameraId)];
      if (after === undefined || after.retired) hub.tellStanding('retired');
      else if (before === undefined ? after.paused : before.paused !== after.paused) {
        hub.tellStanding(after.paused ? 'paused' : 'resumed');
      }
      // Changed since the last look, or between the loading and the first look.
      if (after && !after.retired && before?.updatedAtMs !== after.updatedAtMs) await reload(hub);
    }
    for (const [id, standing] of now) known.set(id, standing);
  }
  async function reload(hub: CameraHub): Promise<void> {
    const { cameraId, variant } = hub.target;
    const target = { ...(await load(cameraId, variant)), variant };
    if (!isDeepStrictEqual(target, hub.target)) hub.moveTo(target);
  }

  let cancelPoll = timers.after(pollMs, tick);
  let polling: Promise<void> = Promise.resolve();
  function tick(): void {
    polling = poll()
      .catch((error: unknown) => rt.log.warn({ err: error }, 'the register of cameras could not be read'))
      .finally(() => {
        if (!closed) cancelPoll = timers.after(pollMs, tick);
      });
  }

  return {
    async subscribe(cameraId, variant, subscriber) {
      const key = `${cameraId}/${variant}`;
      const there = hubs.get(key);
      if (there) return there.subscribe(subscriber);
      // Several that come at once wait for the same line of the register.
      const pending = opening.get(key) ?? hubOf(cameraId, variant).finally(() => opening.delete(key));
      opening.set(key, pending);
      return (await pending).subscribe(subscriber);
    },
    count: () => hubs.size,
    async close() {
      closed = true;
      cancelPoll();
      for (const hub of hubs.values()) hub.close();
      await polling;
    },
  };
}

/** ONVIF devices are asked for a smaller picture when they are pulled. */
function hasSub({ source }: SourceTarget): boolean {
  return source.kind === 'onvif' || (typeof source['subUrl'] === 'string' && source['subUrl'] !== '');
}
