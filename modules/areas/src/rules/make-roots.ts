import type { AreaLevel } from '../contract.ts';
import type { AreaEntry } from './entry.ts';
import type { ImportedArea } from './imported-area.ts';
import { depthOf } from './tree.ts';

export interface RootNames {
  readonly county: string;
  readonly town: string;
}

/** Digits of a county's and of a town's administrative code. */
const digits = { county: 6, town: 9 } as const;
/** For areas whose codes tell nothing; no division has such a code. */
const noCode = { county: '000000', town: '000000000' } as const;

/**
 * County and town above the imported level where the tree has none yet. Their codes are what all imported
 * codes begin with, when that is an administrative code.
 */
export function rootsFor(
  level: AreaLevel,
  areas: readonly ImportedArea[],
  present: ReadonlySet<AreaLevel>,
  options: { readonly names: RootNames; readonly newId: () => string },
): AreaEntry[] {
  return (['county', 'town'] as const)
    .filter((root) => depthOf(root) < depthOf(level) && !present.has(root))
    .map((root) => ({
      id: options.newId(),
      level: root,
      code: commonCode(areas, digits[root]) ?? noCode[root],
      name: options.names[root],
      parentId: null,
      population: null,
      households: null,
      derived: true,
    }));
}

function commonCode(areas: readonly ImportedArea[], length: number): string | null {
  const first = areas[0]?.code.slice(0, length) ?? '';
  if (!/^\d+$/.test(first) || first.length < length) return null;
  return areas.every((area) => area.code.startsWith(first)) ? first : null;
}
