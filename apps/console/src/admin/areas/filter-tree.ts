import type { AreaNode } from '../../common/area-tree.ts';

/** The branches that lead to a name or code, and which of them to open. Empty text keeps everything. */
export function filterTree(
  nodes: readonly AreaNode[],
  text: string,
): { nodes: readonly AreaNode[]; expanded: readonly string[] } {
  if (text === '') return { nodes, expanded: [] };
  const expanded: string[] = [];
  const keep = (node: AreaNode): AreaNode[] => {
    const children = node.children.flatMap(keep);
    if (children.length > 0) expanded.push(node.key);
    const hit = node.title.includes(text) || node.code.includes(text);
    return hit || children.length > 0
      ? [{ ...node, children: hit && children.length === 0 ? node.children : children }]
      : [];
  };
  return { nodes: nodes.flatMap(keep), expanded };
}
