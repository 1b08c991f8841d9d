/** A process that records one camera as fast as it can until it is killed; tells each segment that ended. */
import { CameraRecorder } from '../src/record/camera-recorder.ts';
import { makeClip, shifted } from './frames.ts';

const [dataDir = '', cameraId = '', start = '0'] = process.argv.slice(2);
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const clip = makeClip(4, { sound: true });
const recorder = new CameraRecorder(
  {
    dataDir,
    segmentMs: 6000,
    writable: () => true,
    onDone: (segment) => say(`done ${segment.startMs}`),
    onDiskFailure: (error) => say(`disk ${String(error)}`),
    onAbandoned: (_cameraId, _startMs, path) => say(`abandoned ${path}`),
  },
  cameraId,
  'main',
);
recorder.onTracks(clip.tracks);
let round = 0;
// As fast as the disk takes it: the parent kills in the middle of a write sooner or later.
setInterval(() => {
  for (const frame of clip.frames) {
    recorder.onFrame(shifted(frame, round * 4_000_000), Number(start) + round * 4000 + frame.ptsUs / 1000);
  }
  round++;
}, 5);
