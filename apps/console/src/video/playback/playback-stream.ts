/** One camera's recordings in a video element: seek, speed, gaps; goes on by itself after a line that broke. */
import { type CallError, isCallError } from '@wangge/client';
import type { Bilingual } from '@wangge/contract-kit';
import type { Ticket } from '@wangge/video/contract';
import { canShow, type MediaBuffer, openMediaBuffer } from '../player/media-buffer.ts';
import { retryDelayMs } from '../player/stream-state.ts';
import { openWire, type Wire } from '../player/wire.ts';
import { momentAt, withPosition } from './wall-clock.ts';

export interface PlaybackState {
  readonly kind: 'connecting' | 'playing' | 'ended' | 'failed' | 'lost';
  readonly reason: Bilingual | null;
}
export interface PlaybackOptions {
  readonly video: HTMLVideoElement;
  readonly atMs: number;
  /** Where a ticket begins unless a seek says otherwise. */
  readonly fromMs: number;
  readonly ask: (continues: string | null) => Promise<Ticket>;
  readonly onState: (state: PlaybackState) => void;
  readonly onGap: (fromMs: number, toMs: number) => void;
}
export interface PlaybackStream {
  /** The moment that is shown; null before the first picture. */
  moment(): number | null;
  seek(atMs: number): void;
  play(running: boolean, rate: number): void;
  again(): void;
  close(): void;
}

const stepEveryMs = 250;
const keptS = 20;
/** The key picture that a seek begins with may lie so far in front of the moment. */
const longestGroupMs = 15_000;

export function openPlayback(options: PlaybackOptions): PlaybackStream {
  const { video } = options;
  let wire: Wire | null = null;
  let media: MediaBuffer | null = null;
  let positions: ReturnType<typeof withPosition> = [];
  let viewId: string | null = null;
  let wantedMs = options.atMs;
  /** After a seek: nothing counts until the worker says where it goes on. */
  let seeking = true;
  let jumpS: number | null = null;
  let running = true;
  let rate = 1;
  let failures = 0;
  let closed = false;
  let turn = 0;
  let said = '';
  let retry: ReturnType<typeof setTimeout> | undefined;

  const tell = (kind: PlaybackState['kind'], reason: Bilingual | null = null): void => {
    const words = `${kind} ${reason?.zh ?? ''}`;
    if (closed || words === said) return;
    said = words;
    options.onState({ kind, reason });
  };
  const drop = (): void => {
    turn += 1;
    clearTimeout(retry);
    wire?.close();
    wire = null;
  };
  const later = (): void => {
    drop();
    wantedMs = momentAt(positions, video.currentTime) ?? wantedMs;
    if (!closed) retry = setTimeout(connect, retryDelayMs('no-worker', failures, Math.random()) ?? 5000);
    failures += 1;
  };
  const lost = (): void => {
    tell('lost');
    later();
  };
  const send = (ticket: Ticket): void => {
    positions = [];
    seeking = true;
    let initNext = false;
    media?.close();
    media = null;
    wire = openWire(ticket, {
      onLost: lost,
      onMessage(message) {
        if (message.type === 'init') {
          if (!canShow(message.mime)) {
            drop();
            return tell('failed', { zh: '浏览器不支持此编码。', en: 'This browser cannot show its codec.' });
          }
          media ??= openMediaBuffer(video, lost);
          initNext = true;
          return media.format(message.mime, false);
        }
        if (message.type === 'position') {
          positions = withPosition(positions, message);
          // What was said before the worker heard of the seek is not its answer.
          if (seeking && message.atMs >= wantedMs - longestGroupMs) {
            seeking = false;
            jumpS = message.mediaS;
          }
        }
        if (message.type === 'gap') options.onGap(message.fromMs, message.toMs);
        if (message.type === 'end') tell('ended');
        if (message.type === 'state' && (message.state === 'offline' || message.state === 'unsupported'))
          tell('failed', message.reason);
        return undefined;
      },
      onPiece(data) {
        // What was on its way when the worker heard of a seek belongs to the past.
        if (seeking && positions.length > 0 && !initNext) return;
        initNext = false;
        failures = 0;
        media?.push(data);
      },
    });
    // A ticket begins at the beginning of its span.
    if (wantedMs - options.fromMs > 1000) wire.send({ type: 'seek', atMs: Math.round(wantedMs) });
    if (rate !== 1) wire.send({ type: 'speed', rate });
  };
  async function connect(): Promise<void> {
    drop();
    const mine = turn;
    tell(said === '' ? 'connecting' : 'lost');
    try {
      const ticket = await options.ask(viewId);
      if (closed || mine !== turn) return;
      viewId = ticket.viewId;
      send(ticket);
    } catch (error) {
      if (closed || mine !== turn) return;
      if (!isCallError(error)) throw error;
      refused(error);
    }
  }
  const refused = (error: CallError): void => {
    tell('failed', error.text);
    if (error.code === 'conflict' || error.code === 'not-found') viewId = null;
    if (error.offline || error.code === 'unavailable') later();
  };
  const step = setInterval(() => {
    const ranges = media?.ranges() ?? [];
    const [first, last] = [ranges[0], ranges.at(-1)];
    if (!media || !first || !last) return;
    if (jumpS !== null) {
      const aim = jumpS;
      // The key picture in front of the moment may lie a little before or behind it.
      const range = ranges.find(([from, to]) => aim >= from - 0.5 && aim < to) ?? ranges.find(([from]) => from > aim);
      if (!range) return;
      video.currentTime = Math.max(aim, range[0]);
      jumpS = null;
    }
    const at = video.currentTime;
    // Holes between two stretches of recording are not waited for.
    const inside = ranges.some(([from, to]) => at >= from - 0.05 && at < to - 0.05);
    const next = ranges.find(([from]) => from > at);
    if (!inside && next) video.currentTime = next[0] + 0.01;
    if (video.playbackRate !== rate) video.playbackRate = rate;
    if (running && video.paused) void video.play().catch(() => undefined);
    if (!running && !video.paused) video.pause();
    wire?.send({ type: 'played', mediaS: at });
    if (at - first[0] > keptS * 3) media.dropBefore(at - keptS);
    if (said !== 'ended ' || at < last[1] - 0.5) tell('playing');
  }, stepEveryMs);
  void connect();
  return {
    moment: () => (seeking || jumpS !== null ? null : momentAt(positions, video.currentTime)),
    seek(atMs) {
      wantedMs = atMs;
      if (!wire) return void connect();
      seeking = true;
      media?.empty();
      return wire.send({ type: 'seek', atMs });
    },
    play(nextRunning, nextRate) {
      running = nextRunning;
      if (nextRate !== rate) wire?.send({ type: 'speed', rate: nextRate });
      rate = nextRate;
    },
    again: () => void connect(),
    close() {
      closed = true;
      clearInterval(step);
      drop();
      media?.close();
    },
  };
}
