import { compareCodes } from './tree.ts';

/** What one version says of an area, as far as a difference matters to people. */
export interface ComparedArea {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly parentId: string | null;
  readonly shapeHash: string;
}

/** Codes that come, go, or stand for other borders, names or parents; codes of the newer version but for the removed. */
export function compareVersions(
  before: readonly ComparedArea[],
  after: readonly ComparedArea[],
): { addedCodes: string[]; removedCodes: string[]; changedCodes: string[] } {
  const old = new Map(before.map((area) => [area.id, area]));
  const kept = new Set(after.map((area) => area.id));
  const differs = (a: ComparedArea, b: ComparedArea): boolean =>
    a.code !== b.code || a.name !== b.name || a.parentId !== b.parentId || a.shapeHash !== b.shapeHash;
  const codes = (areas: readonly ComparedArea[]): string[] => areas.map((area) => area.code).toSorted(compareCodes);
  return {
    addedCodes: codes(after.filter((area) => !old.has(area.id))),
    removedCodes: codes(before.filter((area) => !kept.has(area.id))),
    changedCodes: codes(
      after.filter((area) => {
        const previous = old.get(area.id);
        return previous !== undefined && differs(previous, area);
      }),
    ),
  };
}
