/** What a media worker's streams look like to those who take them: viewers, recorders, stills. */
import type { Frame, Track } from '@wangge/codec';

export type Variant = 'main' | 'sub';
export type LinkProblem = 'offline' | 'refused' | 'faulty';

export interface HubSubscriber {
  /** Before the first frame, and again when the camera changes its format; then a key picture follows. */
  onTracks(tracks: readonly Track[]): void;
  /** Begins with a key picture (of the cache where there is one). `wallMs`: when it was taken, as well as is known. */
  onFrame(frame: Frame, wallMs: number): void;
  /** The line broke (null: is there again); the hub goes on trying while anybody is subscribed. */
  onLink?(problem: LinkProblem | null, reason: string | null): void;
  /** `retired`: nothing comes any more. `paused`: its household lets nobody look, until it is `resumed`. */
  onStanding?(standing: 'retired' | 'paused' | 'resumed'): void;
}
export interface Subscription {
  /** Pictures are asked for while a subscriber is behind or hidden: nothing until `resume`, then from a key picture. */
  pause(): void;
  resume(): void;
  close(): void;
}
export interface Hubs {
  /**
   * Pulls the camera while anybody is subscribed and 30 s beyond.
   *
   * @throws AppError `not-found` for a camera that is not there or retired
   */
  subscribe(cameraId: string, variant: Variant, subscriber: HubSubscriber): Promise<Subscription>;
}

/** Where frames come from: an RTSP session, a GB/T 28181 stream, a file in tests. Handlers must not throw. */
export interface SourceHandlers {
  onTracks(tracks: readonly Track[]): void;
  onFrame(frame: Frame, wallMs: number): void;
  /** The line is gone or cannot be had; the source tries again by itself until it is closed. */
  onProblem(problem: LinkProblem, reason: string): void;
}
export interface FrameSource {
  /** Asks the camera for a key picture now, where it can be asked. */
  requestKey(): void;
  /** Somebody looks: try again now instead of after the pause, where a try cannot lock an account. */
  hurry?(): void;
  close(): void;
}
/** How to pull a camera; passwords are open here and go nowhere else. */
export interface SourceTarget {
  readonly cameraId: string;
  readonly variant: Variant;
  /** Of the register, by kind; see `sourceInputSchema`. */
  readonly source: Readonly<Record<string, unknown>> & { readonly kind: string };
  readonly password: string | null;
}
export type OpenSource = (target: SourceTarget, handlers: SourceHandlers) => FrameSource;
