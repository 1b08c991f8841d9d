/** What a check of areas found, as text for people, as JSON for programs, as GeoJSON for a map. */
import type { Finding, Moved, SelfIntersection, TilingReport } from '@wangge/geo';

/** Findings printed of each kind; a file with more is looked at with `--json` or `--geojson`. */
const shown = 50;

type Kind = 'gaps' | 'overlaps' | 'slivers' | 'selfIntersections' | 'duplicates' | 'holes' | 'outside';

const titles: Readonly<Record<Kind, string>> = {
  gaps: 'gaps (land that nobody has)',
  overlaps: 'overlaps (land that two have)',
  slivers: 'slivers (thin pieces of gaps and overlaps)',
  selfIntersections: 'self-intersections (a border meets itself)',
  duplicates: 'duplicates (the same land twice)',
  holes: 'holes (inside one area, nobody has it)',
  outside: 'outside (beyond the outline)',
};

/** Square metres as people read them. */
export function areaText(m2: number): string {
  if (m2 >= 1e6) return `${(m2 / 1e6).toFixed(2)} km²`;
  return `${m2 < 10 ? m2.toFixed(2) : Math.round(m2).toLocaleString('en-US')} m²`;
}

function lineOf(kind: Kind, one: Finding | SelfIntersection): string {
  const who = one.areas.join(' | ');
  if ('position' in one) {
    const [lon, lat] = one.position;
    const land = one.areaM2 > 0 ? `, ${areaText(one.areaM2)} unclear` : '';
    return `${who}: ${one.kind} at ${lon.toFixed(6)}, ${lat.toFixed(6)}${land}`;
  }
  const width = kind === 'slivers' ? `, ${one.widthM.toFixed(2)} m wide` : '';
  return `${who}: ${areaText(one.areaM2)}${width}`;
}

/** Largest first within each kind. */
export function textReport(report: TilingReport, moved: readonly Moved[] = []): string[] {
  const lines = movedLines(moved);
  for (const kind of Object.keys(titles) as Kind[]) {
    const found: readonly (Finding | SelfIntersection)[] = report[kind];
    if (found.length === 0) continue;
    const sum = found.reduce((total, one) => total + one.areaM2, 0);
    lines.push(`${found.length} ${titles[kind]}, ${areaText(sum)}`);
    for (const one of found.toSorted((a, b) => b.areaM2 - a.areaM2).slice(0, shown))
      lines.push(`  ${lineOf(kind, one)}`);
    if (found.length > shown) lines.push(`  … and ${found.length - shown} more`);
  }
  const { count, areaM2 } = report.ignored;
  if (count > 0) lines.push(`${count} findings of less than the least area were not listed, ${areaText(areaM2)}`);
  lines.push(report.clean ? `${report.areas} areas without fault.` : `${report.areas} areas with faults.`);
  return lines;
}

function movedLines(moved: readonly Moved[]): string[] {
  if (moved.length === 0) return [];
  const farthest = moved.reduce((most, one) => Math.max(most, one.maxM), 0);
  return [
    `${moved.length} areas were moved, by at most ${farthest.toFixed(2)} m`,
    ...moved
      .slice(0, shown)
      .map(({ code, vertices, maxM }) => `  ${code}: ${vertices} vertices, at most ${maxM.toFixed(2)} m`),
    ...(moved.length > shown ? [`  … and ${moved.length - shown} more`] : []),
  ];
}

/** `{areas, gaps[], overlaps[], slivers[], selfIntersections[], duplicates[], holes[], …}`, without shapes. */
export function jsonReport(report: TilingReport, moved: readonly Moved[] | null): string {
  const bare = (found: readonly Finding[]) => found.map(({ areas, areaM2, widthM }) => ({ areas, areaM2, widthM }));
  return JSON.stringify(
    {
      areas: report.areas,
      gaps: bare(report.gaps),
      overlaps: bare(report.overlaps),
      slivers: report.slivers.map(({ kind, areas, areaM2, widthM }) => ({ kind, areas, areaM2, widthM })),
      selfIntersections: report.selfIntersections,
      duplicates: bare(report.duplicates),
      holes: bare(report.holes),
      outside: bare(report.outside),
      ignored: report.ignored,
      clean: report.clean,
      ...(moved === null ? {} : { moved }),
    },
    null,
    2,
  );
}

/** A feature for each finding, WGS 84 (RFC 7946). */
export function geoJsonReport(report: TilingReport): string {
  const features = (Object.keys(titles) as Kind[]).flatMap((kind) => {
    const found: readonly (Finding | SelfIntersection)[] = report[kind];
    return found.map((one) => ({
      type: 'Feature',
      properties: { finding: kind, areas: one.areas.join(','), areaM2: one.areaM2 },
      geometry:
        'position' in one
          ? { type: 'Point', coordinates: one.position }
          : { type: 'MultiPolygon', coordinates: one.geometry },
    }));
  });
  return JSON.stringify({ type: 'FeatureCollection', features });
}
