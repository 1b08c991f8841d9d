import type { basemap } from '@wangge/areas/contract';
import type { RouteOutput } from '@wangge/contract-kit';
import Feature from 'ol/Feature.js';
import LineString from 'ol/geom/LineString.js';
import Point from 'ol/geom/Point.js';
import Polygon from 'ol/geom/Polygon.js';
import VectorLayer from 'ol/layer/Vector.js';
import VectorSource from 'ol/source/Vector.js';
import Fill from 'ol/style/Fill.js';
import Stroke from 'ol/style/Stroke.js';
import Style from 'ol/style/Style.js';
import Text from 'ol/style/Text.js';
import { decodeFlat } from './decode.ts';
import { mapFont } from './symbol-style.ts';

export type BasemapFeature = RouteOutput<typeof basemap>['features'][number];
type Kind = BasemapFeature['kind'];

const water = '#cfe0ee';
/** Coarsest metres per pixel at which a kind is still drawn. */
const until: Record<Kind, number> = { water: 400, river: 200, 'road-main': 120, road: 20, building: 5, poi: 7 };

function geometryOf(feature: BasemapFeature): LineString | Point | Polygon | null {
  const lines = feature.lines.map(decodeFlat).filter((line) => line.length > 0);
  const first = lines[0];
  if (!first) return null;
  if (feature.kind === 'poi' || first.length === 1) return new Point(first[0] ?? [0, 0]);
  const surface = feature.kind === 'water' || feature.kind === 'building' || isClosed(first);
  return surface && feature.kind !== 'road' && feature.kind !== 'road-main'
    ? new Polygon(lines)
    : new LineString(first);
}
const isClosed = (line: number[][]): boolean => {
  const [a, b] = [line[0], line.at(-1)];
  return line.length > 3 && a?.[0] === b?.[0] && a?.[1] === b?.[1];
};

function styleOf(kind: Kind, name: string | null, surface: boolean, resolution: number): Style | Style[] | undefined {
  if (resolution > until[kind]) return undefined;
  const label = (color: string, size = 11): Text | undefined =>
    name === null
      ? undefined
      : new Text({
          text: name,
          font: `${size}px ${mapFont}`,
          fill: new Fill({ color }),
          stroke: new Stroke({ color: 'rgba(255,255,255,0.85)', width: 3 }),
          placement: surface || kind === 'poi' ? 'point' : 'line',
          overflow: false,
          ...(kind === 'poi' ? { offsetY: 11 } : {}),
        });
  const withText = (options: ConstructorParameters<typeof Style>[0], text: Text | undefined): Style =>
    new Style({ ...options, ...(text ? { text } : {}) });
  switch (kind) {
    case 'water':
      return withText({ fill: new Fill({ color: water }), zIndex: 1 }, label('#2c5f86', 12));
    case 'river':
      return surface
        ? withText({ fill: new Fill({ color: water }), zIndex: 1 }, label('#2c5f86', 12))
        : withText(
            { stroke: new Stroke({ color: water, width: Math.max(2, 30 / resolution) }), zIndex: 1 },
            label('#2c5f86', 12),
          );
    case 'road-main':
      return [
        new Style({ stroke: new Stroke({ color: '#c9b78f', width: roadWidth(14, resolution) + 2 }), zIndex: 3 }),
        withText(
          { stroke: new Stroke({ color: '#fbf1d5', width: roadWidth(14, resolution) }), zIndex: 4 },
          resolution < 12 ? label('#6b5524') : undefined,
        ),
      ];
    case 'road':
      return withText(
        {
          stroke: new Stroke({ color: resolution < 6 ? '#ffffff' : '#e3e3e0', width: roadWidth(6, resolution) }),
          zIndex: 3,
        },
        resolution < 3 ? label('#66707a') : undefined,
      );
    case 'building':
      return new Style({
        fill: new Fill({ color: '#e4e0da' }),
        ...(resolution < 2.5 ? { stroke: new Stroke({ color: '#cbc5bb', width: 0.6 }) } : {}),
        zIndex: 2,
      });
    case 'poi':
      return withText({ zIndex: 5 }, label('#4a5661'));
    default:
      return kind satisfies never;
  }
}
const roadWidth = (metres: number, resolution: number): number => Math.min(14, Math.max(1.2, metres / resolution));

/** Background: water, roads, buildings, names. Styles are kept per kind, name and coarse resolution. */
export function basemapLayer(): { layer: VectorLayer; set(features: readonly BasemapFeature[]): void } {
  const source = new VectorSource<Feature>();
  const cache = new Map<string, Style | Style[] | undefined>();
  const layer = new VectorLayer({
    source,
    // One group with the areas' names, so that a shop's name gives way to a village's.
    declutter: 'names',
    zIndex: 0,
    style: (feature, resolution) => {
      const kind = feature.get('kind') as Kind;
      const name = (feature.get('name') as string | null) ?? null;
      const surface = feature.getGeometry() instanceof Polygon;
      const step = Math.round(Math.log2(resolution) * 4);
      const key = `${kind} ${name ?? ''} ${surface} ${step}`;
      if (!cache.has(key)) {
        if (cache.size > 5000) cache.clear();
        cache.set(key, styleOf(kind, name, surface, 2 ** (step / 4)));
      }
      return cache.get(key);
    },
  });
  return {
    layer,
    set(features) {
      source.clear(true);
      source.addFeatures(
        features.flatMap((feature) => {
          const geometry = geometryOf(feature);
          return geometry ? [new Feature({ geometry, kind: feature.kind, name: feature.name })] : [];
        }),
      );
    },
  };
}
