import type { Place } from '@wangge/contract-kit';
import Feature from 'ol/Feature.js';
import Point from 'ol/geom/Point.js';
import Polygon from 'ol/geom/Polygon.js';
import VectorLayer from 'ol/layer/Vector.js';
import VectorSource from 'ol/source/Vector.js';
import CircleStyle from 'ol/style/Circle.js';
import Fill from 'ol/style/Fill.js';
import Stroke from 'ol/style/Stroke.js';
import Style from 'ol/style/Style.js';
import Text from 'ol/style/Text.js';
import { project } from './decode.ts';
import { mapFont } from './symbol-style.ts';

export interface MapCamera {
  readonly id: string;
  readonly name: string;
  readonly place: Place;
  /** Which way it looks; null where nobody knows. */
  readonly cone: { readonly bearingDeg: number; readonly angleDeg: number; readonly distanceM: number } | null;
  /** Its line, each with a mark of its own. */
  readonly tone: 'online' | 'offline' | 'doubtful' | 'unknown';
}

/** Metres per pixel below which cones and names have room. */
const nearResolution = 3;
const marks = { online: '▶', offline: '×', doubtful: '!', unknown: '?' } as const;
const grounds = { online: '#1c7040', offline: '#566475', doubtful: '#8a5200', unknown: '#566475' } as const;

/** Cameras: a dot whose mark tells the state of the line, and what each sees when near. */
export function cameraLayer(): {
  layer: VectorLayer;
  set(cameras: readonly MapCamera[]): void;
} {
  const source = new VectorSource<Feature>();
  const pins = new Map(Object.keys(marks).map((tone) => [tone, pinStyle(tone as MapCamera['tone'])]));
  const cone = new Style({
    fill: new Fill({ color: 'rgba(29,92,159,0.18)' }),
    stroke: new Stroke({ color: 'rgba(29,92,159,0.7)', width: 1 }),
  });
  const layer = new VectorLayer({
    source,
    zIndex: 4,
    style: (feature, resolution) => {
      const camera = feature.get('camera') as MapCamera;
      const pin = pins.get(camera.tone) ?? [];
      if (resolution > nearResolution) return pin;
      const shape = coneShape(camera);
      const seen = new Style({
        text: new Text({
          text: camera.name,
          font: `11px ${mapFont}`,
          offsetY: 17,
          fill: new Fill({ color: '#10202f' }),
          stroke: new Stroke({ color: '#ffffff', width: 3 }),
        }),
      });
      if (shape === null) return [...pin, seen];
      const drawn = cone.clone();
      drawn.setGeometry(shape);
      return [drawn, ...pin, seen];
    },
  });
  return {
    layer,
    set(cameras) {
      source.clear(true);
      source.addFeatures(
        cameras.map((camera) => {
          const feature = new Feature({
            geometry: new Point(project(camera.place.lon, camera.place.lat)),
            camera,
          });
          feature.setId(camera.id);
          return feature;
        }),
      );
    },
  };
}

function pinStyle(tone: MapCamera['tone']): Style[] {
  return [
    new Style({
      image: new CircleStyle({
        radius: 9,
        fill: new Fill({ color: grounds[tone] }),
        stroke: new Stroke({ color: '#ffffff', width: 1.5 }),
      }),
      text: new Text({ text: marks[tone], font: `600 10px ${mapFont}`, fill: new Fill({ color: '#ffffff' }) }),
    }),
  ];
}

/** A sector with its point at the camera; a whole circle where it sees all round. */
function coneShape({ place, cone }: MapCamera): Polygon | null {
  if (cone === null) return null;
  const [x, y] = project(place.lon, place.lat);
  // Mercator stretches lengths by 1/cos(latitude).
  const radius = cone.distanceM / Math.cos((place.lat * Math.PI) / 180);
  const steps = Math.max(6, Math.ceil(cone.angleDeg / 6));
  const arc = Array.from({ length: steps + 1 }, (_, i) => {
    const turn = ((cone.bearingDeg - cone.angleDeg / 2 + (cone.angleDeg * i) / steps) * Math.PI) / 180;
    return [x + Math.sin(turn) * radius, y + Math.cos(turn) * radius];
  });
  return new Polygon([cone.angleDeg >= 360 ? arc : [[x, y], ...arc, [x, y]]]);
}
