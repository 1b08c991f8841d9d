/** From the wire's integer 1e-7 degrees to map coordinates (EPSG:3857, metres). */

const radiusM = 6_378_137;
const toRad = Math.PI / 180 / 1e7;

/** One position in degrees. */
export function project(lon: number, lat: number): [number, number] {
  const phi = (lat * Math.PI) / 180;
  return [(radiusM * lon * Math.PI) / 180, radiusM * Math.log(Math.tan(Math.PI / 4 + phi / 2))];
}
/** Back to degrees, rounded to 1e-7 (about a centimetre). */
export function unproject(x: number, y: number): { lon: number; lat: number } {
  const lon = ((x / radiusM) * 180) / Math.PI;
  const lat = ((2 * Math.atan(Math.exp(y / radiusM)) - Math.PI / 2) * 180) / Math.PI;
  return { lon: Math.round(lon * 1e7) / 1e7, lat: Math.round(lat * 1e7) / 1e7 };
}

/** `[lon, lat, lon, lat, …]` as flat map coordinates; a lone last number is ignored. */
export function decodeFlat(flat: readonly number[]): number[][] {
  const out: number[][] = [];
  for (let i = 0; i + 1 < flat.length; i += 2) {
    const lon = flat[i] ?? 0;
    const lat = flat[i + 1] ?? 0;
    out.push([radiusM * lon * toRad, radiusM * Math.log(Math.tan(Math.PI / 4 + (lat * toRad) / 2))]);
  }
  return out;
}
