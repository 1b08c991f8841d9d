import type { AudioFrame, Frame, Track, VideoFrame } from '@wangge/codec';
import { ClockGroup, TrackReceiver, type RtpFormat } from '../../src/index.ts';

export interface Received {
  readonly receiver: TrackReceiver;
  readonly video: VideoFrame[];
  readonly audio: AudioFrame[];
  readonly losses: number[];
  readonly tracks: Track[];
  goodbyes: number;
}

/** A receiver whose frames are kept; `losses` holds the places in `video` before which pictures are missing. */
export function receive(format: RtpFormat): Received {
  const video: VideoFrame[] = [];
  const audio: AudioFrame[] = [];
  const losses: number[] = [];
  const tracks: Track[] = [];
  const receiver = new TrackReceiver({
    format,
    clocks: new ClockGroup(),
    onFrame: (frame: Frame, afterLoss) => {
      if (afterLoss) losses.push(video.length);
      if (frame.kind === 'video') video.push(frame);
      else audio.push(frame);
    },
    onTrack: (track) => void tracks.push(track),
    onGoodbye: () => {
      received.goodbyes += 1;
    },
  });
  const received: Received = { receiver, video, audio, losses, tracks, goodbyes: 0 };
  return received;
}

/** Cuts what the packetizer wrote into single packets. */
export function packetsOf({ data, sizes }: { data: Buffer; sizes: readonly number[] }): Buffer[] {
  let at = 0;
  return sizes.map((size) => data.subarray(at, (at += size)));
}
