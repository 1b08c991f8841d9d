/** `wangge video verify`: the recordings on the disk against their rows, and the rows against their chain. */
import { videoRecording } from '@wangge/video/recording';
import { Failure } from '../failure.ts';
import { say } from '../terminal.ts';
import { type TownOptions, withTown } from './open-town.ts';

export interface VideoVerifyOptions extends TownOptions {
  /** Identifier; all cameras without it. */
  readonly camera?: string;
  /** False: rows only, which takes seconds instead of hours. */
  readonly files: boolean;
}

const idShape = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const inWords = {
  'missing-row': 'a row is missing',
  'wrong-row': 'the row does not fit into the chain',
  'missing-file': 'the file is missing',
  'altered-file': 'the file was altered',
} as const;

/** Exit code 1 when anything does not fit. */
export async function videoVerifyCommand(options: VideoVerifyOptions): Promise<void> {
  const { camera = null, files } = options;
  if (camera !== null && !idShape.test(camera)) throw new Failure(`${camera} is no camera's identifier`);
  let cameras = 0;
  let wrong = 0;
  await withTown(options, async (rt) => {
    for await (const { cameraId, name, findings } of videoRecording.verifyChains(rt, camera, files)) {
      cameras++;
      wrong += findings.length;
      for (const { kind, seq, startMs } of findings) {
        const when = startMs === null ? '' : ` (${new Date(startMs).toISOString()})`;
        say(`${name} ${cameraId}: segment ${seq}${when}: ${inWords[kind]}`);
      }
    }
  });
  if (camera !== null && cameras === 0) throw new Failure(`Nothing was ever recorded of a camera ${camera}`);
  if (wrong > 0) process.exitCode = 1;
  say(`${cameras} cameras: ${wrong === 0 ? 'the recordings are whole.' : `NOT whole, ${wrong} findings`}`);
}
