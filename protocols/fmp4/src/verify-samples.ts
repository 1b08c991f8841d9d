import type { Buffer } from 'node:buffer';
import type { FileHandle } from 'node:fs/promises';
import { readAt } from './file-boxes.ts';
import type { SampleRun } from './read-fragment.ts';
import { type TrackInfo, nalLengthBytes } from './read-init.ts';

const maxSampleBytes = 16 << 20;

/** Whether video samples are chains of NAL units of plausible lengths, and no sound is a hole of zeros. */
export async function verifySamples(
  file: FileHandle,
  runs: readonly SampleRun[],
  tracks: readonly TrackInfo[],
): Promise<boolean> {
  for (const run of runs) {
    const track = tracks.find((one) => one.id === run.trackId);
    const lengthBytes = track ? nalLengthBytes(track) : 0;
    for (let i = 0; i < run.sizes.length; i++) {
      const size = run.sizes[i] ?? 0;
      if (size === 0 || size > maxSampleBytes) return false;
      const bytes = await readAt(file, run.places[i] ?? 0, size);
      if (bytes.length < size) return false;
      if (lengthBytes > 0 ? !isNalChain(bytes, lengthBytes) : isHole(bytes)) return false;
    }
  }
  return true;
}

function isNalChain(bytes: Buffer, lengthBytes: number): boolean {
  let at = 0;
  while (at + lengthBytes <= bytes.length) {
    const length = bytes.readUIntBE(at, lengthBytes);
    at += lengthBytes;
    // forbidden_zero_bit is never set.
    if (length === 0 || (bytes[at] ?? 0) >= 0x80) return false;
    at += length;
  }
  return at === bytes.length;
}

/** Not even silence is coded as zeros; a few may be anything. */
function isHole(bytes: Buffer): boolean {
  return bytes.length > 8 && bytes.every((byte) => byte === 0);
}
