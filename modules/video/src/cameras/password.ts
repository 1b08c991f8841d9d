/** Passwords of cameras on their way in; out they come in `source-target.ts` alone. */
import type { Tx } from '@wangge/kernel';
import type { SourceInput } from '../contract.ts';
import type { StoredSource } from './camera-row.ts';
import { passwordPurpose } from './source-target.ts';

export function withoutPassword(source: SourceInput): StoredSource {
  if (source.kind === 'gb28181') return source;
  const { password: _, ...rest } = source;
  return rest;
}

/** @param kept what is stored now: stays where none is given; an empty one takes it away */
export function sealedPassword(tx: Tx, source: SourceInput, kept: string | null): string | null {
  if (source.kind === 'gb28181') return null;
  if (source.password === undefined) return kept;
  return source.password === '' ? null : tx.rt.keys.encrypt(passwordPurpose, source.password);
}
