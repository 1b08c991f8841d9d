import { cellBox } from '@wangge/incidents/contract';
import Feature from 'ol/Feature.js';
import Point from 'ol/geom/Point.js';
import { fromExtent } from 'ol/geom/Polygon.js';
import VectorLayer from 'ol/layer/Vector.js';
import VectorSource from 'ol/source/Vector.js';
import CircleStyle from 'ol/style/Circle.js';
import Fill from 'ol/style/Fill.js';
import RegularShape from 'ol/style/RegularShape.js';
import Stroke from 'ol/style/Stroke.js';
import Style from 'ol/style/Style.js';
import Text from 'ol/style/Text.js';
import { cellId, clusterRadius, heatColors, heatStep, heatSteps, type MapCell } from './cell-symbols.ts';
import { project } from './decode.ts';
import { mapFont } from './symbol-style.ts';

/** A circle with the count; what is urgent has its shape at the corner, what is overdue a red ring. */
function clusterStyle({ count, overdue, worst }: MapCell): Style[] {
  const radius = clusterRadius(count);
  const styles = [
    new Style({
      image: new CircleStyle({
        radius,
        fill: new Fill({ color: '#1f4e85' }),
        stroke: new Stroke({ color: '#ffffff', width: 2 }),
      }),
      text: new Text({
        text: String(count),
        font: `600 ${count > 999 ? 11 : 13}px ${mapFont}`,
        fill: new Fill({ color: '#ffffff' }),
        offsetY: 1,
      }),
    }),
  ];
  if (overdue > 0) {
    const stroke = new Stroke({ color: '#b8221b', width: 3 });
    styles.unshift(new Style({ image: new CircleStyle({ radius: radius + 4, stroke }) }));
  }
  if (worst !== 'ordinary') {
    styles.push(
      new Style({
        image: new RegularShape({
          points: worst === 'emergency' ? 3 : 4,
          radius: 8,
          displacement: [radius * 0.8, radius * 0.8],
          fill: new Fill({ color: '#10202f' }),
          stroke: new Stroke({ color: '#ffffff', width: 1.5 }),
        }),
      }),
    );
  }
  return styles;
}

/** Groups of incidents, each one circle. */
export function clusterLayer(): { layer: VectorLayer; set(cells: readonly MapCell[]): void } {
  const source = new VectorSource<Feature>();
  const layer = new VectorLayer({ source, zIndex: 5, style: (feature) => feature.get('look') as Style[] });
  return {
    layer,
    set(cells) {
      source.clear(true);
      source.addFeatures(
        cells.map((cell) => {
          const feature = new Feature({ geometry: new Point(project(cell.lon, cell.lat)), look: clusterStyle(cell) });
          feature.setId(cellId(cell));
          return feature;
        }),
      );
    },
  };
}

const extentOf = (cell: MapCell, around: number): number[] => {
  const [west, south, east, north] = cellBox(cell, around);
  return [...project(west, south), ...project(east, north)];
};

/**
 * Squares, the darker the more: OpenLayers' own heat needs WebGL, which an office PC without a GPU has not. The
 * number is written in all but the lightest.
 */
export function heatLayer(): { layer: VectorLayer; set(cells: readonly MapCell[], around: number): void } {
  const source = new VectorSource<Feature>();
  const fills = heatColors.map((color) => new Fill({ color: `${color}b3` }));
  const edge = new Stroke({ color: 'rgba(56,19,111,0.35)', width: 0.5 });
  const layer = new VectorLayer({
    source,
    zIndex: 1,
    style: (feature) => {
      const step = Number(feature.get('step'));
      const text = new Text({
        text: String(feature.get('count')),
        font: `600 11px ${mapFont}`,
        fill: new Fill({ color: step >= 3 ? '#ffffff' : '#22104a' }),
        overflow: true,
      });
      return new Style({ fill: fills[step] ?? new Fill(), stroke: edge, ...(step > 0 ? { text } : {}) });
    },
  });
  return {
    layer,
    set(cells, around) {
      source.clear(true);
      const steps = heatSteps(Math.max(0, ...cells.map((cell) => cell.count)));
      source.addFeatures(
        cells.map((cell) => {
          const geometry = fromExtent(extentOf(cell, around));
          const feature = new Feature({ geometry, count: cell.count, step: heatStep(cell.count, steps) });
          feature.setId(cellId(cell));
          return feature;
        }),
      );
    },
  };
}
