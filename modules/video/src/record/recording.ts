/** Recording and playback for the processes that carry video, for commands and for benchmarks. */
import { segmentPath } from './places.ts';
import { PlaySession } from './play/session.ts';
import { SegmentScans } from './play/segment-scans.ts';
import { startRecorder } from './recorder.ts';
import { addSegment } from './store/segments.ts';
import { verifyChains } from './verify-chain.ts';

export const videoRecording = {
  startRecorder,
  addSegment,
  segmentPath,
  PlaySession,
  SegmentScans,
  verifyChains,
} as const;
