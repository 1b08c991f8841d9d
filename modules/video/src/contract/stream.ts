/**
 * What a media worker and a player say to each other over a WebSocket: texts are JSON of these shapes, binary messages
 * are fragmented MP4 for a MediaSource. After `init` comes one binary message with the initialisation segment, then
 * fragments until the next `init`.
 */
import { timeMs } from '@wangge/contract-kit';
import { z } from 'zod';

export const streamStates = ['connecting', 'live', 'stalled', 'offline', 'refused', 'unsupported', 'ended'] as const;
export const fromWorkerSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('init'),
    /** `video/mp4; codecs="avc1.64001f,mp4a.40.2"`. */
    mime: z.string(),
    width: z.number().int(),
    height: z.number().int(),
    hasAudio: z.boolean(),
    /** What is shown, which may differ from what was asked for. */
    variant: z.enum(['main', 'sub', 'transcoded']),
    /** Playback: the wall clock at media time zero of this stream. */
    originMs: timeMs.nullable(),
  }),
  z.object({
    type: z.literal('state'),
    state: z.enum(streamStates),
    /** In words, without addresses. */
    reason: z.object({ zh: z.string(), en: z.string() }).nullable(),
    sinceMs: timeMs,
  }),
  /** Playback: media time of what follows, and the wall clock it shows; sent after a seek and behind a gap. */
  z.object({ type: z.literal('position'), mediaS: z.number(), atMs: timeMs }),
  /** Playback: nothing was recorded in between. */
  z.object({ type: z.literal('gap'), fromMs: timeMs, toMs: timeMs }),
  z.object({ type: z.literal('end') }),
]);
export type FromWorker = z.infer<typeof fromWorkerSchema>;

export const toWorkerSchema = z.discriminatedUnion('type', [
  /** Nobody sees the tile: nothing is sent until `resume`, which begins with a key picture. */
  z.object({ type: z.literal('pause') }),
  z.object({ type: z.literal('resume') }),
  z.object({ type: z.literal('seek'), atMs: timeMs }),
  /** 0.25 to 16; above 4 key pictures only. */
  z.object({ type: z.literal('speed'), rate: z.number().min(0.25).max(16) }),
  /** Playback: how far the player has buffered ahead, in media seconds; the worker keeps some 20 s ahead of `playedS`. */
  z.object({ type: z.literal('played'), mediaS: z.number() }),
]);
export type ToWorker = z.infer<typeof toWorkerSchema>;
