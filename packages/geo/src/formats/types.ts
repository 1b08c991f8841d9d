import type { Polygons } from '../types.ts';

/** One feature as the file has it. */
export type RawFeature = {
  /** Position in the file, from 1. */
  readonly number: number;
  readonly properties: Readonly<Record<string, unknown>>;
  /** Null when the feature has no shape at all. */
  readonly geometry: { readonly type: string; readonly polygons: Polygons | null } | null;
};

/** A file that cannot be read as what it should be; the message says why, in English. */
export class FormatError extends Error {
  override readonly name = 'FormatError';
}
