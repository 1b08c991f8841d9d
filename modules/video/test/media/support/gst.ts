/** A camera of GStreamer's RTSP server, which knows nothing of us. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';

const python = '/usr/bin/python3';
const script = `
import sys, gi
gi.require_version("Gst", "1.0"); gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtspServer
Gst.init(None)
codec = sys.argv[1]
source = "videotestsrc is-live=true pattern=ball ! video/x-raw,width=320,height=240,framerate=25/1"
coder = {"h264": "x264enc tune=zerolatency speed-preset=ultrafast key-int-max=25 bitrate=300 ! h264parse ! rtph264pay",
  "h265": "x265enc tune=zerolatency speed-preset=ultrafast key-int-max=25 bitrate=300 ! h265parse ! rtph265pay"}[codec]
tone = "audiotestsrc is-live=true ! audio/x-raw,rate=8000,channels=1 ! alawenc ! rtppcmapay name=pay1 pt=8"
server = GstRtspServer.RTSPServer()
server.set_address("127.0.0.1"); server.set_service(sys.argv[2])
factory = GstRtspServer.RTSPMediaFactory()
factory.set_launch("( " + source + " ! " + coder + " name=pay0 pt=96 " + tone + " )")
factory.set_shared(True)
server.get_mount_points().add_factory("/cam", factory)
server.attach(None)
print(server.get_bound_port(), flush=True)
GLib.MainLoop().run()
`;

/** Why tests with it are skipped; undefined where they run. */
export function missingGst(): string | undefined {
  if (process.env['WANGGE_REQUIRE_PEERS'] === '1') return undefined;
  const check = 'import gi; gi.require_version("GstRtspServer", "1.0")';
  if (existsSync(python) && spawnSync(python, ['-c', check]).status === 0 && existsSync('/usr/bin/ffprobe')) {
    return undefined;
  }
  return 'not installed: gir1.2-gst-rtsp-server-1.0, gstreamer1.0-plugins-{good,bad,ugly}, ffmpeg';
}

export interface GstCamera {
  readonly url: string;
  readonly port: number;
  readonly child: ChildProcess;
}

/** @param port 0: the system chooses */
export async function startGstCamera(codec: 'h264' | 'h265' = 'h264', port = 0): Promise<GstCamera> {
  const child = spawn(python, ['-c', script, codec, String(port)], { stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  let said = '';
  child.stderr.on('data', (data: Buffer) => (said = (said + data.toString()).slice(-2000)));
  const ended = once(child, 'exit').then(() => {
    throw new Error(`the camera did not start: ${said}`);
  });
  ended.catch(() => undefined);
  const [line] = (await Promise.race([once(createInterface({ input: child.stdout }), 'line'), ended])) as [string];
  return { url: `rtsp://127.0.0.1:${line}/cam`, port: Number(line), child };
}
