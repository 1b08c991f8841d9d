/** Cameras for specs: one drawn film behind an RTSP address, an ONVIF device and a GB/T 28181 recorder. */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  Camera,
  FilmShelf,
  GbRecorder,
  makeFilms,
  OnvifDevice,
  serveRtsp,
  scenes,
} from '../../simulators/cameras/src/index.ts';

// The simulators' own tests keep their film there as well.
const folder = join(tmpdir(), 'wangge-test-films');
const scene = 'stairwell';

export const cameraSign = { user: 'admin', password: 'Kamera-2026' } as const;

export interface StartedCameras {
  /** Address of a camera, from 1, without user and password. */
  url(number: number, variant: 'main' | 'sub'): string;
  readonly onvifPort: number;
  readonly recorder: GbRecorder;
  readonly recorderId: string;
  close(): Promise<void>;
}

/** Two cameras by RTSP, the second also by ONVIF, a third behind a recorder that has still to join the platform. */
export async function startCameras(): Promise<StartedCameras> {
  await makeFilms(folder, { scenes: scenes.filter(({ name }) => name === scene), workers: 1 });
  const shelf = new FilmShelf(folder);
  const cameras = [1, 2, 3].map((number) => new Camera(shelf, folder, { number, scene }));
  const rtsp = await serveRtsp({ port: 0, cameras, credentials: cameraSign });
  const rtspBase = `rtsp://127.0.0.1:${rtsp.port}`;
  const onvif = await OnvifDevice.listen({
    camera: cameras[1]!,
    name: '楼道',
    port: 0,
    rtspBase,
    credentials: cameraSign,
  });
  // Of its own in each run: a platform that specs share remembers the ones before.
  const recorderId = `99010110001180${String(Date.now() % 1_000_000).padStart(6, '0')}`;
  const recorder = new GbRecorder({ deviceId: recorderId, channels: [{ camera: cameras[2]!, name: '国标楼道' }] });
  return {
    url: (number, variant) => `${rtspBase}/cam-${number}/${variant}`,
    onvifPort: onvif.port,
    recorder,
    recorderId,
    async close() {
      await Promise.allSettled([recorder.close(), onvif.close(), rtsp.close()]);
    },
  };
}
