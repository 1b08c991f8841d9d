import { areas } from '@wangge/areas';
import { openTestTown, type TestTown, until } from '@wangge/kernel/testkit';
import { staff } from '@wangge/staff';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { video } from '../../src/index.ts';
import { type RunningMedia, startMedia } from '../../src/media/main.ts';
import { loadRtc } from '../../src/media/whep/load-rtc.ts';
import { readOffer } from '../../src/media/whep/offer.ts';
import { Stamps } from '../../src/media/whep/stamps.ts';
import { missingGst, startGstCamera } from './support/gst.ts';
import { layCamera, ticketFor } from './support/register.ts';

let town: TestTown;
let worker: RunningMedia;
const rtc = await loadRtc();
const missing = rtc === null ? 'no node-datachannel on this machine' : missingGst();

beforeAll(async () => {
  town = await openTestTown([areas, staff, video]);
  worker = await startMedia(town.rt, { host: '127.0.0.1', port: 0, shard: 0, shards: 1 });
});
afterAll(async () => {
  await worker?.close();
  await town?.close();
});

/** A browser's part: takes pictures and speech, and counts packets by payload type. */
async function offering(): Promise<{ sdp: string; accept(answer: string): void; packets: Map<number, number> }> {
  if (rtc === null) throw new Error('no WebRTC');
  const connection = new rtc.PeerConnection('browser', { iceServers: [] });
  onTestFinished(() => connection.close());
  const packets = new Map<number, number>();
  const [picture, sound] = [new rtc.Video('0', 'RecvOnly'), new rtc.Audio('1', 'RecvOnly')];
  picture.addH264Codec(102, 'level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f');
  sound.addAudioCodec(8, 'PCMA');
  const tracks = [connection.addTrack(picture), connection.addTrack(sound)];
  for (const track of tracks) {
    track.onMessage((packet) => {
      const type = packet.readUInt8(1) & 127;
      packets.set(type, (packets.get(type) ?? 0) + 1);
    });
  }
  connection.setLocalDescription('offer');
  await until(() => connection.gatheringState() === 'complete', 'addresses');
  return {
    sdp: connection.localDescription()?.sdp ?? '',
    accept: (answer) => {
      connection.setRemoteDescription(answer, 'answer');
      void tracks;
    },
    packets,
  };
}
function post(ticket: string, body: string): Promise<Response> {
  return fetch(`http://127.0.0.1:${worker.port}/video/whep?ticket=${ticket}`, { method: 'POST', body });
}

/**
 * Through to a picture. This peer gives a connection up when the other side's first packets overtake the answer, which
 * happens on one machine and which browsers bear: it then asks once more, as a player does.
 */
async function connect(cameraId: string) {
  for (let tries = 1; ; tries++) {
    const { text, view } = await ticketFor(town, cameraId);
    const browser = await offering();
    const answer = await post(text, browser.sdp);
    expect(answer.status).toBe(201);
    const location = answer.headers.get('location') ?? '';
    try {
      browser.accept(await answer.text());
      return { text, view, browser, location };
    } catch (error) {
      if (tries === 5) throw error;
    }
  }
}

describe('WHEP', () => {
  beforeEach((context) => {
    if (missing !== undefined) context.skip(missing);
  });

  it('sends pictures and speech, until the browser ends it', async () => {
    const { url } = await startGstCamera();
    const { text, view, browser, location } = await connect(await layCamera(town, url));
    await until(() => (browser.packets.get(102) ?? 0) > 40 && (browser.packets.get(8) ?? 0) > 40, 'packets', 15_000);
    expect((await post(text, browser.sdp)).status).toBe(401);
    expect((await fetch(`http://127.0.0.1:${worker.port}${location}`, { method: 'DELETE' })).status).toBe(200);
    await until(async () => {
      const { rows } = await town.owner.query<{ ended_at: Date }>('select ended_at from video_views where id = $1', [
        view,
      ]);
      return rows[0]?.ended_at;
    }, 'the end of the look');
  });

  it('says in a sentence why it cannot', async () => {
    const { url } = await startGstCamera('h265');
    const camera = await layCamera(town, url);
    const browser = await offering();
    expect((await post('forged', browser.sdp)).status).toBe(401);
    expect((await post('forged', 'v=0\r\n')).status).toBe(406);
    const refused = await post((await ticketFor(town, camera)).text, browser.sdp);
    expect([refused.status, await refused.text()]).toEqual([406, 'the camera does not send H.264']);
    const away = await post((await ticketFor(town, await layCamera(town, 'rtsp://127.0.0.1:1/x'))).text, browser.sdp);
    expect(away.status).toBe(503);
  });
});

describe('an offer', () => {
  it('is read for the H.264 that browsers decode in pieces', () => {
    const section = (kind: string, mid: string, lines: string[]) =>
      [`m=${kind} 9 UDP/TLS/RTP/SAVPF 1`, `a=mid:${mid}`, ...lines].join('\r\n');
    const offer = readOffer(
      [
        'v=0',
        section('video', 'v', [
          'a=recvonly',
          'a=rtpmap:96 VP8/90000',
          'a=rtpmap:97 H264/90000',
          'a=fmtp:97 packetization-mode=0;profile-level-id=42e01f',
          'a=rtpmap:98 H264/90000',
          'a=fmtp:98 packetization-mode=1;profile-level-id=64001f',
          'a=rtpmap:99 H264/90000',
          'a=fmtp:99 packetization-mode=1;profile-level-id=42e01f',
        ]),
        section('audio', 'a', ['a=recvonly', 'a=rtpmap:111 opus/48000/2', 'a=rtpmap:8 PCMA/8000']),
        section('audio', 'mic', ['a=sendonly', 'a=rtpmap:0 PCMU/8000']),
      ].join('\r\n'),
    );
    expect(offer.video).toMatchObject({ mid: 'v', payloadType: 99 });
    expect([...offer.audio.keys()]).toEqual(['opus', 'PCMA']);
    expect(readOffer('').video).toBeNull();
  });
});

describe('stamps', () => {
  it('make what comes out of the cache a thing of now, and always rise', () => {
    const stamps = new Stamps();
    // Taken at 0, 40 … 960 ms, sent together at 1000 ms; then live.
    const cached = Array.from({ length: 20 }, (_, n) => stamps.of(n * 40_000, n * 40, 1000));
    expect(cached.at(0)).toBe(1_000_000);
    expect(cached.every((us, n) => n === 0 || us > (cached[n - 1] ?? 0))).toBe(true);
    expect(Math.max(...cached)).toBeLessThan(1_010_000);
    expect(stamps.of(1_040_000, 1040, 1045)).toBe(1_040_000);
  });
});
