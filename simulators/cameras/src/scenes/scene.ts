/** What a scene is: a still background and what moves on it, drawn as SVG. */
import { defs } from '../parts/defs.ts';

/** Pixels of the main picture; scenes are drawn in these units. */
export const pictureWidth = 1280;
export const pictureHeight = 720;
/** A loop is this long, and its first picture follows its last one without a jump. */
export const loopS = 20;
export const picturesPerS = 10;

export interface Scene {
  /** kebab-case: part of file names. */
  readonly name: string;
  /** Chinese title, shown on the plate in the corner. */
  readonly title: string;
  /** Fraction by which the light changes in the course of a loop; 0 indoors. */
  readonly light: number;
  /** Does not move. */
  readonly back: string;
  /** What moves, and what stands in front of it, at a time within the loop. */
  moving(tS: number): string;
}

/** The whole picture at a time; any time, loops repeat. */
export function pictureOf(scene: Scene, tS: number): string {
  return wrap(backOf(scene) + movingOf(scene, tS));
}

/** Only what does not move. */
export const backgroundOf = (scene: Scene): string => wrap(backOf(scene));

/** Only what moves, on nothing. */
export const layerOf = (scene: Scene, tS: number): string => wrap(movingOf(scene, tS));

/** Encoders would smooth a plain drawing into something no camera sends: grain keeps it a picture. */
const grain = `<rect width="${pictureWidth}" height="${pictureHeight}" filter="url(#grain)" opacity=".3"/>`;

/** Behind everything: what a drawing leaves open is haze, not black. */
const haze = `<rect width="${pictureWidth}" height="${pictureHeight}" fill="#cfd5d0"/>`;

function backOf(scene: Scene): string {
  return haze + scene.back + grain + plate(scene.title);
}

function movingOf(scene: Scene, tS: number): string {
  const within = ((tS % loopS) + loopS) % loopS;
  return scene.moving(within) + daylight(scene.light, within);
}

/** A cloud passes: the whole picture grows darker and brighter again, once in a loop. */
function daylight(light: number, tS: number): string {
  const dark = (light * (1 - Math.cos((2 * Math.PI * tS) / loopS))) / 2;
  if (dark < 0.004) return '';
  return `<rect width="${pictureWidth}" height="${pictureHeight}" fill="#1a2433" opacity="${dark.toFixed(3)}"/>`;
}

function plate(title: string): string {
  const width = 34 + 26 * title.length;
  return `<g transform="translate(24,660)"><rect width="${width}" height="40" rx="4" fill="#0b1420" opacity=".62"/>
<text x="17" y="29" font-size="26" fill="#fff" font-family="${fontFamily}">${title}</text></g>`;
}

/** Chinese signs need a Chinese font of the machine; without one they show as boxes. */
export const fontFamily = 'Noto Sans CJK SC,WenQuanYi Micro Hei,Source Han Sans SC,sans-serif';

function wrap(inner: string): string {
  const size = `width="${pictureWidth}" height="${pictureHeight}" viewBox="0 0 ${pictureWidth} ${pictureHeight}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size}>${defs}${inner}</svg>`;
}
