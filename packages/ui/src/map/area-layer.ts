import type { AreaLevel, areaShapes } from '@wangge/areas/contract';
import type { RouteOutput } from '@wangge/contract-kit';
import Feature from 'ol/Feature.js';
import MultiPolygon from 'ol/geom/MultiPolygon.js';
import Point from 'ol/geom/Point.js';
import VectorLayer from 'ol/layer/Vector.js';
import VectorSource from 'ol/source/Vector.js';
import Fill from 'ol/style/Fill.js';
import Stroke from 'ol/style/Stroke.js';
import Style from 'ol/style/Style.js';
import Text from 'ol/style/Text.js';
import { decodeFlat, project } from './decode.ts';
import { mapFont } from './symbol-style.ts';

export type AreaShape = RouteOutput<typeof areaShapes>['shapes'][number];
export interface AreaLabel {
  readonly name: string;
  readonly center: { readonly lon: number; readonly lat: number } | null;
}

interface Look {
  readonly color: string;
  readonly width: number;
  readonly dash?: number[];
  /** Metres per pixel: border drawn up to `border`, name between `nameFrom` and `nameTo`. */
  readonly border: number;
  readonly nameFrom: number;
  readonly nameTo: number;
  readonly size: number;
}
/** One level's name at a time, or a town's map is all letters. */
const looks: Record<AreaLevel, Look> = {
  county: { color: '#55606c', width: 2.5, border: 1e6, nameFrom: 200, nameTo: 1e6, size: 14 },
  town: { color: '#4a5663', width: 2.5, border: 1e6, nameFrom: 60, nameTo: 200, size: 14 },
  village: { color: '#5d6b7a', width: 1.8, border: 200, nameFrom: 9, nameTo: 60, size: 13 },
  grid: { color: '#7b8b9b', width: 1.1, border: 40, nameFrom: 3.2, nameTo: 9, size: 12 },
  'micro-grid': { color: '#a3b0bd', width: 0.9, dash: [4, 3], border: 10, nameFrom: 0, nameTo: 3.2, size: 11 },
};

/** Borders and names of one level; the area `focus` gets a tint and a stronger border. */
export function areaLayer(level: AreaLevel): {
  layer: VectorLayer;
  set(shapes: readonly AreaShape[], labels: ReadonlyMap<string, AreaLabel>): void;
  focus(areaId: string | null): boolean;
  extentOf(areaId: string): number[] | null;
} {
  const look = looks[level];
  const source = new VectorSource<Feature>();
  let focused: string | null = null;
  const border = new Style({
    stroke: new Stroke({ color: look.color, width: look.width, ...(look.dash ? { lineDash: look.dash } : {}) }),
    // An invisible fill lets a click inside find the area.
    fill: new Fill({ color: 'rgba(0,0,0,0)' }),
    zIndex: 6,
  });
  const focus = new Style({
    stroke: new Stroke({ color: '#1d5c9f', width: 2.5 }),
    fill: new Fill({ color: 'rgba(29,92,159,0.10)' }),
    zIndex: 7,
  });
  const names = new Map<string, Style>();
  const nameStyle = (name: string): Style => {
    let style = names.get(name);
    if (!style) {
      style = new Style({
        text: new Text({
          text: name,
          font: `${level === 'village' ? 600 : 500} ${look.size}px ${mapFont}`,
          fill: new Fill({ color: '#33414f' }),
          stroke: new Stroke({ color: 'rgba(255,255,255,0.9)', width: 3 }),
        }),
      });
      names.set(name, style);
    }
    return style;
  };
  const layer = new VectorLayer({
    source,
    declutter: 'names',
    zIndex: 2,
    style: (feature, resolution) => {
      if (feature.get('label') === true) {
        const shown = resolution >= look.nameFrom && resolution < look.nameTo;
        return shown ? nameStyle(String(feature.get('name'))) : undefined;
      }
      if (feature.getId() === focused) return focus;
      return resolution <= look.border ? border : undefined;
    },
  });
  return {
    layer,
    set(shapes, labels) {
      source.clear(true);
      source.addFeatures(
        shapes.flatMap((shape) => {
          const label = labels.get(shape.areaId);
          const outline = new Feature({
            geometry: new MultiPolygon(shape.polygons.map((rings) => rings.map(decodeFlat))),
            name: label?.name ?? shape.code,
          });
          outline.setId(shape.areaId);
          if (!label?.center) return [outline];
          const { lon, lat } = label.center;
          return [outline, new Feature({ geometry: new Point(project(lon, lat)), label: true, name: label.name })];
        }),
      );
    },
    focus(areaId) {
      focused = areaId;
      layer.changed();
      return areaId !== null && source.getFeatureById(areaId) !== null;
    },
    extentOf: (areaId) => {
      const found = source.getFeatureById(areaId);
      return found instanceof Feature ? (found.getGeometry()?.getExtent() ?? null) : null;
    },
  };
}
