export { Fmp4Error, type Fmp4Problem } from './error.ts';
export { type Mp4Export, exportMp4 } from './export-mp4.ts';
export type { SegmentFile } from './export-plan.ts';
export type { FragmentInfo, KeyFrame } from './fragment-info.ts';
export { type LiveChunk, LiveMuxer } from './live-muxer.ts';
export { PlaybackMuxer } from './playback-muxer.ts';
export { readFrames, tracksOf } from './read-frames.ts';
export type { TrackInfo } from './read-init.ts';
export { readPicture } from './read-picture.ts';
export { retimeFragment } from './retime.ts';
export { type SegmentScan, scanSegment } from './scan-segment.ts';
export {
  type RecorderOptions,
  type SegmentEnd,
  type SegmentStart,
  type SegmentSummary,
  SegmentRecorder,
} from './segment-recorder.ts';
export { type Placed, placeSegments, sameFormat, seekFragment, shiftsOf } from './timeline.ts';
