/** When two reports are one and the same. Pure. */
import { createHash } from 'node:crypto';

/** Nearer than a receiver's error, sooner than anybody could have looked whether it is known. */
export const twinWithinM = 20;
export const twinWithinMs = 120_000;

export interface Said {
  readonly categoryCode: string;
  readonly description: string;
  /** Checksums of its photos. */
  readonly photoSums: readonly string[];
}

/** Letters and digits only, in lower case and full form: what is left of a text when nothing but its looks is taken away. */
export function normalised(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '');
}

/** What a twin would share: one of these. Digests, so that the keys tell nobody what was said. */
export function twinKeys({ categoryCode, description, photoSums }: Said): string[] {
  const text = normalised(description);
  const said = [...(text === '' ? [] : [`text:${text}`]), ...photoSums.map((sum) => `photo:${sum}`)];
  return said.map((each) => createHash('sha256').update(`${categoryCode} ${each}`).digest('base64url'));
}
