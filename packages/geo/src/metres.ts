import type { LonLat, Polygons, Ring } from './types.ts';

// WGS 84 (EPSG:7030)
const semiMajor = 6378137;
const flattening = 1 / 298.257223563;
const eccentricity2 = flattening * (2 - flattening);
const eccentricity = Math.sqrt(eccentricity2);
const radians = Math.PI / 180;

/**
 * Metres per degree of longitude and latitude at a latitude, on the WGS 84 ellipsoid.
 * Good for distances of a few kilometres; both radii of curvature are taken at `lat`.
 */
export function metresPerDegree(lat: number): { lon: number; lat: number } {
  const sin = Math.sin(lat * radians);
  const w2 = 1 - eccentricity2 * sin * sin;
  const w = Math.sqrt(w2);
  return {
    lon: ((semiMajor * Math.cos(lat * radians)) / w) * radians,
    lat: ((semiMajor * (1 - eccentricity2)) / (w2 * w)) * radians,
  };
}

/** Distance in metres between two positions, by the local radii at their middle (under 0.1 % wrong below 200 km). */
export function distanceM(a: LonLat, b: LonLat): number {
  const scale = metresPerDegree((a[1] + b[1]) / 2);
  return Math.hypot((b[0] - a[0]) * scale.lon, (b[1] - a[1]) * scale.lat);
}

/** Distance in metres from a position to the segment `a`–`b`, in the plane touching the ellipsoid at `p`. */
export function distanceToSegmentM(p: LonLat, a: LonLat, b: LonLat): number {
  const scale = metresPerDegree(p[1]);
  const ax = (a[0] - p[0]) * scale.lon;
  const ay = (a[1] - p[1]) * scale.lat;
  const dx = (b[0] - a[0]) * scale.lon;
  const dy = (b[1] - a[1]) * scale.lat;
  const length2 = dx * dx + dy * dy;
  const t = length2 === 0 ? 0 : Math.min(1, Math.max(0, -(ax * dx + ay * dy) / length2));
  return Math.hypot(ax + t * dx, ay + t * dy);
}

/** Authalic function q of Snyder, "Map Projections: A Working Manual", eq. 3-12. */
function authalic(lat: number): number {
  const sin = Math.sin(lat * radians);
  const es = eccentricity * sin;
  return (1 - eccentricity2) * (sin / (1 - es * es) + Math.atanh(es) / eccentricity);
}

/**
 * Signed area of a closed ring in m², counter-clockwise positive.
 *
 * Edges are straight in longitude and latitude, as GeoJSON says (RFC 7946, 3.1.1), and the area is exact in the
 * ellipsoid's equal-area cylindrical projection (EPSG method 9835). Between geodesics instead, as PostGIS's `geography`
 * counts, it differs by about 0.01 m² for an edge of 100 m and 8 m² for one of 1 km.
 */
export function ringAreaM2(ring: Ring): number {
  const first = ring[0];
  if (!first) return 0;
  const q0 = authalic(first[1]);
  let sum = 0;
  let previousX = 0;
  let previousQ = 0;
  for (const position of ring) {
    // Relative to the first position: otherwise small rings drown in cancellation.
    const x = position[0] - first[0];
    const q = authalic(position[1]) - q0;
    sum += previousX * q - x * previousQ;
    previousX = x;
    previousQ = q;
  }
  return (sum * radians * semiMajor * semiMajor) / 4;
}

/** Area of polygons in m² (outer rings minus interior rings), whatever way their rings turn. */
export function areaM2(polygons: Polygons): number {
  let sum = 0;
  for (const polygon of polygons) {
    polygon.forEach((ring, i) => {
      const area = Math.abs(ringAreaM2(ring));
      sum += i === 0 ? area : -area;
    });
  }
  return sum;
}

/** Length in metres of a line. */
export function lengthM(line: readonly LonLat[]): number {
  let sum = 0;
  for (let i = 1; i < line.length; i++) sum += distanceM(line[i - 1]!, line[i]!);
  return sum;
}
