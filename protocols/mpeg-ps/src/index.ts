export { EsDemuxer } from './es-demuxer.ts';
export type { DemuxOptions, DemuxStats } from './program.ts';
export { PsDemuxer } from './ps-demuxer.ts';
export { PsMuxer } from './ps-muxer.ts';
export { type Container, type Demuxer, type SniffedDemuxer, openSniffed } from './sniffed.ts';
export { TsDemuxer } from './ts-demuxer.ts';
