import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** Messages of real devices and other implementations, beside the checkout; not part of the project. */
const folder = new URL('../../../../shared/data/vectors/gb28181/', import.meta.url).pathname;

export const vectorsThere = existsSync(folder);
export const vectorsNote = vectorsThere ? '' : ' (skipped: the shared data folder is absent)';
export const vectorNames = (...endings: string[]): string[] =>
  vectorsThere ? readdirSync(folder).filter((name) => endings.some((ending) => name.endsWith(ending))) : [];
export const vector = (name: string): Buffer => readFileSync(folder + name);
