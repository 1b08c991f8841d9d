import type { Frame, Track } from '@wangge/codec';
import { AppError } from '@wangge/contract-kit';
import type { Runtime } from '@wangge/kernel';
import { until } from '@wangge/kernel/testkit';
import { beforeEach, describe, expect, it } from 'vitest';
import type { HubSubscriber, SourceTarget } from '../../src/media/hub.ts';
import { type OpenHubs, openHubs } from '../../src/media/hubs.ts';
import type { Standing } from '../../src/media/register.ts';
import { picture, type Pull, ScriptedTimers, scriptedSource, tracks } from './support/scripted.ts';

let timers: ScriptedTimers;
let pulls: Pull[];
let hubs: OpenHubs;
let faults: unknown[];
let links: string[];
let standings: Map<string, Standing>;
let sources: Map<string, SourceTarget['source']>;

const ordinary = { kind: 'rtsp', mainUrl: 'rtsp://cam/main', subUrl: 'rtsp://cam/sub' };
const settled = (): Promise<void> => new Promise((done) => setImmediate(done));

beforeEach(() => {
  timers = new ScriptedTimers();
  faults = [];
  links = [];
  standings = new Map();
  sources = new Map();
  const source = scriptedSource();
  pulls = source.pulls;
  const log = {
    error: (at: { err: unknown }) => faults.push(at.err),
    warn: (at: { err: unknown }) => faults.push(at.err),
  };
  hubs = openHubs({ log } as unknown as Runtime, {
    kinds: { rtsp: source.open },
    timers,
    states: {
      link: (_target, problem, reason) => void links.push(problem ?? `there${reason ?? ''}`),
      left: () => void links.push('left'),
      picture: () => undefined,
    },
    load: (cameraId, variant) => {
      if (cameraId === 'gone') return Promise.reject(new AppError('not-found'));
      return Promise.resolve({ cameraId, variant, source: sources.get(cameraId) ?? ordinary, password: null });
    },
    standings: (ids) => {
      const ordinary = (id: string): Standing => ({ id, updatedAtMs: 1, retired: false, paused: false });
      return Promise.resolve(new Map(ids.map((id) => [id, standings.get(id) ?? ordinary(id)])));
    },
  });
});

interface Taken extends HubSubscriber {
  readonly got: string[];
}
/** Writes down what it hears: `k0` a key picture with number 0, `p1` another one. */
function taker(fault?: Error): Taken {
  const got: string[] = [];
  return {
    got,
    onTracks: (list: readonly Track[]) => void got.push(`tracks ${list.length}`),
    onFrame: (frame: Frame) => {
      got.push(`${frame.kind === 'video' && frame.key ? 'k' : 'p'}${frame.ptsUs / 40_000}`);
      if (fault) throw fault;
    },
    onLink: (problem, reason) => void got.push(problem === null ? 'there' : `${problem} ${reason}`),
    onStanding: (standing) => void got.push(standing),
  };
}
/** Sends pictures `from` to `to`, each tenth a key picture. */
function send(pull: Pull | undefined, from: number, to: number): void {
  for (let n = from; n <= to; n++) pull?.handlers.onFrame(picture(n, { key: n % 10 === 0 }), n * 40);
}

describe('a hub', () => {
  it('pulls a camera once, gives each newcomer the pictures since the last key, and lets go after 30 s', async () => {
    const [first, second] = [taker(), taker()];
    const [one, same] = await Promise.all([hubs.subscribe('a', 'main', first), hubs.subscribe('a', 'main', taker())]);
    await settled();
    expect(pulls).toHaveLength(1);
    pulls[0]?.handlers.onTracks(tracks);
    send(pulls[0], 7, 12);
    expect(first.got).toEqual(['tracks 1', 'k10', 'p11', 'p12']);
    const two = await hubs.subscribe('a', 'main', second);
    await settled();
    send(pulls[0], 13, 13);
    expect(second.got).toEqual(['tracks 1', 'k10', 'p11', 'p12', 'p13']);
    expect(links).toEqual(['there']);

    one.close();
    same.close();
    two.close();
    two.close();
    timers.advance(29_000);
    expect(pulls[0]?.closed).toBe(false);
    // Whoever comes back meanwhile finds it warm.
    const third = taker();
    const three = await hubs.subscribe('a', 'main', third);
    await settled();
    expect(third.got).toEqual(['tracks 1', 'k10', 'p11', 'p12', 'p13']);
    timers.advance(60_000);
    expect(pulls[0]?.closed).toBe(false);
    three.close();
    timers.advance(30_000);
    expect(pulls[0]?.closed).toBe(true);
    expect(hubs.count()).toBe(0);
    expect(links.at(-1)).toBe('left');
  });

  it('pulls both pictures of a camera by themselves, unless there is only one', async () => {
    sources.set('b', { kind: 'rtsp', mainUrl: 'rtsp://cam/only', subUrl: null });
    for (const id of ['a', 'b']) {
      await hubs.subscribe(id, 'main', taker());
      await hubs.subscribe(id, 'sub', taker());
    }
    expect(pulls.map(({ target }) => `${target.cameraId} ${target.variant}`)).toEqual(['a main', 'a sub', 'b main']);
  });

  it('gives a subscriber that paused nothing, and then from a key picture', async () => {
    const [shown, hidden] = [taker(), taker()];
    await hubs.subscribe('a', 'main', shown);
    const subscription = await hubs.subscribe('a', 'main', hidden);
    await settled();
    pulls[0]?.handlers.onTracks(tracks);
    send(pulls[0], 0, 2);
    subscription.pause();
    send(pulls[0], 3, 22);
    subscription.resume();
    send(pulls[0], 23, 23);
    expect(hidden.got).toEqual(['tracks 1', 'k0', 'p1', 'p2', 'k20', 'p21', 'p22', 'p23']);
    expect(shown.got).toHaveLength(25);
  });

  it('lets no subscriber harm another', async () => {
    const fault = new Error('disk full');
    const [bad, good] = [taker(fault), taker()];
    await hubs.subscribe('a', 'main', bad);
    await hubs.subscribe('a', 'main', good);
    await settled();
    pulls[0]?.handlers.onTracks(tracks);
    send(pulls[0], 0, 3);
    expect(good.got).toEqual(['tracks 1', 'k0', 'p1', 'p2', 'p3']);
    expect(faults).toEqual([fault, fault, fault, fault]);
  });

  it('keeps no group of pictures beyond its bound, and asks for a key picture then', async () => {
    await hubs.subscribe('a', 'main', taker());
    await settled();
    pulls[0]?.handlers.onTracks(tracks);
    pulls[0]?.handlers.onFrame(picture(0, { key: true }), 0);
    for (let n = 1; n < 15; n++) pulls[0]?.handlers.onFrame(picture(n, { bytes: 1 << 20 }), n * 40);
    const asked = pulls[0]?.keysAsked ?? 0;
    const late = taker();
    await hubs.subscribe('a', 'main', late);
    await settled();
    expect(late.got).toEqual(['tracks 1']);
    expect(pulls[0]?.keysAsked).toBe(asked + 1);
    send(pulls[0], 20, 21);
    expect(late.got).toEqual(['tracks 1', 'k20', 'p21']);
  });

  it('tells of a broken line, and begins with a key picture when it is there again', async () => {
    const one = taker();
    await hubs.subscribe('a', 'main', one);
    await settled();
    pulls[0]?.handlers.onTracks(tracks);
    send(pulls[0], 0, 1);
    pulls[0]?.handlers.onProblem('offline', 'stalled');
    const late = taker();
    await hubs.subscribe('a', 'main', late);
    await settled();
    expect(late.got).toEqual(['offline stalled', 'tracks 1']);
    expect(pulls[0]?.hurried).toBe(1);
    // The same format as before is no new one.
    pulls[0]?.handlers.onTracks(tracks.map((track) => ({ ...track })));
    send(pulls[0], 19, 20);
    expect(one.got).toEqual(['tracks 1', 'k0', 'p1', 'offline stalled', 'there', 'k20']);
    // A password that was refused is not tried again because somebody looks: cameras lock accounts.
    pulls[0]?.handlers.onProblem('refused', 'unauthorized');
    await hubs.subscribe('a', 'main', taker());
    await settled();
    expect(pulls[0]?.hurried).toBe(1);
    expect(links).toEqual(['there', 'offline', 'there', 'refused']);
  });

  it('follows the register: another address, a pause of its household, its end', async () => {
    const one = taker();
    await hubs.subscribe('a', 'main', one);
    await settled();
    const standing = { id: 'a', updatedAtMs: 1, retired: false, paused: false };
    standings.set('a', standing);
    timers.advance(5000);
    await settled();
    expect(pulls).toHaveLength(1);
    sources.set('a', { kind: 'rtsp', mainUrl: 'rtsp://other/main', subUrl: null });
    standings.set('a', { ...standing, updatedAtMs: 2, paused: true });
    await until(() => (timers.advance(5000), pulls.length === 2), 'the other address');
    expect(pulls.map(({ closed }) => closed)).toEqual([true, false]);
    // The old line's last words are not heard.
    pulls[0]?.handlers.onProblem('offline', 'ended');
    standings.set('a', { ...standing, updatedAtMs: 3 });
    await until(() => (timers.advance(5000), one.got.length >= 2), 'the pause is over');
    standings.set('a', { ...standing, updatedAtMs: 4, retired: true });
    await until(() => (timers.advance(5000), hubs.count() === 0), 'the end');
    expect(one.got).toEqual(['paused', 'resumed', 'retired']);
    expect(pulls.map(({ closed }) => closed)).toEqual([true, true]);
  });

  it('refuses a camera that is not there, and says so of one whose kind it does not know', async () => {
    await expect(hubs.subscribe('gone', 'main', taker())).rejects.toThrow('not-found');
    sources.set('g', { kind: 'gb28181' });
    const one = taker();
    await hubs.subscribe('g', 'main', one);
    await settled();
    await settled();
    expect(one.got).toContain('faulty unsupported');
  });
});
