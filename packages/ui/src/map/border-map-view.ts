import type { AreaLevel } from '@wangge/areas/contract';
import { isEmpty } from 'ol/extent.js';
import Feature from 'ol/Feature.js';
import LineString from 'ol/geom/LineString.js';
import Point from 'ol/geom/Point.js';
import Draw from 'ol/interaction/Draw.js';
import Snap from 'ol/interaction/Snap.js';
import Translate from 'ol/interaction/Translate.js';
import VectorLayer from 'ol/layer/Vector.js';
import OlMap from 'ol/Map.js';
import VectorSource from 'ol/source/Vector.js';
import CircleStyle from 'ol/style/Circle.js';
import Fill from 'ol/style/Fill.js';
import Stroke from 'ol/style/Stroke.js';
import Style from 'ol/style/Style.js';
import Collection from 'ol/Collection.js';
import View from 'ol/View.js';
import ScaleLine from 'ol/control/ScaleLine.js';
import { areaLayer, type AreaLabel, type AreaShape } from './area-layer.ts';
import { basemapLayer, type BasemapFeature } from './basemap-layer.ts';
import { decodeFlat, unproject } from './decode.ts';

/** Integer 1e-7 degrees, as in the drafts of areas. */
export type BorderCorner = readonly [x: number, y: number];

/** What can be dragged: a corner, or the middle of a piece of border, which then gets a corner. */
export interface BorderHandle {
  readonly id: string;
  readonly at: BorderCorner;
  readonly kind: 'corner' | 'middle';
}
export const borderLevels = ['village', 'grid', 'micro-grid'] as const satisfies readonly AreaLevel[];
export type BorderLevel = (typeof borderLevels)[number];

export interface BorderMapView {
  setBasemap(features: readonly BasemapFeature[]): void;
  setAreas(level: BorderLevel, shapes: readonly AreaShape[], labels: ReadonlyMap<string, AreaLabel>): void;
  setHandles(handles: readonly BorderHandle[], activeId: string | null): void;
  /** Where the active corner would go, drawn from where it is. */
  setPending(from: BorderCorner | null, to: BorderCorner | null): void;
  setDrawing(drawing: boolean): void;
  focus(areaId: string | null, fit: boolean): void;
  zoomBy(steps: number): void;
  fit(): void;
  destroy(): void;
}
interface Listeners {
  area(id: string | null): void;
  moved(handle: BorderHandle, to: BorderCorner): void;
  picked(handle: BorderHandle): void;
  line(corners: BorderCorner[]): void;
}

const blue = '#1d5c9f';
const cornerStyle = (radius: number, fill: string, stroke: string): Style =>
  new Style({
    image: new CircleStyle({
      radius,
      fill: new Fill({ color: fill }),
      stroke: new Stroke({ color: stroke, width: 2 }),
    }),
  });
const styles = {
  corner: cornerStyle(6, '#ffffff', blue),
  active: cornerStyle(8, blue, '#ffffff'),
  middle: cornerStyle(4, '#dfe9f3', '#7b93ab'),
};
const pendingStyle = new Style({ stroke: new Stroke({ color: blue, width: 2, lineDash: [6, 4] }) });

const toCorner = (at: readonly number[]): BorderCorner => {
  const { lon, lat } = unproject(at[0] ?? 0, at[1] ?? 0);
  return [Math.round(lon * 1e7), Math.round(lat * 1e7)];
};
const toMap = (corner: BorderCorner): number[] => decodeFlat(corner)[0] ?? [0, 0];

/** The map on which borders are edited: areas of a draft, handles, and a line that snaps to corners and borders. */
export function createBorderMap(target: HTMLElement, listeners: Listeners): BorderMapView {
  const base = basemapLayer();
  const areas = new Map(borderLevels.map((level) => [level, areaLayer(level)]));
  const handles = new VectorSource<Feature<Point>>();
  const pending = new VectorSource<Feature<LineString>>();
  const drawn = new VectorSource<Feature<LineString>>();
  const movable = new Collection<Feature>();
  let activeId: string | null = null;
  const handleOf = (feature: unknown): BorderHandle | undefined =>
    feature instanceof Feature ? (feature.get('handle') as BorderHandle | undefined) : undefined;
  const handleLayer = new VectorLayer({
    source: handles,
    zIndex: 9,
    style: (feature) => {
      const handle = handleOf(feature);
      return handle?.id === activeId ? styles.active : styles[handle?.kind ?? 'corner'];
    },
  });
  const view = new View({ center: [0, 0], zoom: 2, maxZoom: 21, minZoom: 3 });
  const map = new OlMap({
    target,
    view,
    layers: [
      base.layer,
      ...[...areas.values()].map((each) => each.layer),
      new VectorLayer({ source: pending, zIndex: 8, style: pendingStyle }),
      new VectorLayer({ source: drawn, zIndex: 8, style: pendingStyle }),
      handleLayer,
    ],
    controls: [new ScaleLine({ units: 'metric', minWidth: 60 })],
  });
  const translate = new Translate({ features: movable, hitTolerance: 6 });
  const draw = new Draw({ source: drawn, type: 'LineString', stopClick: true, style: [pendingStyle, styles.active] });
  const snaps = borderLevels.flatMap((level) => {
    const source = areas.get(level)?.layer.getSource();
    return source ? [new Snap({ source, pixelTolerance: 12 })] : [];
  });
  map.addInteraction(translate);
  translate.on('translateend', (event) => {
    const feature = event.features.item(0);
    const handle = handleOf(feature);
    const geometry = feature?.getGeometry();
    if (handle && geometry instanceof Point) listeners.moved(handle, toCorner(geometry.getCoordinates()));
  });
  draw.on('drawstart', () => drawn.clear());
  draw.on('drawend', (event) => {
    const geometry = event.feature.getGeometry();
    if (geometry instanceof LineString) listeners.line(geometry.getCoordinates().map(toCorner));
  });
  let drawing = false;
  map.on('singleclick', (event) => {
    if (drawing) return;
    const hit = map.forEachFeatureAtPixel(event.pixel, handleOf, {
      hitTolerance: 6,
      layerFilter: (l) => l === handleLayer,
    });
    if (hit) return listeners.picked(hit);
    for (const level of [...borderLevels].toReversed()) {
      const found = areas.get(level)?.layer.getSource()?.getFeaturesAtCoordinate(event.coordinate);
      const area = found?.find((feature) => feature.getId() !== undefined);
      if (area) return listeners.area(String(area.getId()));
    }
    return listeners.area(null);
  });
  let fitted = false;
  const fit = (extent: number[] | null | undefined): void => {
    if (!extent || isEmpty(extent)) return;
    fitted = true;
    view.fit(extent, { padding: [60, 60, 60, 60], maxZoom: 18 });
  };
  const whole = (): number[] | undefined => areas.get('village')?.layer.getSource()?.getExtent() ?? undefined;
  return {
    setBasemap: base.set,
    setAreas(level, shapes, labels) {
      areas.get(level)?.set(shapes, labels);
      if (!fitted && level === 'village' && shapes.length > 0) fit(whole());
    },
    setHandles(list, active) {
      activeId = active;
      handles.clear(true);
      movable.clear();
      for (const handle of list) {
        const feature = new Feature({ geometry: new Point(toMap(handle.at)), handle });
        handles.addFeature(feature);
        movable.push(feature);
      }
    },
    setPending(from, to) {
      pending.clear();
      if (from && to) pending.addFeature(new Feature(new LineString([toMap(from), toMap(to)])));
    },
    setDrawing(on) {
      if (on === drawing) return;
      drawing = on;
      translate.setActive(!on);
      drawn.clear();
      // Snapping looks at the pointer first when it is added last.
      for (const one of [draw, ...snaps]) {
        if (on) map.addInteraction(one);
        else map.removeInteraction(one);
      }
    },
    focus(areaId, show) {
      for (const each of areas.values()) {
        each.focus(areaId);
        if (show && areaId !== null) fit(each.extentOf(areaId));
      }
    },
    zoomBy: (steps) => view.animate({ zoom: (view.getZoom() ?? 10) + steps, duration: 150 }),
    fit: () => fit(whole()),
    destroy() {
      map.setTarget(undefined);
      map.dispose();
    },
  };
}
