import type { Place } from '@wangge/contract-kit';
import Feature from 'ol/Feature.js';
import CircleGeometry from 'ol/geom/Circle.js';
import Point from 'ol/geom/Point.js';
import VectorLayer from 'ol/layer/Vector.js';
import VectorSource from 'ol/source/Vector.js';
import CircleStyle from 'ol/style/Circle.js';
import Fill from 'ol/style/Fill.js';
import RegularShape from 'ol/style/RegularShape.js';
import Stroke from 'ol/style/Stroke.js';
import Style from 'ol/style/Style.js';
import Text from 'ol/style/Text.js';
import { project } from './decode.ts';
import { mapFont, pointStyle } from './symbol-style.ts';
import type { MapPoint } from './symbols.ts';

/** Metres per pixel below which there is room for the mark inside a symbol. */
const nearResolution = 8;

/** Incidents. Points that did not change keep their feature, so that a live refetch costs little. */
export function incidentLayer(): {
  layer: VectorLayer;
  set(points: readonly MapPoint[]): void;
  select(id: string | null): void;
  placeOf(id: string): number[] | null;
} {
  const source = new VectorSource<Feature>();
  let selected: string | null = null;
  const layer = new VectorLayer({
    source,
    zIndex: 5,
    style: (feature, resolution) =>
      pointStyle(feature.get('point') as MapPoint, feature.getId() === selected, resolution < nearResolution),
  });
  return {
    layer,
    set(points) {
      const gone = new Set(source.getFeatures());
      const fresh: Feature[] = [];
      for (const point of points) {
        const known = source.getFeatureById(point.id);
        if (known instanceof Feature) {
          gone.delete(known);
          const before = known.get('point') as MapPoint;
          if (before.lon !== point.lon || before.lat !== point.lat)
            known.setGeometry(new Point(project(point.lon, point.lat)));
          known.set('point', point);
        } else {
          const feature = new Feature({ geometry: new Point(project(point.lon, point.lat)), point });
          feature.setId(point.id);
          fresh.push(feature);
        }
      }
      source.removeFeatures([...gone]);
      source.addFeatures(fresh);
    },
    select(id) {
      selected = id;
      layer.changed();
    },
    placeOf: (id) => {
      const found = source.getFeatureById(id);
      const geometry = found instanceof Feature ? found.getGeometry() : null;
      return geometry instanceof Point ? geometry.getCoordinates() : null;
    },
  };
}

export interface MapMember {
  readonly id: string;
  readonly name: string;
  readonly place: Place;
}

/** Members on duty: a person's shape with the name beside it when near. */
export function memberLayer(): { layer: VectorLayer; set(members: readonly MapMember[]): void } {
  const source = new VectorSource<Feature>();
  const body = new Style({
    image: new RegularShape({
      points: 4,
      radius: 9,
      angle: Math.PI / 4,
      fill: new Fill({ color: '#0b5a63' }),
      stroke: new Stroke({ color: '#ffffff', width: 1.5 }),
    }),
    text: new Text({ text: '人', font: `600 9px ${mapFont}`, fill: new Fill({ color: '#ffffff' }), offsetY: 1 }),
  });
  const layer = new VectorLayer({
    source,
    zIndex: 4,
    style: (feature, resolution) =>
      resolution < nearResolution
        ? [
            body,
            new Style({
              text: new Text({
                text: String(feature.get('name')),
                font: `11px ${mapFont}`,
                offsetY: 15,
                fill: new Fill({ color: '#0b4a52' }),
                stroke: new Stroke({ color: '#ffffff', width: 3 }),
              }),
            }),
          ]
        : body,
  });
  return {
    layer,
    set(members) {
      source.clear(true);
      source.addFeatures(
        members.map((member) => {
          const feature = new Feature({
            geometry: new Point(project(member.place.lon, member.place.lat)),
            name: member.name,
          });
          feature.setId(member.id);
          return feature;
        }),
      );
    },
  };
}

/** A chosen or own place with its circle of uncertainty. */
export function pinLayer(color = '#10202f'): { layer: VectorLayer; set(place: Place | null): void } {
  const source = new VectorSource<Feature>();
  const ring = new Style({
    fill: new Fill({ color: 'rgba(29,92,159,0.12)' }),
    stroke: new Stroke({ color: 'rgba(29,92,159,0.6)', width: 1 }),
  });
  const pin = [
    new Style({ image: new CircleStyle({ radius: 9, stroke: new Stroke({ color: '#ffffff', width: 5 }) }) }),
    new Style({
      image: new CircleStyle({ radius: 9, stroke: new Stroke({ color, width: 3 }) }),
      text: new Text({ text: '+', font: `600 16px ${mapFont}`, fill: new Fill({ color }) }),
    }),
  ];
  const layer = new VectorLayer({ source, zIndex: 8, style: (feature) => (feature.get('ring') === true ? ring : pin) });
  return {
    layer,
    set(place) {
      source.clear(true);
      if (!place) return;
      const at = project(place.lon, place.lat);
      // Mercator stretches lengths by 1/cos(latitude).
      const radius = (place.accuracyM ?? 0) / Math.cos((place.lat * Math.PI) / 180);
      if (radius > 0) source.addFeature(new Feature({ geometry: new CircleGeometry(at, radius), ring: true }));
      source.addFeature(new Feature({ geometry: new Point(at) }));
    },
  };
}
