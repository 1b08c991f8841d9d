import { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { WebSocket } from 'ws';
import { LiveFeed } from '../../src/media/live-feed.ts';
import { LiveViewer } from '../../src/media/viewer.ts';
import { picture, tracks } from './support/scripted.ts';

/** A line that takes what a test lets through. */
class Line extends EventEmitter {
  readonly OPEN = 1;
  readyState = 1;
  bufferedAmount = 0;
  /** Fragments that were sent, in order. */
  readonly sent: Buffer[] = [];
  readonly said: { type: string; state?: string }[] = [];
  closed: number | undefined;
  #held: (() => void)[] = [];
  slow = false;

  send(data: string | Buffer, _options?: object, done?: () => void): void {
    if (typeof data === 'string') return void this.said.push(JSON.parse(data) as { type: string });
    this.sent.push(data);
    if (!this.slow) return done?.();
    this.bufferedAmount += data.length;
    this.#held.push(() => {
      this.bufferedAmount -= data.length;
      done?.();
    });
    return undefined;
  }
  /** All that waits has gone out. */
  drain(): void {
    for (const done of this.#held.splice(0)) done();
  }
  close(code: number): void {
    this.closed = code;
    this.emit('close', code);
  }
  terminate(): void {
    this.close(1006);
  }
}

let feed: LiveFeed;
const host = {
  onUnsupported: (viewer: LiveViewer, codec: string) => viewer.sayUnsupported(codec),
  onClose: () => undefined,
};

beforeEach(() => {
  feed = new LiveFeed((codec) => codec === 'h264');
});
function look(): { line: Line; viewer: LiveViewer } {
  const line = new Line();
  const viewer = new LiveViewer(line as unknown as WebSocket, host);
  viewer.watch(feed, 'main');
  onTestFinished(() => line.close(1000));
  return { line, viewer };
}
/** Pictures of 20 kB, each tenth a key picture. */
function send(from: number, to: number): void {
  for (let n = from; n <= to; n++) feed.onFrame(picture(n, { key: n % 10 === 0, bytes: 20_000 }));
}

describe('a viewer', () => {
  it('whose line is slow skips to a key picture, and keeps nobody else waiting', () => {
    const [fast, slow] = [look(), look()];
    slow.line.slow = true;
    feed.onTracks(tracks);
    send(0, 9);
    expect(slow.line.sent).toHaveLength(11);
    send(10, 57);
    expect(fast.line.sent).toHaveLength(1 + 58);
    // What waits stays bounded by a group of pictures or so.
    expect(slow.line.bufferedAmount).toBeLessThan(400_000);
    expect(slow.viewer.skipped).toBeGreaterThan(30);
    const before = slow.line.sent.length;
    slow.line.slow = false;
    slow.line.drain();
    // At once from the key picture of now: 50 to 57.
    expect(slow.line.sent.slice(before)).toEqual(fast.line.sent.slice(-8));
    send(58, 60);
    expect(slow.line.sent.slice(-3)).toEqual(fast.line.sent.slice(-3));
    expect(fast.viewer.skipped).toBe(0);
  });

  it('gets the same bytes as all others, and what it missed of a group when it was hidden for a moment', () => {
    const one = look();
    feed.onTracks(tracks);
    send(0, 3);
    const two = look();
    expect(two.line.sent).toEqual(one.line.sent);
    two.line.emit('message', Buffer.from('{"type":"pause"}'), false);
    send(4, 6);
    expect(two.line.sent).toHaveLength(5);
    two.line.emit('message', Buffer.from('{"type":"resume"}'), false);
    expect(two.line.sent).toEqual(one.line.sent);
  });

  it('is told of states once each, and begins anew with a new format', () => {
    const { line } = look();
    feed.onTracks(tracks);
    send(0, 1);
    feed.onLink('offline', 'stalled');
    feed.onLink('offline', 'unreachable');
    feed.onLink(null, null);
    send(10, 11);
    feed.onTracks(tracks);
    send(20, 20);
    const words = line.said.map(({ type, state }) => state ?? type);
    expect(words).toEqual(['connecting', 'init', 'live', 'offline', 'connecting', 'live', 'init']);
    expect(line.sent).toHaveLength(1 + 4 + 1 + 1);
    feed.onTracks([{ kind: 'video', codec: 'h265', parameterSets: [] }]);
    expect(line.said.at(-1)).toMatchObject({ state: 'unsupported' });
    feed.onStanding('paused');
    expect(line.closed).toBe(1000);
  });
});
