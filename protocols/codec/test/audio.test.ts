import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CodecError,
  codecString,
  decodeG711,
  encodeG711,
  makeAdtsHeader,
  makeAudioConfig,
  opusPacketSamples,
  parseAudioConfig,
  splitAdts,
} from '../src/index.ts';
import { ffmpeg, ffmpegPath, missing } from './peers.ts';

const skip = missing(ffmpegPath);

describe('AAC', () => {
  it('writes and reads AudioSpecificConfig', () => {
    expect([...makeAudioConfig({ objectType: 2, sampleRate: 44_100, channels: 2 })]).toEqual([0x12, 0x10]);
    const rate = fc.constantFrom(96_000, 48_000, 16_000, 8000, 7350, 12_345, 131_072);
    const config = fc.record({
      objectType: fc.constantFrom(2, 5, 29),
      sampleRate: rate,
      channels: fc.integer({ min: 1, max: 6 }),
    });
    fc.assert(
      fc.property(config, (one) => {
        expect(parseAudioConfig(makeAudioConfig(one))).toEqual(one);
      }),
    );
    expect(() => makeAudioConfig({ objectType: 2, sampleRate: 8000, channels: 7 })).toThrow(CodecError);
    expect(() => parseAudioConfig(Uint8Array.of(0x12))).toThrow(CodecError);
  });

  it('ADTS: what is framed is split again, garbage between is skipped, a cut frame waits', () => {
    const config = { objectType: 2, sampleRate: 16_000, channels: 1 };
    const raw = Uint8Array.of(1, 2, 3, 4, 5);
    const one = [...makeAdtsHeader(config, raw.length), ...raw];
    const { frames, used } = splitAdts(Uint8Array.from([9, 9, ...one, ...one, ...one.slice(0, 8)]));
    expect(frames.map((frame) => [frame.config, [...frame.data]])).toEqual([
      [config, [...raw]],
      [config, [...raw]],
    ]);
    expect(used).toBe(2 + 2 * one.length);
    expect(() => makeAdtsHeader(config, 9000)).toThrow(CodecError);
  });

  it('ADTS: any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const { used } = splitAdts(Uint8Array.from([0xff, 0xf1, ...bytes]));
        expect(used).toBeLessThanOrEqual(bytes.length + 2);
      }),
    );
  });

  it.skipIf(skip)(`splits what ffmpeg encodes${skip ?? ''}`, () => {
    const stream = ffmpeg('-f', 'lavfi', '-i', 'sine=d=1:r=48000', '-ac', '2', '-c:a', 'aac', '-f', 'adts', '-');
    const { frames, used } = splitAdts(stream);
    expect(used).toBe(stream.length);
    expect(frames.length).toBe(48);
    const [first] = frames;
    expect(first?.config).toEqual({ objectType: 2, sampleRate: 48_000, channels: 2 });
    const again = Buffer.concat(frames.flatMap(({ config, data }) => [makeAdtsHeader(config, data.length), data]));
    expect(splitAdts(again).frames.length).toBe(48);
  });
});

it('names audio codecs', () => {
  const track = { kind: 'audio', sampleRate: 48_000, channels: 2 } as const;
  const config = makeAudioConfig({ objectType: 5, sampleRate: 24_000, channels: 2 });
  expect((['aac', 'opus', 'pcma', 'pcmu'] as const).map((codec) => codecString({ ...track, codec }))).toEqual([
    'mp4a.40.2',
    'opus',
    'alaw',
    'ulaw',
  ]);
  expect(codecString({ ...track, codec: 'aac', config })).toBe('mp4a.40.5');
});

describe('G.711', () => {
  it.each(['pcma', 'pcmu'] as const)('%s: every byte survives decoding and encoding', (law) => {
    const codes = Uint8Array.from({ length: 256 }, (_, code) => code);
    const again = encodeG711(law, decodeG711(law, codes));
    // µ-law has two zeros; the negative one is not told from the other any more.
    const expected = codes.map((code) => (law === 'pcmu' && code === 0x7f ? 0xff : code));
    expect([...again]).toEqual([...expected]);
  });

  it.each(['pcma', 'pcmu'] as const)('%s: rounding stays within a step', (law) => {
    fc.assert(
      fc.property(fc.integer({ min: -32_768, max: 32_767 }), (sample) => {
        const [back = 0] = decodeG711(law, encodeG711(law, Int16Array.of(sample)));
        expect(Math.abs(back - sample)).toBeLessThanOrEqual(Math.max(16, Math.abs(sample) / 16));
      }),
    );
  });

  it.skipIf(skip).each([
    ['pcma', 'alaw'],
    ['pcmu', 'mulaw'],
  ] as const)(`%s: decodes as ffmpeg does${skip ?? ''}`, (law, name) => {
    const source = ['-f', 'lavfi', '-i', 'sine=f=440:d=0.5:r=8000', '-af', 'volume=8'];
    const codes = ffmpeg(...source, '-c:a', `pcm_${name}`, '-f', name, '-');
    const url = `data:application/octet-stream;base64,${codes.toString('base64')}`;
    const samples = ffmpeg('-f', name, '-ar', '8000', '-i', url, '-c:a', 'pcm_s16le', '-f', 's16le', '-');
    const expected = Array.from({ length: samples.length / 2 }, (_, i) => samples.readInt16LE(i * 2));
    expect([...decodeG711(law, codes)]).toEqual(expected);
  });
});

it('knows the length of Opus packets (RFC 6716 table 2)', () => {
  const packets = [[], [0x08], [0x78], [0xfb, 0x03], [0xfc], [0xe1], [0x1b, 0x3f]];
  expect(packets.map((packet) => opusPacketSamples(Uint8Array.from(packet)))).toEqual([0, 960, 960, 2880, 960, 240, 0]);
});
