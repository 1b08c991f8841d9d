/** Small helpers of drawings. */

/** One decimal is finer than a pixel, and keeps the drawings short. */
export const n = (value: number): string => String(Math.round(value * 10) / 10);

/** Stands at a point, in units of its own, mirrored where it looks to the left. */
export function place(x: number, y: number, scale: number, inner: string, facing: 1 | -1 = 1): string {
  return `<g transform="translate(${n(x)},${n(y)}) scale(${(scale * facing).toFixed(4)},${scale.toFixed(4)})">${inner}</g>`;
}

export const shadow = (rx: number, ry: number, x = 0): string =>
  `<ellipse cx="${n(x)}" cy="0" rx="${n(rx)}" ry="${n(ry)}" fill="#000" opacity=".28"/>`;

/** A colour made darker (below 1) or lighter (above 1). */
export function shade(colour: string, factor: number): string {
  const value = Number.parseInt(colour.slice(1), 16);
  const parts = [16, 8, 0].map((shift) => Math.min(255, Math.round(((value >> shift) & 255) * factor)));
  return `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

/** Numbers that look thrown but are the same each time: 0 to 1. */
export function scatter(seed: number): number {
  const value = Math.sin(seed * 127.1 + 11.7) * 43_758.5453;
  return value - Math.floor(value);
}

export const times = (count: number, draw: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => draw(index)).join('');
