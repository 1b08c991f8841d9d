/** Descriptions as cameras write them, and as they should not. */
import type { Track } from '@wangge/codec';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { attribute, buildSdp, clockRateOf, formatOf, parseSdp, payloadTypeOf } from '../src/index.ts';
import { setsOf } from './support/nals.ts';

const base64 = (nal: Buffer) => nal.toString('base64');

function formats(text: string) {
  return parseSdp(text)!.media.map((media) => formatOf(media));
}

describe('descriptions', () => {
  test('a camera with pictures, sound and metadata', () => {
    const [sps, pps] = setsOf.h264;
    const text = [
      'v=0',
      's=Media Presentation',
      'a=control:*',
      'm=video 0 RTP/AVP 96',
      'b=AS:5000',
      'a=recvonly',
      'a=control:rtsp://10.0.0.5:554/live/trackID=1',
      'a=rtpmap:96 H264/90000',
      `a=fmtp:96 profile-level-id=420029; packetization-mode=1; sprop-parameter-sets=${base64(sps!)},${base64(pps!)}`,
      'm=audio 0 RTP/AVP 8',
      'a=control:trackID=2',
      'm=application 0 RTP/AVP 107',
      'a=rtpmap:107 vnd.onvif.metadata/90000',
    ].join('\r\n');
    const sdp = parseSdp(text)!;
    expect(sdp.name).toBe('Media Presentation');
    expect(attribute(sdp, 'control')).toBe('*');
    expect(attribute(sdp.media[0]!, 'recvonly')).toBe('');
    const [video, audio, metadata] = formats(text);
    expect(video).toMatchObject({ payloadType: 96, clockRate: 90_000 });
    expect(video!.track).toEqual({
      kind: 'video',
      codec: 'h264',
      parameterSets: setsOf.h264.map((one) => Uint8Array.from(one)),
    });
    expect(audio!.track).toEqual({ kind: 'audio', codec: 'pcma', sampleRate: 8000, channels: 1 });
    expect(metadata).toBeUndefined();
  });

  test.for([
    ['a clock of 9000', 'a=rtpmap:96 H264/9000', ''],
    ['sets that are no base64', 'a=rtpmap:96 H264/90000', 'a=fmtp:96 sprop-parameter-sets=%%%,???'],
    ['sets that are slices', 'a=rtpmap:96 h264/90000', 'a=fmtp:96 sprop-parameter-sets=ZYiEAA=='],
    ['no parameters', 'a=rtpmap:96 H264/90000', 'a=fmtp:96'],
  ])('it lies: %s', ([, map, parameters]) => {
    const [video] = formats(`m=video 0 RTP/AVP 96\n${map}\n${parameters}\n`);
    expect(video).toMatchObject({ clockRate: 90_000, track: { codec: 'h264', parameterSets: [] } });
  });

  test('AAC without parameters is taken as AAC-LC in mode AAC-hbr', () => {
    const [audio] = formats('m=audio 0 RTP/AVP 97\na=rtpmap:97 mpeg4-generic/16000/1\n');
    expect(audio).toMatchObject({
      track: { sampleRate: 16_000, channels: 1, config: Uint8Array.of(0x14, 0x08) },
      aac: { sizes: { sizeLength: 13, indexLength: 3, indexDeltaLength: 3 } },
    });
  });

  test.for(['a=rtpmap:97 G726-32/8000', 'a=rtpmap:97 MP4A-LATM/48000', 'a=rtpmap:97 mpeg4-generic/0', ''])(
    'a format that cannot be read is no track: %s',
    (map) => {
      expect(formats(`m=audio 0 RTP/AVP 97\n${map}\n`)).toEqual([undefined]);
    },
  );

  test('what we describe is read back', () => {
    const tracks: Track[] = [
      { kind: 'video', codec: 'h264', parameterSets: setsOf.h264.map((one) => Uint8Array.from(one)) },
      { kind: 'video', codec: 'h265', parameterSets: setsOf.h265.map((one) => Uint8Array.from(one)) },
      { kind: 'audio', codec: 'aac', sampleRate: 44_100, channels: 2, config: Uint8Array.of(0x12, 0x10) },
      { kind: 'audio', codec: 'pcma', sampleRate: 8000, channels: 1 },
      { kind: 'audio', codec: 'pcmu', sampleRate: 8000, channels: 1 },
      { kind: 'audio', codec: 'opus', sampleRate: 48_000, channels: 2 },
    ];
    const text = buildSdp(tracks, { name: '水库\r\na=evil' });
    expect(text).toContain('s=水库  a=evil\r\n');
    const read = formats(text);
    expect(read.map((format) => format!.track)).toEqual(tracks);
    expect(read.map((format) => format!.payloadType)).toEqual(
      tracks.map((track, index) => payloadTypeOf(track, index)),
    );
    expect(read.map((format) => format!.clockRate)).toEqual(tracks.map((track) => clockRateOf(track)));
  });

  test('garbage is bounded and never throws', () => {
    expect(parseSdp('')).toBeUndefined();
    expect(parseSdp('m=video 0 RTP/AVP 96\n'.repeat(4000))).toBeUndefined();
    expect(parseSdp('m=video 0 RTP/AVP 96\n'.repeat(100))!.media).toHaveLength(32);
    const line = fc.oneof(
      fc.string(),
      fc.constantFrom('m=video 0 RTP/AVP 96', 'a=rtpmap:96 H265/90000', 'a=rtpmap:96 mpeg4-generic/8/9'),
      fc.string().map((text) => `a=fmtp:96 config=${text};sprop-vps=${text}`),
    );
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        for (const media of parseSdp(lines.join('\n'))?.media ?? []) formatOf(media);
      }),
    );
  });
});
