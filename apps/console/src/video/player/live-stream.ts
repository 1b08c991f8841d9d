/** One camera live in a video element, by fragments over a WebSocket; goes on by itself after everything that breaks. */
import { isCallError } from '@wangge/client';
import type { Ticket } from '@wangge/video/contract';
import { liveStep } from './buffer-policy.ts';
import { canShow, type MediaBuffer, openMediaBuffer } from './media-buffer.ts';
import { firstState, nextState, retryDelayMs, type StreamEvent, type StreamState } from './stream-state.ts';
import { openWhep, type Whep } from './whep.ts';
import { openWire, type Wire } from './wire.ts';

export type Way = 'mse' | 'webrtc';
export interface LiveOptions {
  readonly video: HTMLVideoElement;
  /** WebRTC where it is to be had: less delay, for turning a camera. */
  readonly prefer: Way;
  readonly ask: (continues: string | null) => Promise<Ticket>;
  readonly onState: (state: StreamState) => void;
  readonly onTicket: (ticket: Ticket) => void;
  readonly onPicture: (picture: { readonly hasAudio: boolean; readonly way: Way }) => void;
}
export interface LiveStream {
  /** Nobody sees it: nothing is sent meanwhile, and after a while the line is let go. */
  show(visible: boolean): void;
  /** Tries at once, whatever was said before. */
  again(): void;
  close(): void;
}

const stepEveryMs = 200;
/** A tile that was scrolled away for so long gives its line back. */
const hiddenMs = 60_000;
/** A line that says nothing for so long is dead although nobody closed it. */
const silentMs = 12_000;

export function openLive(options: LiveOptions): LiveStream {
  const { video } = options;
  let state: StreamState = firstState;
  let wire: Wire | null = null;
  let whep: Whep | null = null;
  let media: MediaBuffer | null = null;
  let viewId: string | null = null;
  let failures = 0;
  let visible = false;
  let closed = false;
  let asking = 0;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let leave: ReturnType<typeof setTimeout> | undefined;
  let heardMs = 0;
  let prefer = options.prefer;

  const on = (event: StreamEvent): void => {
    const next = nextState(state, event);
    if (next === state) return;
    const said = next.kind !== state.kind || next.reason !== state.reason;
    state = next;
    // The time of each piece is of no interest to the page as long as the picture runs.
    if (said && !closed) options.onState(state);
  };
  const drop = (): void => {
    asking += 1;
    clearTimeout(retry);
    wire?.close();
    whep?.close();
    wire = null;
    whep = null;
  };
  const later = (): void => {
    drop();
    const delayMs = retryDelayMs(state.kind, failures, Math.random());
    failures += 1;
    if (!closed && visible && delayMs !== null) retry = setTimeout(connect, delayMs);
  };
  const lost = (): void => {
    on({ type: 'lost', nowMs: Date.now() });
    later();
  };
  const pictured = (): void => {
    failures = 0;
    heardMs = Date.now();
    on({ type: 'frame', nowMs: heardMs });
  };
  const broken = (): void => {
    media?.close();
    media = null;
    lost();
  };
  const byWire = (ticket: Ticket): void => {
    let fresh = true;
    let shows = false;
    wire = openWire(ticket, {
      onLost: lost,
      onMessage(message) {
        heardMs = Date.now();
        if (message.type === 'state') on({ type: 'worker', message, nowMs: heardMs });
        if (message.type !== 'init') return;
        shows = canShow(message.mime);
        if (!shows) {
          on({ type: 'cannot-show', nowMs: heardMs });
          return drop();
        }
        media ??= openMediaBuffer(video, broken);
        media.format(message.mime, fresh);
        fresh = false;
        options.onPicture({ hasAudio: message.hasAudio, way: 'mse' });
      },
      onPiece(data) {
        if (!shows) return;
        media?.push(data);
        pictured();
      },
    });
  };
  const byWhep = (url: string, ticket: Ticket): void => {
    media?.close();
    media = null;
    whep = openWhep(url, ticket.ticket, video, {
      onPicture: () => {
        pictured();
        options.onPicture({ hasAudio: whep?.hasAudio() ?? false, way: 'webrtc' });
      },
      onFrames: pictured,
      onFailed: () => {
        // What a firewall between here and there holds back once, it holds back again.
        prefer = 'mse';
        drop();
        void connect();
      },
      onLost: lost,
    });
  };
  async function connect(): Promise<void> {
    drop();
    const turn = asking;
    on({ type: 'ask', nowMs: Date.now() });
    try {
      const ticket = await options.ask(viewId);
      if (closed || turn !== asking) return;
      viewId = ticket.viewId;
      heardMs = Date.now();
      options.onTicket(ticket);
      if (prefer === 'webrtc' && ticket.whepUrl !== null) byWhep(ticket.whepUrl, ticket);
      else byWire(ticket);
    } catch (error) {
      if (closed || turn !== asking) return;
      if (!isCallError(error)) throw error;
      // A view that ended long ago cannot be gone on with; the next try is a new look.
      if (error.code === 'conflict' || error.code === 'not-found') viewId = null;
      on({ type: 'refused', error, nowMs: Date.now() });
      later();
    }
  }
  const step = setInterval(() => {
    if (!visible || closed) return;
    on({ type: 'tick', nowMs: Date.now() });
    if ((wire || whep) && Date.now() - heardMs > silentMs && state.kind !== 'offline' && state.kind !== 'refused')
      lost();
    if (media) follow(video, media);
  }, stepEveryMs);

  return {
    show(next) {
      if (next === visible || closed) return;
      visible = next;
      clearTimeout(leave);
      if (next) {
        heardMs = Date.now();
        if (wire) wire.send({ type: 'resume' });
        else if (!whep) void connect();
        return;
      }
      clearTimeout(retry);
      wire?.send({ type: 'pause' });
      if (!wire) drop();
      leave = setTimeout(drop, hiddenMs);
    },
    again() {
      failures = 0;
      if (visible && !closed) void connect();
    },
    close() {
      closed = true;
      clearInterval(step);
      clearTimeout(leave);
      drop();
      media?.close();
      video.srcObject = null;
    },
  };
}

/** Keeps a live picture near the present. */
function follow(video: HTMLVideoElement, media: MediaBuffer): void {
  const ranges = media.ranges();
  if (ranges.length === 0) return;
  const step = liveStep({ currentS: video.currentTime, rate: video.playbackRate, ranges });
  if (step.seekS !== null) video.currentTime = step.seekS;
  if (video.playbackRate !== step.rate) video.playbackRate = step.rate;
  if (step.dropBeforeS !== null) media.dropBefore(step.dropBeforeS);
  // Browsers pause what was hidden, and what began before anybody touched the page.
  if (video.paused) void video.play().catch(() => undefined);
}
