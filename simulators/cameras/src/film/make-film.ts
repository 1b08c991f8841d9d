/** Draws a scene picture by picture and has it coded, both sizes at once. */
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import sharp from 'sharp';
import {
  backgroundOf,
  layerOf,
  loopS,
  pictureHeight,
  picturesPerS,
  pictureWidth,
  type Scene,
} from '../scenes/scene.ts';
import { factsPath, filmName, filmPath, type FilmFacts, type Variant, variants } from './facts.ts';
import { startFfmpeg } from './ffmpeg.ts';

const keyEveryS = 2;
const pictures = loopS * picturesPerS;
const sizes = {
  main: { width: pictureWidth, height: pictureHeight, maxKbit: 280 },
  sub: { width: 640, height: 360, maxKbit: 110 },
} as const satisfies Record<Variant, object>;
/**
 * The background is read and converted once, then repeated. A lens is not as sharp as a drawing, and detectors are used
 * to lenses: hence the blur.
 */
const filters = [
  '[0]format=yuv420p,loop=loop=-1:size=1:start=0[still]',
  '[still][1]overlay=shortest=1,gblur=sigma=0.7,format=yuv420p,split[a][b]',
  '[b]scale=640:360[c]',
].join(';');
/** Pictures drawn ahead of the one that is handed over: drawing runs beside coding. */
const ahead = 3;

/**
 * Makes `<folder>/scenes/<scene>-<variant>-v<n>.h264` (Annex B, key picture every two seconds, no B pictures) and the
 * facts beside it. Killed in the middle it leaves temporary files only.
 *
 * @throws Error of ffmpeg, or where files cannot be written
 */
export async function makeFilm(scene: Scene, folder: string, ffmpeg: string): Promise<void> {
  await mkdir(join(folder, 'scenes'), { recursive: true });
  const temporary = (name: string): string => join(folder, 'scenes', `.${scene.name}-${process.pid}-${name}`);
  const background = temporary('back.png');
  try {
    await sharp(Buffer.from(backgroundOf(scene)))
      .png({ compressionLevel: 1 })
      .toFile(background);
    const { child, ended } = startFfmpeg(ffmpeg, [
      '-framerate',
      String(picturesPerS),
      '-i',
      background,
      '-f',
      'rawvideo',
      '-pixel_format',
      'rgba',
      '-video_size',
      `${pictureWidth}x${pictureHeight}`,
      '-framerate',
      String(picturesPerS),
      '-i',
      'pipe:0',
      '-filter_complex',
      filters,
      ...codingOf('main', '[a]', temporary('main')),
      ...codingOf('sub', '[c]', temporary('sub')),
    ]);
    const fed = feed(scene, child.stdin!);
    await Promise.race([ended, fed.then(() => ended)]);
    await fed;
    for (const variant of variants) await keep(scene, folder, variant, temporary(variant));
  } finally {
    for (const name of ['back.png', ...variants]) await rm(temporary(name), { force: true });
  }
}

function codingOf(variant: Variant, from: string, path: string): string[] {
  const { maxKbit } = sizes[variant];
  const key = String(keyEveryS * picturesPerS);
  return [
    '-map',
    from,
    '-c:v',
    'libx264',
    '-profile:v',
    'main',
    '-preset',
    'veryfast',
    '-threads',
    '1',
    '-bf',
    '0',
    '-g',
    key,
    '-keyint_min',
    key,
    '-sc_threshold',
    '0',
    '-crf',
    variant === 'main' ? '26' : '27',
    '-maxrate',
    `${maxKbit}k`,
    '-bufsize',
    `${maxKbit * 2}k`,
    '-frames:v',
    String(pictures),
    // The encoder's name and settings in each stream are of no use to a viewer.
    '-bsf:v',
    'filter_units=remove_types=6',
    '-f',
    'h264',
    path,
  ];
}

async function feed(scene: Scene, stdin: Writable): Promise<void> {
  const draw = (index: number): Promise<Buffer> =>
    sharp(Buffer.from(layerOf(scene, index / picturesPerS)))
      .ensureAlpha()
      .raw()
      .toBuffer();
  const waiting = Array.from({ length: ahead }, (_, index) => draw(index));
  for (let index = 0; index < pictures; index++) {
    const picture = await waiting.shift()!;
    if (index + ahead < pictures) waiting.push(draw(index + ahead));
    if (stdin.destroyed) return;
    // Called also when the encoder has gone; its exit tells why.
    await new Promise<void>((resolve) => stdin.write(picture, () => resolve()));
  }
  stdin.end();
}

async function keep(scene: Scene, folder: string, variant: Variant, from: string): Promise<void> {
  const { width, height } = sizes[variant];
  const { size: bytes } = await stat(from);
  const facts: FilmFacts = {
    scene: scene.name,
    title: scene.title,
    variant,
    codec: 'h264',
    width,
    height,
    picturesPerS,
    pictures,
    keyEveryS,
    bytes,
    kbitPerS: Math.round((bytes * 8) / loopS / 100) / 10,
  };
  await rename(from, filmPath(folder, scene.name, variant));
  const written = join(folder, 'scenes', `.${filmName(scene.name, variant)}-${process.pid}.json`);
  await writeFile(written, `${JSON.stringify(facts, null, 2)}\n`);
  await rename(written, factsPath(folder, scene.name, variant));
}
