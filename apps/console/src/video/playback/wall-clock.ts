/** Which moment a place of the media shows: from what the worker says after each seek and behind each gap. */

interface Position {
  readonly mediaS: number;
  readonly atMs: number;
}

/** Positions in the order of the media; one at the same place replaces the other. */
export function withPosition(list: readonly Position[], next: Position): readonly Position[] {
  return [...list.filter((each) => each.mediaS < next.mediaS - 0.001), next];
}

/** Null before the first position. */
export function momentAt(list: readonly Position[], mediaS: number): number | null {
  const found = list.findLast((each) => each.mediaS <= mediaS + 0.05) ?? list[0];
  return found ? found.atMs + Math.max(0, mediaS - found.mediaS) * 1000 : null;
}
