/** Addresses on the workers that carry video. */
import type { Tx } from '@wangge/kernel';

const linkMs = 10 * 60_000;

/** Sockets and requests go to the same place. */
export function basesOf(publicUrl: string): { readonly ws: string; readonly http: string } {
  const rest = publicUrl.replace(/^(?:ws|http)/, '').replace(/\/$/, '');
  return { ws: `ws${rest}`, http: `http${rest}` };
}

/** The last picture of a camera, for ten minutes; the worker checks the signature and asks nobody. */
export function stillLink(tx: Tx, publicUrl: string, cameraId: string): string {
  const until = String(tx.nowMs + linkMs);
  const signature = tx.rt.keys.sign('video.still', cameraId, until);
  return `${basesOf(publicUrl).http}/video/still/${cameraId}?until=${until}&sig=${signature}`;
}
