import type { Area } from '@wangge/areas/contract';
import { useAreas } from '@wangge/ui/map';
import { TreeSelect } from 'antd';
import { useMemo } from 'react';
import { areaTree } from './area-tree.ts';

interface Props {
  readonly value?: string | undefined;
  readonly onChange?: (areaId: string | undefined) => void;
  readonly label: string;
  readonly placeholder?: string;
  readonly id?: string;
  readonly className?: string;
  /** Unless given, the areas in force. */
  readonly among?: readonly Area[];
}

/** Picks any area, found by name or code. Works as a form's field. */
export function AreaSelect({ value, onChange, label, placeholder, among, ...rest }: Props) {
  const { areas, ready } = useAreas();
  const tree = useMemo(() => areaTree(among ?? areas), [among, areas]);
  return (
    <TreeSelect
      {...rest}
      aria-label={label}
      value={value ?? null}
      placeholder={placeholder ?? label}
      treeData={tree}
      loading={!ready}
      allowClear
      showSearch={{
        filterTreeNode: (text, node) => String(node['title']).includes(text) || String(node['code']).includes(text),
      }}
      popupMatchSelectWidth={260}
      treeDefaultExpandedKeys={tree.map((node) => node.key)}
      onChange={(next: string | null | undefined) => onChange?.(next ?? undefined)}
    />
  );
}
