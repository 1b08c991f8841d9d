// What the tests talk to, of Debian: the browser, its fonts, the second PostgreSQL, cameras, players and telephones.
import { existsSync } from 'node:fs';
import { run } from './run.mjs';

const libraries = `/usr/lib/${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu`;
const typelibs = `${libraries}/girepository-1.0`;
const plugins = `${libraries}/gstreamer-1.0`;
const peers = [
  { name: 'chromium', file: '/usr/bin/chromium', why: 'browser specs' },
  {
    name: 'fonts-noto-cjk',
    file: '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc',
    why: 'Chinese on screenshots',
  },
  { name: 'postgresql-15', file: '/usr/lib/postgresql/15/bin/postgres', why: 'API tests on PostgreSQL 15' },
  { name: 'ffmpeg', file: '/usr/bin/ffprobe', why: 'publishes, plays and judges video' },
  { name: 'python3-gi', file: '/usr/lib/python3/dist-packages/gi/__init__.py', why: "runs GStreamer's cameras" },
  {
    name: 'gir1.2-gst-rtsp-server-1.0',
    file: `${typelibs}/GstRtspServer-1.0.typelib`,
    why: "cameras: GStreamer's RTSP server",
  },
  { name: 'gstreamer1.0-tools', file: '/usr/bin/gst-launch-1.0', why: 'plays and writes streams' },
  { name: 'gstreamer1.0-plugins-good', file: `${plugins}/libgstrtsp.so`, why: 'RTSP of GStreamer' },
  { name: 'gstreamer1.0-plugins-bad', file: `${plugins}/libgstmpegpsmux.so`, why: 'program streams of GStreamer' },
  { name: 'gstreamer1.0-plugins-ugly', file: `${plugins}/libgstx264.so`, why: "the cameras' encoder" },
  { name: 'sip-tester', file: '/usr/bin/sipp', why: 'devices that register by SIP' },
];

/**
 * Installs what is missing where this account may (root with apt; never sudo), else prints the line that does.
 *
 * @returns {Promise<Set<string>>} names of the packages that are still missing
 */
export async function ensurePeers() {
  let missing = findMissing();
  if (missing.length === 0) return new Set();
  const names = missing.map((peer) => peer.name);
  const line = `apt-get install -y --no-install-recommends ${names.join(' ')}`;
  process.stdout.write('The tests use Debian packages that are not installed:\n');
  for (const { name, why } of missing) process.stdout.write(`  ${name}: ${why}\n`);
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    process.stdout.write(`Install them as root with:\n  apt-get update && ${line}\n`);
    return new Set(names);
  }
  process.stdout.write(`Installing: ${line}\n`);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-q'], { env });
  const { code, output } = await run(line.split(' ')[0], line.split(' ').slice(1), { env });
  if (code !== 0) process.stdout.write(`${output.trim().split('\n').slice(-5).join('\n')}\n`);
  missing = findMissing();
  return new Set(missing.map((peer) => peer.name));
}

function findMissing() {
  return peers.filter((peer) => !existsSync(peer.file));
}
