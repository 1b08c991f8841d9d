import { type Frame, type Track, type VideoFrame, ParameterSets } from '@wangge/codec';
import { type G711Choice, type MediaTrack, describeTrack } from './media-track.ts';
import { TrackClock } from './track-clock.ts';

export interface ActiveTrack {
  readonly track: MediaTrack;
  readonly clock: TrackClock;
}

/** Until two frames have been seen: 25 pictures a second. */
const firstVideoStep = 3600;
const videoId = 1;
const audioId = 2;

/** The one video and the one audio track of a stream as they stand now, and the clocks that belong to them. */
export class TrackSet {
  readonly #sets: ParameterSets | undefined;
  #video: MediaTrack | undefined;
  readonly #audio: MediaTrack | undefined;
  #clocks: { video?: ActiveTrack; audio?: ActiveTrack } = {};

  constructor(tracks: readonly Track[], g711: G711Choice) {
    const video = tracks.find((track) => track.kind === 'video');
    const audio = tracks.find((track) => track.kind === 'audio');
    this.#sets = video && new ParameterSets(video.codec, video.parameterSets);
    this.#video = video && describeTrack(video, videoId);
    this.#audio = audio && describeTrack(audio, audioId, g711);
  }

  /** Takes in the parameter sets of a key frame; true when they are not those that were known. */
  update(frame: VideoFrame): boolean {
    if (!this.#sets || frame.codec !== this.#sets.codec || !this.#sets.update(frame.nals)) return false;
    const source = { kind: 'video', codec: frame.codec, parameterSets: this.#sets.list() } as const;
    const next = describeTrack(source, videoId);
    if (!next || this.#video?.entry.equals(next.entry)) return false;
    this.#video = next;
    if (this.#clocks.video) this.#clocks.video = { ...this.#clocks.video, track: next };
    return true;
  }

  /** Whether a stream may begin with this frame: a key picture, or any sound where there is no picture. */
  mayBegin(frame: Frame): boolean {
    if (frame.kind === 'video') return frame.key && this.#video !== undefined && frame.codec === this.#sets?.codec;
    return this.#sets === undefined && frame.codec === this.#audio?.source.codec;
  }

  get tracks(): readonly MediaTrack[] {
    return [this.#video, this.#audio].filter((track) => track !== undefined);
  }

  /** Starts both clocks at zero. */
  begin(originUs: number): void {
    const [video, audio] = [this.#video, this.#audio];
    this.#clocks = {
      ...(video && { video: { track: video, clock: new TrackClock(video.timescale, originUs, firstVideoStep) } }),
      ...(audio && { audio: { track: audio, clock: new TrackClock(audio.timescale, originUs, 1024) } }),
    };
  }

  /** The track that this frame goes to; nothing when it is left out. */
  of(frame: Frame): ActiveTrack | undefined {
    const active = this.#clocks[frame.kind];
    return active?.track.source.codec === frame.codec ? active : undefined;
  }
}
