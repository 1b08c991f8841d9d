import { areaLevelLabels } from '@wangge/areas/contract';
import { adminTexts } from '@wangge/texts/console';
import { EmptyBlock, LoadingBlock, usePick, useTexts } from '@wangge/ui';
import { TownMap, useAreas, useTown } from '@wangge/ui/map';
import { Input, Tree } from 'antd';
import { useMemo, useState } from 'react';
import { areaTree, type AreaNode } from '../../common/area-tree.ts';
import { AreaInfo } from './area-info.tsx';
import { filterTree } from './filter-tree.ts';

interface Props {
  readonly selectedId: string | null;
  readonly onSelect: (id: string | null) => void;
}

/** Tree, map and facts of one area; choosing in one shows it in all. */
export function AreaBrowser({ selectedId, onSelect }: Props) {
  const t = useTexts(adminTexts).areas;
  const pick = usePick();
  const town = useTown();
  const { areas, byId, ready } = useAreas();
  const [text, setText] = useState('');
  const tree = useMemo(() => areaTree(areas), [areas]);
  const found = useMemo(() => filterTree(tree, text.trim()), [tree, text]);
  const [unfolded, setUnfolded] = useState<readonly React.Key[] | null>(null);
  const ancestors = useMemo(() => {
    const out: string[] = [];
    for (let at = byId.get(selectedId ?? ''); at?.parentId; at = byId.get(at.parentId)) out.push(at.parentId);
    return out;
  }, [byId, selectedId]);
  const selected = byId.get(selectedId ?? '');
  const expanded =
    text.trim() === ''
      ? (unfolded ?? [...tree.flatMap((top) => [top.key, ...top.children.map((node) => node.key)]), ...ancestors])
      : found.expanded;
  if (ready && areas.length === 0) return <EmptyBlock title={t.empty} />;
  return (
    <div className="area-page">
      <section className="panel area-tree" aria-label={t.tree}>
        <Input
          type="search"
          aria-label={t.find}
          placeholder={t.find}
          allowClear
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        {ready ? (
          <Tree<AreaNode>
            treeData={found.nodes as AreaNode[]}
            fieldNames={{ title: 'title', key: 'key', children: 'children' }}
            selectedKeys={selectedId === null ? [] : [selectedId]}
            expandedKeys={[...expanded]}
            onExpand={(keys) => setUnfolded(keys)}
            onSelect={(keys) => onSelect(keys.length > 0 ? String(keys[0]) : null)}
            virtual={false}
            blockNode
          />
        ) : (
          <LoadingBlock rows={8} />
        )}
      </section>
      <section className="panel area-map">
        <TownMap
          town={town}
          focusAreaId={selectedId}
          onHit={(hit) => {
            if (hit?.kind === 'area') onSelect(hit.id);
          }}
          describe={(hit) => {
            const area = byId.get(hit.id);
            return area ? `${area.name} · ${pick(areaLevelLabels[area.level])}\n${area.code}` : null;
          }}
        />
      </section>
      <section className="panel area-info">
        {selected ? <AreaInfo key={selected.id} area={selected} /> : <p className="muted">{t.pickOne}</p>}
      </section>
    </div>
  );
}
