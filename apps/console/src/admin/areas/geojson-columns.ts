/** What can be asked of a GeoJSON text before it is sent: its properties' names, its outlines. */

interface Loose {
  readonly type?: unknown;
  readonly features?: unknown;
}

/** Names of the properties of the first features; null when it is no FeatureCollection. */
export function columnsOf(text: string): readonly string[] | null {
  const features = featuresOf(text);
  if (!features) return null;
  const names = new Set<string>();
  for (const feature of features.slice(0, 20))
    for (const name of Object.keys((feature as { properties?: object | null }).properties ?? {})) names.add(name);
  return [...names];
}

/** The first column whose name contains one of the words, in the order of the words. */
export function guessColumn(columns: readonly string[], words: readonly string[]): string | undefined {
  for (const word of words) {
    const found =
      columns.find((column) => column.toLowerCase() === word) ??
      columns.find((column) => column.toLowerCase().includes(word));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Outlines as the map takes them: integer 1e-7 degrees, by the feature's position in the file. */
export function outlinesOf(text: string): { areaId: string; code: string; polygons: number[][][] }[] {
  return (featuresOf(text) ?? []).flatMap((feature, i) => {
    const geometry = (feature as { geometry?: { type?: string; coordinates?: unknown } | null }).geometry;
    const polygons =
      geometry?.type === 'Polygon'
        ? [geometry.coordinates]
        : geometry?.type === 'MultiPolygon'
          ? geometry.coordinates
          : [];
    const flat = (polygons as number[][][][]).map((rings) =>
      rings.map((ring) => ring.flatMap(([lon = 0, lat = 0]) => [Math.round(lon * 1e7), Math.round(lat * 1e7)])),
    );
    return flat.length > 0 ? [{ areaId: String(i), code: String(i), polygons: flat }] : [];
  });
}

function featuresOf(text: string): readonly unknown[] | null {
  try {
    const value = JSON.parse(text) as Loose | null;
    return value?.type === 'FeatureCollection' && Array.isArray(value.features) ? value.features : null;
  } catch {
    return null;
  }
}
