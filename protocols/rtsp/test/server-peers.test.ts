/** Our server between ffmpeg as publisher and ffmpeg and GStreamer as players. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, onTestFinished, test } from 'vitest';
import { RtspServer, type RtspServerOptions } from '../src/index.ts';
import { Hub } from './support/hub.ts';
import { missingPeers, publishWithFfmpeg, runFfmpeg } from './support/peers.ts';
import { Watch } from './support/watch.ts';

const missing = missingPeers('ffmpeg', 'gst');

async function startServer(options: Partial<RtspServerOptions> = {}) {
  const hub = new Hub();
  const server = await RtspServer.listen({ port: 0, ...hub.options, ...options });
  onTestFinished(() => server.close());
  return { hub, server, url: `rtsp://127.0.0.1:${server.port}/town/square` };
}

describe.skipIf(missing !== undefined)(
  `ffmpeg and GStreamer at our server ${missing ?? ''}`,
  { timeout: 90_000 },
  () => {
    test.for([
      ['tcp', 'tcp'],
      ['udp', 'udp'],
    ] as const)('published by %s, played by %s', async ([publish, play]) => {
      const { hub, server, url } = await startServer();
      publishWithFfmpeg(url, 20, ['-rtsp_transport', publish]);
      const stream = hub.stream('town/square');
      await stream.until(50);
      expect(stream.tracks.map((track) => track.codec)).toEqual(['h264', 'pcma']);
      const out = ['-rtsp_transport', play, '-i', url, '-t', '3', '-f', 'null', '-'];
      const { code, said } = await runFfmpeg(['-v', 'warning', '-stats', ...out]);
      expect(code).toBe(0);
      expect(said).not.toMatch(/error|corrupt|concealing|missed|non-existing/i);
      const frames = Number([...said.matchAll(/frame=\s*(\d+)/g)].at(-1)?.[1]);
      expect(frames).toBeGreaterThanOrEqual(70);
      expect(server.counts.publishers).toBe(1);
      expect(stream.losses).toBe(0);
    });

    test('GStreamer plays it, pictures and sound', async () => {
      const { hub, url } = await startServer();
      publishWithFfmpeg(url, 20, ['-rtsp_transport', 'tcp']);
      await hub.stream('town/square').until(50);
      const pipeline = `rtspsrc location=${url} protocols=tcp name=s s. ! rtph264depay ! h264parse ! fakesink num-buffers=30 `;
      const sound = 's. ! rtppcmadepay ! alawdec ! fakesink num-buffers=30';
      const player = spawn('/usr/bin/gst-launch-1.0', ['-q', ...`${pipeline}${sound}`.split(' ')], {
        stdio: 'inherit',
      });
      onTestFinished(() => void player.kill('SIGKILL'));
      expect(await once(player, 'exit')).toEqual([0, null]);
    });

    test('B-frames and H.265 pass through: published, read by our client', async () => {
      const { hub, url } = await startServer();
      const encoder = ['-c:v', 'libx265', '-x265-params', 'bframes=3:log-level=error:pools=1', '-preset', 'ultrafast'];
      publishWithFfmpeg(url, 20, ['-rtsp_transport', 'tcp', ...encoder]);
      await hub.stream('town/square').until(30);
      const watch = new Watch({ url });
      await watch.until(({ video }) => video.length >= 60);
      watch.session.close();
      expect(watch.tracks[0]).toMatchObject({ codec: 'h265' });
      expect(watch.video.some((frame) => frame.ptsUs > frame.dtsUs)).toBe(true);
      expect(watch.video.filter((frame) => frame.dtsUs > frame.ptsUs)).toEqual([]);
      const decoding = watch.video.map((frame) => frame.dtsUs);
      expect(decoding).toEqual(decoding.toSorted((one, other) => one - other));
    });

    test('AAC and Opus pass through', async () => {
      const { hub, url } = await startServer();
      for (const [path, coder] of Object.entries({ aac: 'aac', opus: 'libopus' })) {
        const audio = ['-c:a', coder, '-ar', '48000', '-ac', '2', '-strict', '-2'];
        publishWithFfmpeg(`${url}/${path}`, 20, ['-rtsp_transport', 'tcp', ...audio]);
        await hub.stream(`town/square/${path}`).until(60);
        const { code, said } = await runFfmpeg([
          '-v',
          'error',
          '-i',
          `${url}/${path}`,
          '-vn',
          '-t',
          '2',
          '-f',
          'null',
          '-',
        ]);
        expect([code, said]).toEqual([0, '']);
      }
    });

    test('ffmpeg answers our challenge; a wrong password is refused', async () => {
      const { hub, server } = await startServer({
        authorize: ({ username, verify }) => (username === 'desk' && verify('s3cret') ? 'allow' : 'challenge'),
      });
      const address = `127.0.0.1:${server.port}/cam`;
      publishWithFfmpeg(`rtsp://desk:s3cret@${address}`, 20, ['-rtsp_transport', 'tcp']);
      await hub.stream('cam').until(30);
      const play = (url: string) => runFfmpeg(['-v', 'error', '-i', url, '-t', '1', '-f', 'null', '-']);
      expect(await play(`rtsp://desk:s3cret@${address}`)).toEqual({ code: 0, said: '' });
      expect((await play(`rtsp://desk:wrong@${address}`)).said).toContain('401');
    });

    test('when the publisher goes, the stream and its readers end', async () => {
      const { hub, server, url } = await startServer();
      const publisher = publishWithFfmpeg(url, 60, ['-rtsp_transport', 'tcp']);
      const stream = hub.stream('town/square');
      await stream.until(30);
      const watch = new Watch({ url });
      await watch.until(({ video }) => video.length >= 5);
      publisher.kill('SIGKILL');
      expect(await watch.closed()).toMatchObject({ reason: 'ended' });
      expect(stream.closed).toBe(1);
      expect(server.counts).toMatchObject({ publishers: 0, readers: 0 });
    });
  },
);
