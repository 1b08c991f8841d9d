export type { AudioCodec, AudioFrame, AudioTrack, Frame, Track, VideoCodec, VideoFrame, VideoTrack } from './frame.ts';
