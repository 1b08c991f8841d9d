import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo } from 'node:net';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import type { Frame, Track } from '@wangge/codec';
import { afterAll, describe, expect, it } from 'vitest';
import { type LiveChunk, LiveMuxer } from '../src/index.ts';
import { interleave, makeAudio, makeVideo, moved } from './media.ts';
import { chromiumPath, countFrames, ffmpeg, ffmpegPath, missing, packets, pictures } from './peers.ts';
import { joinSegments, record } from './record.ts';

const skip = missing(ffmpegPath, '/usr/bin/ffprobe');
const skipBrowser = skip ?? missing(chromiumPath);
const folder = mkdtempSync(join(tmpdir(), 'wangge-fmp4-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const out = join(folder, 'live.mp4');

function mux(tracks: readonly Track[], frames: readonly Frame[], g711?: 'flac'): LiveChunk[] {
  const chunks: LiveChunk[] = [];
  const muxer = new LiveMuxer(tracks, (chunk) => chunks.push(chunk), g711 && { g711 });
  for (const frame of frames) muxer.push(frame);
  return chunks;
}

describe.skipIf(skip !== undefined)(`live${skip ?? ''}`, () => {
  it.each([
    { codec: 'h264', bFrames: 0, sound: 'aac' },
    { codec: 'h265', bFrames: 3, sound: 'opus' },
  ] as const)('$codec with $bFrames B pictures and $sound, frame by frame', ({ codec, bFrames, sound }) => {
    const video = makeVideo(folder, { codec, bFrames });
    const audio = makeAudio(folder, sound);
    const chunks = mux([video.track, audio.track], interleave(video.frames, audio.frames));
    writeFileSync(out, Buffer.concat(chunks.map(({ data }) => data)));
    expect(pictures(out)).toEqual(pictures(video.file));
    ffmpeg('-i', out, '-f', 'null', '-');
    expect(chunks.filter(({ key }) => key).length).toBe(4);
    expect(chunks[0]?.mimeType).toMatch(codec === 'h264' ? /avc1\.42C00D, mp4a\.40\.2"$/ : /hvc1\..*, opus"$/);
    const zero = (video.frames[0]?.dtsUs ?? 0) / 1e6;
    const times = packets(out, 'v').map(({ pts }) => Math.round((pts + zero) * 1000));
    expect(times).toEqual(video.frames.map(({ ptsUs }) => Math.round(ptsUs / 1000)));
  });

  it('a player that begins at a later key picture sees the same', () => {
    const video = makeVideo(folder);
    const chunks = mux([video.track], video.frames);
    const late = [chunks[0], ...chunks.slice(1 + 50)].flatMap((chunk) => (chunk ? [chunk.data] : []));
    writeFileSync(out, Buffer.concat(late));
    expect(pictures(out)).toEqual(pictures(video.file).slice(50));
  });

  it('leaves out sound that no browser plays, and begins with a key picture', () => {
    const video = makeVideo(folder);
    const audio = makeAudio(folder, 'pcma');
    const chunks = mux([video.track, audio.track], interleave(video.frames.slice(10), audio.frames));
    expect(chunks.map(({ kind }) => kind)).toEqual(['init', ...Array.from({ length: 75 }, () => 'media')]);
    expect(chunks[0]?.mimeType).toBe('video/mp4; codecs="avc1.42C00D"');
  });

  it.each([
    ['pcma', 'alaw'],
    ['pcmu', 'mulaw'],
  ] as const)('wraps %s as FLAC, sample by sample', (codec, name) => {
    const video = makeVideo(folder);
    const audio = makeAudio(folder, codec);
    const chunks = mux([video.track, audio.track], interleave(video.frames, audio.frames), 'flac');
    expect(chunks[0]?.mimeType).toBe('video/mp4; codecs="avc1.42C00D, flac"');
    writeFileSync(out, Buffer.concat(chunks.map(({ data }) => data)));
    const raw = join(folder, `sound.${name}`);
    writeFileSync(raw, Buffer.concat(audio.frames.map(({ data }) => data)));
    const expected = ffmpeg('-f', name, '-ar', '8000', '-i', raw, '-f', 's16le', '-');
    expect(ffmpeg('-i', out, '-map', '0:a', '-f', 's16le', '-').equals(expected)).toBe(true);
  });

  it('begins anew when the picture changes its size, and goes on in time', () => {
    const small = makeVideo(folder, { seconds: 2 });
    const large = makeVideo(folder, { seconds: 2, size: '640x480' });
    const chunks = mux([small.track], [...small.frames, ...moved(large.frames, 2e6)]);
    const inits = chunks.flatMap(({ kind }, i) => (kind === 'init' ? [i] : []));
    expect(inits).toEqual([0, 51]);
    const second = chunks.slice(51);
    writeFileSync(out, Buffer.concat(second.map(({ data }) => data)));
    expect(countFrames(out)).toBe(50);
    expect(packets(out, 'v')[0]?.dts).toBeCloseTo(2, 3);
  });

  it('goes on without a hole when the clock of the camera jumps', () => {
    const video = makeVideo(folder);
    const chunks = mux([video.track], [...video.frames.slice(0, 50), ...moved(video.frames.slice(50), -9e9)]);
    writeFileSync(out, Buffer.concat(chunks.map(({ data }) => data)));
    expect(packets(out, 'v').map(({ dts }) => Math.round(dts * 1000))).toEqual(video.frames.map((_, i) => i * 40));
  });
});

const page = `<!doctype html><video muted></video><script>
  const video = document.querySelector('video');
  async function live(list, mimeType, count) {
    const source = new MediaSource();
    video.src = URL.createObjectURL(source);
    await new Promise((done) => source.addEventListener('sourceopen', done, { once: true }));
    const buffer = source.addSourceBuffer(mimeType);
    for (let i = 0; i < count; i++) {
      buffer.appendBuffer(await (await fetch('/' + list + '/' + i)).arrayBuffer());
      await new Promise((done, failed) => { buffer.onupdateend = done; buffer.onerror = failed; });
    }
    source.endOfStream();
    const ranges = [...Array(buffer.buffered.length)].map((_, i) => [buffer.buffered.start(i), buffer.buffered.end(i)]);
    video.playbackRate = 4;
    await video.play();
    await new Promise((done) => video.addEventListener('ended', done, { once: true }));
    const quality = video.getVideoPlaybackQuality();
    return { ranges, width: video.videoWidth, shown: quality.totalVideoFrames, broken: quality.corruptedVideoFrames,
      error: video.error && video.error.message };
  }
  async function recorded(time) {
    video.src = '/file';
    await new Promise((done) => video.addEventListener('loadeddata', done, { once: true }));
    const begun = performance.now();
    video.currentTime = time;
    await new Promise((done) => video.addEventListener('seeked', done, { once: true }));
    return { duration: video.duration, at: video.currentTime, ms: performance.now() - begun,
      error: video.error && video.error.message };
  }
</script>`;

/** Serves the page, lists of chunks by number, and a file with ranges. */
async function serve(lists: Readonly<Record<string, readonly Buffer[]>>, file: Buffer) {
  const ranges: string[] = [];
  const server = createServer((request, response) => {
    const [, kind, index] = (request.url ?? '').split('/');
    const list = lists[kind ?? ''];
    if (list) return void response.end(list[Number(index)]);
    if (kind !== 'file') return void response.setHeader('content-type', 'text/html').end(page);
    const [, from = '0', to = ''] = /bytes=(\d+)-(\d*)/.exec(request.headers.range ?? '') ?? [];
    const [start, end] = [Number(from), to === '' ? file.length - 1 : Number(to)];
    ranges.push(`${start}-${end}`);
    response.writeHead(206, {
      'content-type': 'video/mp4',
      'accept-ranges': 'bytes',
      'content-range': `bytes ${start}-${end}/${file.length}`,
      'content-length': end - start + 1,
    });
    return void response.end(file.subarray(start, end + 1));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, ranges, close: () => server.close() };
}

describe.skipIf(skipBrowser !== undefined)(`Chromium${skipBrowser ?? ''}`, () => {
  it('plays live fragments and joined segments, and seeks in a recorded file', async () => {
    const video = makeVideo(folder, { size: '640x360', seconds: 6, bFrames: 2 });
    const audio = makeAudio(folder, 'aac', 6);
    const frames = interleave(video.frames, audio.frames);
    const tracks = [video.track, audio.track];
    const chunks = mux(tracks, frames);
    const live = chunks.map(({ data }) => data);
    const g711 = makeAudio(folder, 'pcma', 6);
    const flacChunks = mux([video.track, g711.track], interleave(video.frames, g711.frames), 'flac');
    const flac = flacChunks.map(({ data }) => data);
    const joined = await joinSegments(record(folder, tracks, frames, { segmentMs: 2000 }));
    const [whole] = record(folder, tracks, frames);
    const server = await serve({ live, joined, flac }, whole?.bytes ?? Buffer.alloc(0));
    const args = ['--no-sandbox', '--disable-gpu', '--autoplay-policy=no-user-gesture-required'];
    const browser = await chromium.launch({ executablePath: chromiumPath, args });
    try {
      const tab = await browser.newPage();
      await tab.goto(server.url);
      for (const [list, pieces] of Object.entries({ live, joined, flac })) {
        const { mimeType } = (list === 'flac' ? flacChunks : chunks)[0] ?? {};
        const call = `live('${list}', ${JSON.stringify(mimeType)}, ${pieces.length})`;
        const seen = (await tab.evaluate(call)) as { ranges: [number, number][] };
        expect(seen).toMatchObject({ width: 640, broken: 0, error: null });
        expect(seen.ranges.length).toBe(1);
        expect((seen.ranges[0]?.[1] ?? 0) - (seen.ranges[0]?.[0] ?? 0)).toBeGreaterThan(5.8);
      }
      const sought = await tab.evaluate('recorded(4.5)');
      expect(sought).toMatchObject({ at: 4.5, error: null });
      expect((sought as { duration: number }).duration).toBeCloseTo(6, 0);
    } finally {
      await browser.close();
      server.close();
    }
  });
});
