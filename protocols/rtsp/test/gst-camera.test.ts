/** Our client against GStreamer's RTSP server as camera; ffmpeg judges what was received. */
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startLossyRelay } from './support/lossy-relay.ts';
import { judgeVideo, missingPeers, startGstCamera } from './support/peers.ts';
import { Watch } from './support/watch.ts';

const missing = missingPeers('gst', 'ffmpeg');

function timesGoForward(watch: Watch): boolean {
  return watch.video.every((frame, index) => index === 0 || frame.dtsUs > watch.video[index - 1]!.dtsUs);
}

describe.skipIf(missing !== undefined)(`GStreamer as camera ${missing ?? ''}`, { timeout: 90_000 }, () => {
  test.for([
    ['h264', 'pcma', 'tcp', 'h264'],
    ['h264', 'opus', 'udp', 'h264'],
    ['h265', 'aac', 'tcp', 'hevc'],
    ['h265', 'latm', 'udp', 'hevc'],
  ] as const)('%s with %s by %s', async ([codec, audio, transport, judge]) => {
    const camera = await startGstCamera(`codec=${codec}`, `audio=${audio}`);
    const watch = new Watch({ url: `rtsp://127.0.0.1:${camera.port}/cam0`, transport });
    await watch.until(({ video, audio: sound }) => video.length >= 60 && sound.length >= 10);
    watch.session.close();
    expect(watch.video[0]!.key).toBe(true);
    expect(watch.video.every((frame) => frame.ptsUs === frame.dtsUs)).toBe(true);
    expect(timesGoForward(watch)).toBe(true);
    const verdict = await judgeVideo(judge, watch.annexB());
    expect(verdict).toEqual({ frames: watch.video.length, said: '' });
    const { transport: used, tracks } = watch.session.statistics();
    expect(used).toBe(transport);
    expect(tracks[0]!.video).toMatchObject({ malformed: 0, gaps: 0 });
    // Sound and pictures begin within half a second of each other on the common clock.
    expect(Math.abs(watch.audio[0]!.ptsUs - watch.video[0]!.ptsUs)).toBeLessThan(500_000);
  });

  test('B-frames get decoding times that go forward and never lie after the display', async () => {
    const camera = await startGstCamera('codec=h264b');
    const watch = new Watch({ url: `rtsp://127.0.0.1:${camera.port}/cam0` });
    await watch.until(({ video }) => video.length >= 72);
    watch.session.close();
    expect(watch.video.some((frame, index) => index > 0 && frame.ptsUs < watch.video[index - 1]!.ptsUs)).toBe(true);
    expect(timesGoForward(watch)).toBe(true);
    expect(watch.video.filter((frame) => frame.dtsUs > frame.ptsUs)).toEqual([]);
    expect((await judgeVideo('h264', watch.annexB())).said).toBe('');
  });

  test('a camera that speaks UDP only is read by UDP after its refusal of TCP', async () => {
    const camera = await startGstCamera('protocols=udp');
    const watch = new Watch({ url: `rtsp://127.0.0.1:${camera.port}/cam0` });
    await watch.until(({ video }) => video.length >= 10);
    expect(watch.session.statistics().transport).toBe('udp');
  });

  test.for(['digest', 'basic'])(
    '%s: the right password plays, a wrong one is told and not repeated in it',
    async (auth) => {
      const camera = await startGstCamera('user=admin:p@ss:w/rd', `auth=${auth}`);
      const address = `127.0.0.1:${camera.port}/cam0`;
      const credentials = { username: 'admin', password: 'p@ss:w/rd' };
      const right = new Watch({ url: `rtsp://${address}`, credentials });
      await right.until(({ video }) => video.length >= 5);
      const wrong = await new Watch({ url: `rtsp://admin:geheim@${address}` }).closed();
      expect(wrong).toMatchObject({ reason: 'unauthorized', status: 401 });
      expect(JSON.stringify(wrong)).not.toContain('geheim');
      expect(await new Watch({ url: `rtsp://${address}` }).closed()).toMatchObject({ reason: 'unauthorized' });
    },
  );

  test('a camera that dies in mid-stream is told as ended', async () => {
    const camera = await startGstCamera();
    const watch = new Watch({ url: `rtsp://127.0.0.1:${camera.port}/cam0` });
    await watch.until(({ video }) => video.length >= 5);
    camera.child.kill('SIGKILL');
    expect(await watch.closed()).toMatchObject({ reason: 'ended' });
  });

  test('a camera that freezes is told as stalled', async () => {
    const camera = await startGstCamera();
    const watch = new Watch({ url: `rtsp://127.0.0.1:${camera.port}/cam0`, stallTimeoutMs: 1000 });
    await watch.until(({ video }) => video.length >= 5);
    camera.child.kill('SIGSTOP');
    expect(await watch.closed()).toMatchObject({ reason: 'stalled' });
  });

  test('pause and resume', async () => {
    const camera = await startGstCamera();
    const watch = new Watch({ url: `rtsp://127.0.0.1:${camera.port}/cam0`, stallTimeoutMs: 1000 });
    await watch.until(({ video }) => video.length >= 5);
    await watch.session.pause();
    await watch.session.resume();
    const before = watch.video.length;
    await watch.until(({ video }) => video.length >= before + 10);
    expect(watch.closure).toBeUndefined();
  });

  test.for([
    [0.01, 0],
    [0, 0.05],
    [0.05, 0.05],
  ] as const)('UDP with %f lost and %f swapped: every picture that is given out decodes', async ([loss, swap]) => {
    const camera = await startGstCamera();
    const relay = await startLossyRelay({ targetPort: camera.port, loss, swap, seed: 7 });
    const watch = new Watch({ url: `rtsp://127.0.0.1:${relay.port}/cam0`, transport: 'udp' });
    await watch.until(
      ({ video }) => video.length >= (loss > 0.02 ? 40 : 100) && relay.counts.lost >= (loss === 0 ? 0 : 5),
    );
    watch.session.close();
    const { order, video } = watch.session.statistics().tracks[0]!;
    const verdict = await judgeVideo('h264', watch.annexB());
    expect(verdict.said).toBe('');
    expect(verdict.frames).toBe(watch.video.length);
    expect(timesGoForward(watch)).toBe(true);
    expect(swap === 0 || order!.reordered > 0).toBe(true);
    expect(loss === 0 ? [order!.lost, watch.losses] : [0, 0]).toEqual([0, 0]);
    expect(loss > 0 ? video!.gaps > 0 && watch.losses > 0 : true).toBe(true);
  });

  test('sound through the ONVIF backchannel arrives byte by byte, while pictures go on', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'backchannel-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const file = join(folder, 'heard.al');
    const camera = await startGstCamera(`backchannel=${file}`);
    const watch = new Watch({ url: `rtsp://127.0.0.1:${camera.port}/cam0`, backchannel: true });
    await watch.until(({ video }) => video.length >= 5);
    const sound = Buffer.from(Array.from({ length: 8000 }, (_, index) => (index * 7) % 256));
    const channel = watch.session.backchannel!;
    expect(channel.codec).toBe('pcma');
    for (let at = 0; at < sound.length; at += 800) expect(channel.send(sound.subarray(at, at + 800))).toBe(true);
    const before = watch.video.length;
    await watch.until(({ video }) => video.length >= before + 25);
    watch.session.close();
    camera.child.kill('SIGTERM');
    await once(camera.child, 'exit');
    expect((await readFile(file)).equals(sound)).toBe(true);
  });

  test('a camera without a backchannel plays all the same', async () => {
    const camera = await startGstCamera();
    const watch = new Watch({ url: `rtsp://127.0.0.1:${camera.port}/cam0`, backchannel: true });
    await watch.until(({ video }) => video.length >= 5);
    expect(watch.session.backchannel).toBeUndefined();
  });
});
