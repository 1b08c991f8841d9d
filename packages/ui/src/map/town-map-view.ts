import { areaLevels, type AreaLevel } from '@wangge/areas/contract';
import type { Place } from '@wangge/contract-kit';
import { isEmpty } from 'ol/extent.js';
import Feature from 'ol/Feature.js';
import OlMap from 'ol/Map.js';
import View from 'ol/View.js';
import ScaleLine from 'ol/control/ScaleLine.js';
import { areaLayer, type AreaLabel, type AreaShape } from './area-layer.ts';
import { basemapLayer, type BasemapFeature } from './basemap-layer.ts';
import { cameraLayer, type MapCamera } from './camera-layer.ts';
import { clusterLayer, heatLayer } from './cell-layers.ts';
import type { MapCell } from './cell-symbols.ts';
import { project, unproject } from './decode.ts';
import { findingLayer, type MapFinding } from './finding-layer.ts';
import { incidentLayer, memberLayer, pinLayer, type MapMember } from './point-layers.ts';
import type { MapPoint } from './symbols.ts';

/** What the pointer is at. */
export type MapHit =
  | { readonly kind: 'incident'; readonly id: string }
  | { readonly kind: 'member'; readonly id: string }
  | { readonly kind: 'camera'; readonly id: string }
  /** Several incidents together; `x:y` of the cell. */
  | { readonly kind: 'cell'; readonly id: string }
  | { readonly kind: 'area'; readonly id: string };

/** What is in sight: whole zoom of web maps; degrees west, south, east, north. */
export interface MapSight {
  readonly zoom: number;
  readonly box: readonly [number, number, number, number];
}
export interface HeatCells {
  readonly cells: readonly MapCell[];
  /** Cells around the earth, as the contract counts them. */
  readonly around: number;
}

export interface TownMapView {
  setBasemap(features: readonly BasemapFeature[]): void;
  setAreas(level: AreaLevel, shapes: readonly AreaShape[], labels: ReadonlyMap<string, AreaLabel>): void;
  setIncidents(points: readonly MapPoint[]): void;
  setClusters(cells: readonly MapCell[]): void;
  setHeat(heat: HeatCells | null): void;
  setMembers(members: readonly MapMember[]): void;
  setCameras(cameras: readonly MapCamera[]): void;
  setFindings(findings: readonly MapFinding[]): void;
  setPin(place: Place | null): void;
  setOwn(place: Place | null): void;
  select(id: string | null): void;
  focusArea(areaId: string | null): void;
  /** Bring a place into view without changing the zoom when it is already visible. */
  reveal(place: Place, resolution?: number): void;
  fit(areaId?: string): void;
  zoomBy(steps: number): void;
  goTo(place: Place, zoom: number): void;
  /** Called when the map came to rest with the town in sight. */
  onSight(listener: (sight: MapSight) => void): void;
  onClick(listener: (hit: MapHit | null, place: Place) => void): void;
  onHover(listener: (hit: MapHit | null, pixel: readonly number[]) => void): void;
  destroy(): void;
}

/** The map itself, without React: OpenLayers on a canvas, so that an office PC without a GPU will do. */
export function createTownMap(target: HTMLElement, quick: boolean): TownMapView {
  const base = basemapLayer();
  const areas = new Map(areaLevels.map((level) => [level, areaLayer(level)]));
  const incidents = incidentLayer();
  const clusters = clusterLayer();
  const heat = heatLayer();
  const members = memberLayer();
  const cameras = cameraLayer();
  const findings = findingLayer();
  const pin = pinLayer();
  const own = pinLayer('#0b5a63');
  const view = new View({ center: [0, 0], zoom: 2, maxZoom: 20, minZoom: 3, smoothResolutionConstraint: true });
  const map = new OlMap({
    target,
    layers: [
      base.layer,
      ...[...areas.values()].map((each) => each.layer),
      heat.layer,
      cameras.layer,
      members.layer,
      clusters.layer,
      incidents.layer,
      findings.layer,
      pin.layer,
      own.layer,
    ],
    view,
    controls: [new ScaleLine({ units: 'metric', minWidth: 60 })],
  });
  const durationMs = quick ? 0 : 200;
  let fitted = false;

  const townExtent = (): number[] | null => {
    for (const each of areas.values()) {
      const extent = each.layer.getSource()?.getExtent();
      if (extent && !isEmpty(extent)) return extent;
    }
    return null;
  };
  const fit = (extent: number[] | null | undefined, duration: number): void => {
    if (!extent || isEmpty(extent)) return;
    fitted = true;
    view.fit(extent, { padding: [24, 24, 24, 24], duration, maxZoom: 17 });
  };
  const hitAt = (pixel: number[]): MapHit | null => {
    const kinds = new Map<unknown, 'incident' | 'member' | 'camera' | 'cell'>([
      [incidents.layer, 'incident'],
      [members.layer, 'member'],
      [cameras.layer, 'camera'],
      [clusters.layer, 'cell'],
      [heat.layer, 'cell'],
    ]);
    const options = { hitTolerance: 5, layerFilter: (l: unknown) => kinds.has(l) };
    const found = map.forEachFeatureAtPixel(pixel, (feature, layer) => ({ feature, layer }), options);
    if (found?.feature instanceof Feature)
      return { kind: kinds.get(found.layer) ?? 'incident', id: String(found.feature.getId()) };
    // The smallest area under the pointer that is drawn at this zoom.
    for (const level of [...areaLevels].toReversed()) {
      const source = areas.get(level)?.layer.getSource();
      const at = map.getCoordinateFromPixel(pixel);
      const area = at && source?.getFeaturesAtCoordinate(at).find((f) => f.getId() !== undefined);
      if (area && smallestUsed(level, view.getResolution() ?? 1)) return { kind: 'area', id: String(area.getId()) };
    }
    return null;
  };

  return {
    setBasemap: base.set,
    setAreas(level, shapes, labels) {
      areas.get(level)?.set(shapes, labels);
      if (!fitted && shapes.length > 0) fit(townExtent(), 0);
    },
    setIncidents: incidents.set,
    setClusters: clusters.set,
    setHeat: (now) => heat.set(now?.cells ?? [], now?.around ?? 1),
    setMembers: members.set,
    setCameras: cameras.set,
    setFindings: findings.set,
    setPin: pin.set,
    setOwn: own.set,
    select: incidents.select,
    focusArea: (areaId) => areas.forEach((each) => each.focus(areaId)),
    reveal(place, resolution) {
      // The whole town comes into view with its borders, and with it the place; without them it would be a point on an empty earth.
      if (!fitted && resolution === undefined) return;
      const at = project(place.lon, place.lat);
      const size = map.getSize();
      const extent = view.calculateExtent(size);
      const marginX = ((extent[2] ?? 0) - (extent[0] ?? 0)) * 0.08;
      const marginY = ((extent[3] ?? 0) - (extent[1] ?? 0)) * 0.08;
      const inside =
        at[0] > (extent[0] ?? 0) + marginX &&
        at[0] < (extent[2] ?? 0) - marginX &&
        at[1] > (extent[1] ?? 0) + marginY &&
        at[1] < (extent[3] ?? 0) - marginY;
      const zoomIn = resolution !== undefined && (view.getResolution() ?? 0) > resolution;
      if (inside && !zoomIn) return;
      fitted = true;
      view.animate({ center: at, ...(zoomIn ? { resolution } : {}), duration: durationMs });
    },
    fit(areaId) {
      if (areaId === undefined) return fit(townExtent(), durationMs);
      for (const each of areas.values()) {
        const extent = each.extentOf(areaId);
        if (extent) return fit(extent, durationMs);
      }
      return undefined;
    },
    zoomBy: (steps) => view.animate({ zoom: (view.getZoom() ?? 10) + steps, duration: durationMs }),
    goTo(place, zoom) {
      fitted = true;
      view.animate({ center: project(place.lon, place.lat), zoom, duration: durationMs });
    },
    onSight(listener) {
      map.on('moveend', () => {
        // Before the town is known the whole earth is in sight.
        if (!fitted) return;
        const [left = 0, bottom = 0, right = 0, top = 0] = view.calculateExtent(map.getSize());
        const [southWest, northEast] = [unproject(left, bottom), unproject(right, top)];
        listener({
          zoom: Math.round(view.getZoom() ?? 0),
          box: [southWest.lon, southWest.lat, northEast.lon, northEast.lat],
        });
      });
    },
    onClick(listener) {
      map.on('singleclick', (event) => {
        const [x = 0, y = 0] = event.coordinate;
        listener(hitAt(event.pixel), unproject(x, y));
      });
    },
    onHover(listener) {
      map.on('pointermove', (event) => {
        if (event.dragging) return;
        const hit = hitAt(event.pixel);
        target.style.cursor = hit && hit.kind !== 'area' ? 'pointer' : '';
        listener(hit, event.pixel);
      });
    },
    destroy() {
      map.setTarget(undefined);
      map.dispose();
    },
  };
}

/** Below this many metres per pixel a level is what a click means. */
function smallestUsed(level: AreaLevel, resolution: number): boolean {
  const limit: Record<AreaLevel, number> = { county: 1e9, town: 1e9, village: 400, grid: 9, 'micro-grid': 3.2 };
  return resolution < limit[level];
}
