/** Links to photos: whoever was given one may look until it expires, and nobody can make one up. */
import { AppError } from '@wangge/contract-kit';
import type { Clock } from '../clock.ts';
import type { Keys } from '../keys.ts';

export const photoVariants = ['full', 'thumb'] as const;
export type PhotoVariant = (typeof photoVariants)[number];

/**
 * Links live 6 to 12 hours. The moment is rounded so that a photo keeps its address for six hours:
 * answers stay equal (and shared), browsers do not load it anew.
 */
const stepS = 6 * 3600;

type Signer = { readonly keys: Keys; readonly clock: Clock };

export function photoUrl(rt: Signer, fileId: string, variant: PhotoVariant): string {
  const expiresS = (Math.floor(rt.clock.nowMs() / 1000 / stepS) + 2) * stepS;
  return `/files/${fileId}/${variant}?e=${expiresS}&s=${rt.keys.sign('file', fileId, variant, String(expiresS))}`;
}

/**
 * How many seconds the link has left.
 *
 * @throws AppError `wrong-token` for a made-up link, `gone` for one that was right and has expired
 */
export function checkPhotoLink(rt: Signer, link: { fileId: string; variant: string; e: string; s: string }): number {
  if (!rt.keys.verify(link.s, 'file', link.fileId, link.variant, link.e)) throw new AppError('wrong-token');
  const leftS = Math.floor(Number(link.e) - rt.clock.nowMs() / 1000);
  if (!(leftS > 0)) throw new AppError('gone');
  return leftS;
}
