export { type AccessUnit, AccessUnitAssembler } from './access-unit.ts';
export { type AacConfig, type AdtsFrame, makeAdtsHeader, makeAudioConfig, parseAudioConfig, splitAdts } from './aac.ts';
export { AnnexBSplitter, asBuffer, joinAnnexB, splitAnnexB } from './annex-b.ts';
export { BitReader, CodecError, unescapeNal } from './bit-reader.ts';
export { codecString } from './codec-string.ts';
export { DtsEstimator } from './dts-estimator.ts';
export type { AudioCodec, AudioFrame, AudioTrack, Frame, Track, VideoCodec, VideoFrame, VideoTrack } from './frame.ts';
export { decodeG711, encodeG711 } from './g711.ts';
export {
  type NalRole,
  isFirstSlice,
  isKeyNal,
  isParameterSet,
  nalHeaderBytes,
  nalRole,
  nalType,
  opensAccessUnit,
} from './nal.ts';
export { opusPacketSamples } from './opus.ts';
export { ParameterSets } from './parameter-sets.ts';
export { type HevcProfile, type SpsInfo, parseSps } from './sps.ts';
