import type { Place } from '@wangge/contract-kit';
import Feature from 'ol/Feature.js';
import Point from 'ol/geom/Point.js';
import VectorLayer from 'ol/layer/Vector.js';
import VectorSource from 'ol/source/Vector.js';
import Fill from 'ol/style/Fill.js';
import RegularShape from 'ol/style/RegularShape.js';
import Stroke from 'ol/style/Stroke.js';
import Style from 'ol/style/Style.js';
import Text from 'ol/style/Text.js';
import { project } from './decode.ts';
import { mapFont } from './symbol-style.ts';

/** A numbered place of something found wrong: number on the map = number in the table. */
export interface MapFinding {
  readonly number: number;
  readonly place: Place;
}

export function findingLayer(): { layer: VectorLayer; set(findings: readonly MapFinding[]): void } {
  const source = new VectorSource<Feature>();
  const layer = new VectorLayer({
    source,
    zIndex: 7,
    declutter: 'findings',
    style: (feature) =>
      new Style({
        image: new RegularShape({
          points: 4,
          radius: 12,
          fill: new Fill({ color: '#8a5200' }),
          stroke: new Stroke({ color: '#ffffff', width: 1.5 }),
        }),
        text: new Text({
          text: String(feature.get('number')),
          font: `600 10px ${mapFont}`,
          fill: new Fill({ color: '#ffffff' }),
        }),
      }),
  });
  return {
    layer,
    set(findings) {
      source.clear(true);
      source.addFeatures(
        findings.map(
          ({ number, place }) => new Feature({ geometry: new Point(project(place.lon, place.lat)), number }),
        ),
      );
    },
  };
}
