import type { Area } from '@wangge/areas/contract';

export interface AreaNode {
  readonly value: string;
  readonly key: string;
  readonly title: string;
  readonly code: string;
  readonly children: AreaNode[];
}

/** The tree of areas as pickers want it; an area whose parent is out of reach stands at the top. */
export function areaTree(areas: readonly Area[]): AreaNode[] {
  const nodes = new Map<string, AreaNode>(
    areas.map(({ id, name, code }) => [id, { value: id, key: id, title: name, code, children: [] }]),
  );
  const top: AreaNode[] = [];
  for (const area of areas) {
    const node = nodes.get(area.id);
    if (node) (nodes.get(area.parentId ?? '')?.children ?? top).push(node);
  }
  return top;
}

/** `village / grid / micro-grid`: the names from below the town down to an area. */
export function areaTrail(area: Area, byId: ReadonlyMap<string, Area>): string {
  const names: string[] = [];
  for (let at: Area | undefined = area; at; at = at.parentId === null ? undefined : byId.get(at.parentId))
    if (at.level !== 'county' && (at.level !== 'town' || at === area)) names.unshift(at.name);
  return names.join(' / ');
}
