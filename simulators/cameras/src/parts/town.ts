/** Buildings and street furniture. */
import { fontFamily } from '../scenes/scene.ts';
import { n, place, shadow, times } from './draw.ts';

const box = (x: number, y: number, w: number, h: number, fill: string, more = ''): string =>
  `<rect x="${n(x)}" y="${n(y)}" width="${n(w)}" height="${n(h)}" fill="${fill}" ${more}/>`;

export function sign(x: number, y: number, text: string, size: number, colour = '#fff', background?: string): string {
  const width = text.length * size * 1.06 + size * 0.8;
  const board =
    background === undefined ? '' : box(x - width / 2, y - size * 1.15, width, size * 1.6, background, 'rx="3"');
  return `${board}<text x="${n(x)}" y="${n(y)}" font-size="${size}" text-anchor="middle" fill="${colour}" font-weight="bold" font-family="${fontFamily}">${text}</text>`;
}

/** Rows of windows on a wall whose foot is at `y`. */
export function building(
  x: number,
  y: number,
  width: number,
  height: number,
  wall: string,
  rows: number,
  columns: number,
): string {
  const stepX = width / columns;
  const stepY = height / rows;
  const windows = times(rows * columns, (index) => {
    const wx = x + (index % columns) * stepX + stepX * 0.24;
    const wy = y - height + Math.floor(index / columns) * stepY + stepY * 0.22;
    return `${box(wx, wy, stepX * 0.52, stepY * 0.52, 'url(#glass)', 'stroke="#f1efe8" stroke-width="3"')}<path d="M${n(wx + stepX * 0.26)},${n(wy)} v${n(stepY * 0.52)}" stroke="#f1efe8" stroke-width="2"/>`;
  });
  return `${box(x, y - height, width, height, wall)}${box(x, y - height, width, height, 'url(#sheen)', 'opacity=".5"')}${windows}${box(x - 6, y - height - 10, width + 12, 12, '#8d867a')}`;
}

/** A farmhouse with a tiled roof; the middle of its foot is at the point. 200 units wide. */
export function house(x: number, y: number, width: number, wall = '#e6e0d3', roof = '#5b5a5c'): string {
  const tiles = times(
    14,
    (index) =>
      `<path d="M${-112 + index * 17},-92 L${-96 + index * 15},-136" stroke="#000" stroke-opacity=".2" stroke-width="2"/>`,
  );
  const inner = `${box(-96, -94, 192, 94, wall)}${box(-96, -94, 192, 94, 'url(#sheen)', 'opacity=".4"')}<path d="M-118,-90 L-92,-138 H92 L118,-90z" fill="${roof}"/>${tiles}${box(-16, -56, 32, 56, '#6b4a31')}${box(-78, -66, 38, 32, 'url(#glass)', 'stroke="#7d6a50" stroke-width="3"')}${box(42, -66, 38, 32, 'url(#glass)', 'stroke="#7d6a50" stroke-width="3"')}`;
  return place(x, y, width / 200, inner);
}

/** A shop of the ground floor: board above, window and door below. */
export function shop(x: number, y: number, width: number, height: number, name: string, board: string): string {
  return `${box(x, y - height, width, height, '#d3c9b8')}${box(x + 6, y - height * 0.68, width * 0.56, height * 0.56, 'url(#glass)', 'stroke="#8a8578" stroke-width="4"')}${box(x + width * 0.66, y - height * 0.7, width * 0.26, height * 0.7, '#4a5a63', 'stroke="#8a8578" stroke-width="4"')}${box(x, y - height, width, height * 0.27, board)}${sign(x + width / 2, y - height * 0.8, name, height * 0.16)}`;
}

export const lampPost = (x: number, y: number, height: number, facing: 1 | -1 = 1): string =>
  place(
    x,
    y,
    height / 200,
    `${shadow(14, 3)}<path d="M-4,0 L-2,-190 h4 L4,0z" fill="#5a5f63"/><path d="M0,-188 q6,-14 44,-14" stroke="#5a5f63" stroke-width="5" fill="none"/><path d="M34,-208 h28 l4,10 h-34z" fill="#d7d9d2"/>`,
    facing,
  );

/** A flag on its pole; `wave` is its phase in radians. */
export function flag(x: number, y: number, height: number, wave: number): string {
  const edge = (from: number) =>
    times(6, (index) => `L${index * 15 + 15},${n(from + Math.sin(wave - index * 0.9) * (2 + index))} `);
  const back = Array.from(
    { length: 7 },
    (_, index) => `L${90 - index * 15},${n(-138 + Math.sin(wave - (6 - index) * 0.9) * (2 + (6 - index)))}`,
  ).join(' ');
  return place(
    x,
    y,
    height / 200,
    `<path d="M-3,0 L-1.5,-204 h3 L3,0z" fill="#c9cdd0"/><circle cy="-206" r="4" fill="#d9b13b"/><path d="M0,-196 ${edge(-196)} ${back}z" fill="#d5291f"/><path d="M14,-186 l3,9 9,0 -7,5 3,9 -8,-6 -8,6 3,-9 -7,-5 9,0z" fill="#ffd84a"/>`,
  );
}

/** A bin on wheels of 100 units; `fill` 0 to 1 lifts its lid, above 1 heaps bags on it. */
export function bin(x: number, y: number, height: number, colour: string, label: string, fill: number): string {
  const lid = -Math.max(0, fill - 0.8) * 90;
  const bags =
    fill > 0.9
      ? '<ellipse cx="-12" cy="-104" rx="20" ry="16" fill="#2c2d30"/><ellipse cx="16" cy="-108" rx="22" ry="17" fill="#e8e6df"/><ellipse cx="2" cy="-122" rx="17" ry="13" fill="#3d6f9e"/>'
      : '';
  const inner = `${shadow(42, 6)}${bags}<path d="M-36,-94 h72 l-7,90 h-58z" fill="${colour}"/><path d="M-36,-94 h72 l-7,90 h-58z" fill="url(#round)"/><g transform="rotate(${n(lid)} -36 -94)"><rect x="-40" y="-104" width="80" height="11" rx="4" fill="${colour}"/><rect x="-40" y="-104" width="80" height="11" rx="4" fill="url(#sheen)"/></g><text y="-42" font-size="22" text-anchor="middle" fill="#fff" font-family="${fontFamily}">${label}</text><circle cx="-24" cy="-3" r="6" fill="#222"/><circle cx="24" cy="-3" r="6" fill="#222"/>`;
  return place(x, y, height / 100, inner);
}

/** A market stall, 240 units wide, with a striped awning and heaps of goods. */
export function stall(x: number, y: number, width: number, stripe: string, goods: readonly string[]): string {
  const stripes = times(
    8,
    (index) =>
      `<path d="M${-130 + index * 32.5},-128 h32.5 l2,-40 h-29z" fill="${index % 2 ? '#f3efe6' : stripe}" transform="translate(${index - 4},0)"/>`,
  );
  const heaps = goods
    .map((colour, index) => {
      const at = -96 + (index * 192) / Math.max(1, goods.length - 1);
      return times(
        9,
        (each) =>
          `<circle cx="${n(at + ((each % 3) - 1) * 13)}" cy="${-64 - Math.floor(each / 3) * 7}" r="8" fill="${colour}"/><circle cx="${n(at + ((each % 3) - 1) * 13)}" cy="${-64 - Math.floor(each / 3) * 7}" r="8" fill="url(#ball)"/>`,
      );
    })
    .join('');
  const inner = `${shadow(126, 8)}<path d="M-116,0 V-130 M116,0 V-130" stroke="#6c6f71" stroke-width="6"/>${box(-122, -58, 244, 56, '#9b7a4f')}${box(-122, -58, 244, 56, 'url(#sheen)')}${heaps}${stripes}`;
  return place(x, y, width / 240, inner);
}

export function bench(x: number, y: number, width: number): string {
  return place(
    x,
    y,
    width / 120,
    `${shadow(64, 5)}<path d="M-48,0 v-34 M48,0 v-34" stroke="#4b4b4b" stroke-width="6"/>${box(-60, -38, 120, 8, '#8f6a41', 'rx="2"')}${box(-60, -66, 120, 7, '#a17a4d', 'rx="2"')}${box(-60, -54, 120, 7, '#a17a4d', 'rx="2"')}<path d="M-48,-34 v-34 M48,-34 v-34" stroke="#4b4b4b" stroke-width="5"/>`,
  );
}

/** Striped staff for reading the water's height; its foot is at the point. */
export function depthGauge(x: number, y: number, height: number): string {
  const marks = times(
    10,
    (index) =>
      `${box(-13, -20 - index * 20, 26, 10, '#c8281f')}<text x="20" y="${-12 - index * 20}" font-size="15" fill="#20262b" font-family="sans-serif">${index + 1}</text>`,
  );
  return place(x, y, height / 200, `${box(-16, -204, 32, 204, '#f7f7f2', 'stroke="#444" stroke-width="2"')}${marks}`);
}

/** Railing along a line of posts. */
export function railing(x: number, y: number, width: number, height: number, colour = '#d7dadb'): string {
  const posts = Math.round(width / (height * 0.8));
  return `${times(posts + 1, (index) => box(x + (index * width) / posts - 2, y - height, 5, height, colour))}${box(x, y - height, width, 5, colour)}${box(x, y - height * 0.55, width, 4, colour)}`;
}
