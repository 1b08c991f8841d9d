/** Pulls a camera that is known by its ONVIF address: asks for the stream, then takes it by RTSP. */
import type { FrameSource, LinkProblem, OpenSource, SourceHandlers, SourceTarget } from '../media/hub.ts';
import { pullRtsp } from '../media/rtsp-source.ts';
import { OnvifFailure } from './ask-camera.ts';
import { requestOnvifKey, resolveOnvif } from './resolve.ts';

/** A camera that did not tell its stream is asked again after so long, and at last so seldom. */
const firstWaitMs = 2000;
const longestWaitMs = 60_000;

export const openOnvifSource: OpenSource = (target, handlers) => new OnvifSource(target, handlers);

class OnvifSource implements FrameSource {
  readonly #target: SourceTarget;
  readonly #handlers: SourceHandlers;
  #stream: FrameSource | null = null;
  #profile: string | null = null;
  #timer: NodeJS.Timeout | undefined;
  #waitMs = firstWaitMs;
  #asking = false;
  #closed = false;

  constructor(target: SourceTarget, handlers: SourceHandlers) {
    this.#target = target;
    this.#handlers = handlers;
    void this.#ask();
  }

  requestKey(): void {
    if (this.#profile === null) return;
    // Best effort: a camera that does not know the call sends its next key picture when that is due.
    requestOnvifKey(this.#target.source, this.#target.password, this.#profile).catch(() => undefined);
  }

  hurry(): void {
    if (this.#stream) return this.#stream.hurry?.();
    if (this.#asking || this.#closed) return;
    clearTimeout(this.#timer);
    void this.#ask();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#stream?.close();
  }

  async #ask(): Promise<void> {
    this.#asking = true;
    try {
      const { url, user, password, profile } = await resolveOnvif(
        this.#target.source,
        this.#target.password,
        this.#target.variant,
      );
      if (this.#closed) return;
      this.#profile = profile;
      this.#stream = pullRtsp({ url, user, password }, this.#handlers);
    } catch (error) {
      if (this.#closed) return;
      this.#handlers.onProblem(problemOf(error), error instanceof Error ? error.message : String(error));
      this.#timer = setTimeout(() => void this.#ask(), this.#waitMs);
      this.#waitMs = Math.min(longestWaitMs, 2 * this.#waitMs);
    } finally {
      this.#asking = false;
    }
  }
}

function problemOf(error: unknown): LinkProblem {
  if (!(error instanceof OnvifFailure)) return 'faulty';
  return error.problem === 'silent' ? 'offline' : error.problem;
}
