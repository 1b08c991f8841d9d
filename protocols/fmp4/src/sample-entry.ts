import { Buffer } from 'node:buffer';
import { type AudioTrack, type SpsInfo, makeAudioConfig, nalRole } from '@wangge/codec';
import { box, bytes, fullBox, u16, u32, zeros } from './box.ts';

/** VisualSampleEntry (ISO/IEC 14496-12 §12.1.3) of avc1 or hvc1, with the decoder's configuration. */
export function videoEntry(sps: SpsInfo, sets: readonly Uint8Array[]): Buffer {
  const h264 = sps.codec === 'h264';
  const head = Buffer.concat([
    zeros(6),
    u16(1),
    zeros(16),
    u16(sps.width, sps.height),
    u32(0x0048_0000, 0x0048_0000, 0),
    u16(1),
    zeros(32),
    u16(0x18, 0xffff),
  ]);
  const config = h264 ? avcConfig(sps, sets) : hevcConfig(sps, sets);
  const [wide = 1, high = 1] = sps.pixelAspect ?? [];
  const aspect = wide === high ? [] : [box('pasp', u32(wide, high))];
  return box(h264 ? 'avc1' : 'hvc1', head, config, ...aspect);
}

/** AVCDecoderConfigurationRecord (ISO/IEC 14496-15 §5.3.3.1). */
function avcConfig(sps: SpsInfo, sets: readonly Uint8Array[]): Buffer {
  const spsNals = sets.filter((nal) => nalRole('h264', nal) === 'sps').slice(0, 31);
  const ppsNals = sets.filter((nal) => nalRole('h264', nal) === 'pps').slice(0, 255);
  const high = [100, 110, 122, 144, 244].includes(sps.profile)
    ? bytes(0xfc | sps.chromaFormat, 0xf8 | (sps.bitDepthLuma - 8), 0xf8 | (sps.bitDepthChroma - 8), 0)
    : zeros(0);
  return box(
    'avcC',
    bytes(1, sps.profile, sps.constraints, sps.level, 0xff, 0xe0 | spsNals.length),
    ...spsNals.flatMap((nal) => [u16(nal.length), nal]),
    bytes(ppsNals.length),
    ...ppsNals.flatMap((nal) => [u16(nal.length), nal]),
    high,
  );
}

/** HEVCDecoderConfigurationRecord (ISO/IEC 14496-15 §8.3.3.1). */
function hevcConfig(sps: SpsInfo, sets: readonly Uint8Array[]): Buffer {
  const { hevc } = sps;
  if (!hevc) throw new TypeError('the SPS of H.265 always has a profile');
  const kinds = [
    { type: 32, nals: sets.filter((nal) => nalRole('h265', nal) === 'vps') },
    { type: 33, nals: sets.filter((nal) => nalRole('h265', nal) === 'sps') },
    { type: 34, nals: sets.filter((nal) => nalRole('h265', nal) === 'pps') },
  ];
  // 0x80: all sets of this kind are here, none in the samples.
  const arrays = kinds.flatMap(({ type, nals }) => [
    bytes(0x80 | type),
    u16(nals.length),
    ...nals.flatMap((nal) => [u16(nal.length), nal]),
  ]);
  return box(
    'hvcC',
    bytes(1, (hevc.space << 6) | (hevc.tier << 5) | hevc.profile),
    u32(hevc.compatibility),
    hevc.constraints,
    bytes(hevc.level),
    u16(0xf000),
    bytes(0xfc, 0xfc | sps.chromaFormat, 0xf8 | (sps.bitDepthLuma - 8), 0xf8 | (sps.bitDepthChroma - 8)),
    u16(0),
    bytes((hevc.temporalLayers << 3) | (hevc.temporalIdNested ? 4 : 0) | 3, kinds.length),
    ...arrays,
  );
}

/** AudioSampleEntry (ISO/IEC 14496-12 §12.2.3) of mp4a, Opus, alaw or ulaw. */
export function audioEntry(track: AudioTrack, timescale: number): Buffer {
  const g711 = track.codec === 'pcma' || track.codec === 'pcmu';
  // The rate has 16 bits; a higher one is told by the configuration alone.
  const rate = timescale < 65_536 ? timescale : 0;
  const head = Buffer.concat([zeros(6), u16(1), zeros(8), u16(track.channels, 16, 0, 0, rate, 0)]);
  if (g711) return box(track.codec === 'pcma' ? 'alaw' : 'ulaw', head);
  if (track.codec === 'aac') return box('mp4a', head, esds(aacConfig(track)));
  // Encapsulation of Opus in ISOBMFF §4.3.2; 312 samples are what libopus needs to settle.
  return box('Opus', head, box('dOps', bytes(0, track.channels), u16(312), u32(track.sampleRate), u16(0), bytes(0)));
}

/** The configuration that came with the stream, else that of plain AAC-LC. */
export function aacConfig(track: AudioTrack): Uint8Array {
  return track.config ?? makeAudioConfig({ objectType: 2, sampleRate: track.sampleRate, channels: track.channels });
}

/** ES descriptor (ISO/IEC 14496-1 §7.2.6.5) of MPEG-4 audio. */
function esds(config: Uint8Array): Buffer {
  const specific = descriptor(5, config);
  // 0x40: MPEG-4 audio; 0x15: audio stream, reserved bit set; buffer size and bit rates are unknown.
  const decoder = descriptor(4, bytes(0x40, 0x15, 0, 0, 0), u32(0, 0), specific);
  return fullBox('esds', 0, 0, descriptor(3, u16(0), bytes(0), decoder, descriptor(6, bytes(2))));
}

function descriptor(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  if (content.length > 127) throw new TypeError('a configuration of AAC has a few bytes');
  return Buffer.concat([bytes(tag, content.length), content]);
}
