/** Where recordings lie in the data folder. */
import { join } from 'node:path';

export function recordingsFolder(dataDir: string): string {
  return join(dataDir, 'video', 'rec');
}

/** `<camera>/<yyyy-mm-dd>/<start in ms>.mp4`, days in UTC. */
export function segmentPath(dataDir: string, cameraId: string, startMs: number): string {
  const day = new Date(startMs).toISOString().slice(0, 10);
  return join(recordingsFolder(dataDir), cameraId, day, `${startMs}.mp4`);
}

/** While it is written; the file gets its own name with its last byte. */
export function openPath(path: string): string {
  return `${path}.part`;
}

export function exportPath(dataDir: string, exportId: string): string {
  return join(dataDir, 'video', 'exports', `${exportId}.zip`);
}
