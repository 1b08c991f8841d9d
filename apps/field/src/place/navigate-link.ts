import type { Place } from '@wangge/contract-kit';

/**
 * A link that opens the phone's own map app at a place: `geo:` (RFC 5870, WGS 84 like ours) on Android
 * and HarmonyOS, Apple's scheme where `geo:` is unknown.
 */
export function navigateLink(place: Place, label: string, userAgent: string): string {
  const at = `${place.lat.toFixed(6)},${place.lon.toFixed(6)}`;
  if (/iPhone|iPad|Macintosh/.test(userAgent)) return `maps:?daddr=${at}`;
  // Brackets would end the label early.
  const name = encodeURIComponent(label.replaceAll(/[()]/g, ' ').trim()).replaceAll("'", '%27');
  return `geo:${at}?q=${at}(${name})`;
}
