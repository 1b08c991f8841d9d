import CircleStyle from 'ol/style/Circle.js';
import Fill from 'ol/style/Fill.js';
import RegularShape from 'ol/style/RegularShape.js';
import Stroke from 'ol/style/Stroke.js';
import Style from 'ol/style/Style.js';
import Text from 'ol/style/Text.js';
import { drawOrder, symbolOf, type MapPoint } from './symbols.ts';

export const mapFont = '"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif';

/** Styles are shared between points that look alike: a few dozen canvases for thousands of points. */
const cache = new Map<string, Style[]>();

export function pointStyle(point: MapPoint, selected: boolean, near: boolean): Style[] {
  const key = `${point.state} ${point.severity} ${point.clock ?? ''} ${selected} ${near}`;
  let styles = cache.get(key);
  if (!styles) cache.set(key, (styles = build(point, selected, near)));
  return styles;
}

function build(point: MapPoint, selected: boolean, near: boolean): Style[] {
  const symbol = symbolOf(point);
  const radius = (near ? 10 : 7) + (selected ? 3 : 0);
  const zIndex = selected ? 100 : drawOrder(point);
  const fill = new Fill({ color: symbol.fill });
  const edge = new Stroke({ color: '#ffffff', width: 1.5 });
  const image =
    symbol.shape === 'circle'
      ? new CircleStyle({ radius, fill, stroke: edge })
      : symbol.shape === 'diamond'
        ? new RegularShape({ points: 4, radius: radius * 1.25, fill, stroke: edge })
        : new RegularShape({ points: 3, radius: radius * 1.6, fill, stroke: edge });
  const styles: Style[] = [];
  const ringRadius = radius * (symbol.shape === 'circle' ? 1 : 1.45) + 4;
  if (symbol.ring !== 'none') {
    const stroke =
      symbol.ring === 'overdue'
        ? new Stroke({ color: '#b8221b', width: 3 })
        : new Stroke({ color: '#b36b00', width: 2, lineDash: [4, 3] });
    styles.push(new Style({ zIndex, image: new CircleStyle({ radius: ringRadius, stroke }) }));
  }
  if (selected) {
    const stroke = new Stroke({ color: '#10202f', width: 2.5 });
    styles.push(new Style({ zIndex, image: new CircleStyle({ radius: ringRadius + 4, stroke }) }));
  }
  const text =
    near || selected
      ? new Text({
          text: symbol.mark,
          font: `600 11px ${mapFont}`,
          fill: new Fill({ color: '#ffffff' }),
          offsetY: symbol.shape === 'triangle' ? 3 : 1,
        })
      : undefined;
  styles.push(new Style({ zIndex, image, ...(text ? { text } : {}) }));
  return styles;
}
