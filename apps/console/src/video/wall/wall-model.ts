/** What is in which tile, without React. */
import type { wallSizes } from '@wangge/video/contract';

export type WallSize = (typeof wallSizes)[number];
export type Cells = readonly (string | null)[];

/** As many tiles as the layout has. Those that do not fit move up into empty ones; what is too many is dropped. */
export function resized(cells: Cells, size: WallSize): Cells {
  const fits = cells.slice(size).every((id) => id === null);
  const kept = fits ? cells : cells.filter((id) => id !== null);
  return Array.from({ length: size }, (_, i) => kept[i] ?? null);
}

/** A camera into a tile. One that is in another tile already changes places with what was here. */
export function placed(cells: Cells, at: number, id: string): Cells {
  const from = cells.indexOf(id);
  return cells.map((now, i) => (i === at ? id : i === from ? (cells[at] ?? null) : now));
}

export function emptied(cells: Cells, at: number): Cells {
  return cells.map((now, i) => (i === at ? null : now));
}

/** The tile that the next chosen camera goes to: the first empty one behind, else round the beginning. */
export function nextTile(cells: Cells, at: number): number {
  for (let step = 1; step <= cells.length; step += 1) {
    const i = (at + step) % cells.length;
    if (cells[i] === null) return i;
  }
  return (at + 1) % Math.max(1, cells.length);
}

/** Cameras of a tour in groups, as many as there are tiles. */
export function tourGroups(cameraIds: readonly string[], size: WallSize): readonly (readonly string[])[] {
  return Array.from({ length: Math.ceil(cameraIds.length / size) }, (_, i) =>
    cameraIds.slice(i * size, (i + 1) * size),
  );
}
