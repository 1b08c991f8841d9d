/** Where browsers reach the media worker. */
import type { RoleSetup } from './protocol.ts';

/**
 * As it was told; else, behind a proxy that speaks TLS for us, the platform's own address, where the proxy leads `/video/`
 * to the worker; else the platform's host with the worker's own port. Without a slash at its end.
 */
export function mediaUrlOf(
  { mediaUrl, publicUrl, tls }: Pick<RoleSetup, 'mediaUrl' | 'publicUrl' | 'tls'>,
  mediaPort: number,
): string {
  if (mediaUrl !== null) return mediaUrl;
  if (tls === null && publicUrl.startsWith('https:')) return publicUrl;
  return `${tls === null ? 'http' : 'https'}://${new URL(publicUrl).hostname}:${mediaPort}`;
}
