/** Many cameras of GStreamer's RTSP server in one process: 720p, 25 pictures a second, 2 Mbit/s, with sound (G.711). */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface GstCameras {
  url(n: number): string;
  stop(): void;
}

const clipS = 10;
const script = `
import sys, gi
gi.require_version("Gst", "1.0"); gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtspServer
Gst.init(None)
server = GstRtspServer.RTSPServer()
server.set_address("127.0.0.1"); server.set_service("0")
for n in range(int(sys.argv[2])):
    factory = GstRtspServer.RTSPMediaFactory()
    factory.set_launch("( filesrc location=" + sys.argv[1] + " ! matroskademux name=d d. ! queue ! h264parse ! "
      "rtph264pay name=pay0 pt=96 config-interval=-1 d. ! queue ! rtppcmapay name=pay1 pt=8 )")
    server.get_mount_points().add_factory("/cam%d" % n, factory)
server.attach(None)
print(server.get_bound_port(), flush=True)
GLib.MainLoop().run()
`;

/**
 * @param folder for the clip that all of them play; @param forS how long they play
 * @throws Error where GStreamer or ffmpeg are not installed
 */
export async function startGstCameras(folder: string, count: number, forS: number): Promise<GstCameras> {
  const clip = join(folder, 'clip.mkv');
  const long = join(folder, 'cameras.mkv');
  const picture = ['-f', 'lavfi', '-i', `testsrc2=size=1280x720:rate=25:duration=${clipS}`];
  const tone = ['-f', 'lavfi', '-i', `sine=frequency=440:sample_rate=8000:duration=${clipS}`];
  const rate = ['-b:v', '2M', '-minrate', '2M', '-maxrate', '2M', '-bufsize', '1M', '-x264-params', 'nal-hrd=cbr'];
  const coder = [
    '-c:v',
    'libx264',
    '-preset',
    'ultrafast',
    '-tune',
    'zerolatency',
    '-pix_fmt',
    'yuv420p',
    '-g',
    '50',
    ...rate,
  ];
  run(['-v', 'error', ...picture, ...tone, ...coder, '-c:a', 'pcm_alaw', '-y', clip]);
  run(['-v', 'error', '-stream_loop', String(Math.ceil(forS / clipS)), '-i', clip, '-c', 'copy', '-y', long]);
  const child: ChildProcess = spawn('/usr/bin/python3', ['-c', script, long, String(count)], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  if (!child.stdout) throw new Error('no output of the cameras');
  const ended = once(child, 'exit').then(() => {
    throw new Error('the cameras did not start: gir1.2-gst-rtsp-server-1.0 is needed');
  });
  ended.catch(() => undefined);
  const [port] = (await Promise.race([once(createInterface({ input: child.stdout }), 'line'), ended])) as [string];
  return { url: (n) => `rtsp://127.0.0.1:${port}/cam${n}`, stop: () => void child.kill('SIGKILL') };
}

function run(args: readonly string[]): void {
  const { status, stderr } = spawnSync('ffmpeg', args);
  if (status !== 0) throw new Error(`ffmpeg: ${String(stderr)}`);
}
