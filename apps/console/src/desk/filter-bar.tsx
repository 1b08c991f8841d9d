import { incidentSources, incidentStateNames, severities } from '@wangge/incidents/contract';
import type { Bilingual } from '@wangge/contract-kit';
import { deskTexts } from '@wangge/texts/console';
import { stateGroupLabel, usePick, useTexts } from '@wangge/ui';
import { Button, Segmented, Select, TreeSelect } from 'antd';
import { useState } from 'react';
import { AreaSelect } from '../common/area-select.tsx';
import { useCategories } from '../common/use-categories.ts';
import { clockTones, filterCount, type DeskFilter } from './desk-search.ts';
import { RangeSelect } from './range-select.tsx';
import { SavedFilters } from './saved-filters.tsx';
import { SearchBox } from './search-box.tsx';
import type { Desk } from './use-desk.ts';

const clockLabels = {
  running: { zh: '正常', en: 'In time' },
  warning: { zh: '即将超时', en: 'Due soon' },
  overdue: { zh: '超时', en: 'Overdue' },
} as const;
const stateLabels = Object.fromEntries(incidentStateNames.map((state) => [state, stateGroupLabel(state)]));

/** All filters of the list and the map. On a phone they fold away behind a button with their number. */
export function FilterBar({ desk }: { desk: Desk }) {
  const t = useTexts(deskTexts).filter;
  const pick = usePick();
  const { options } = useCategories();
  const [unfolded, setUnfolded] = useState(false);
  const { filter, setFilter } = desk;
  const count = filterCount(filter);
  const choices = (labels: Record<string, Bilingual>) =>
    Object.entries(labels).map(([value, label]) => ({ value, label: pick(label) }));
  const several = <K extends 'state' | 'source' | 'severity' | 'clock'>(
    key: K,
    label: string,
    labels: Record<string, Bilingual>,
  ) => (
    <Select
      mode="multiple"
      aria-label={label}
      placeholder={label}
      className={`filter-${key}`}
      value={[...(filter[key] ?? [])] as string[]}
      options={choices(labels)}
      // A tag is wider than the field: its name where there is one, else how many.
      maxTagCount={0}
      maxTagPlaceholder={(chosen) => (chosen.length === 1 ? chosen[0]?.label : t.several(label, chosen.length))}
      allowClear
      popupMatchSelectWidth={false}
      showSearch={{ optionFilterProp: 'label' }}
      onChange={(value: string[]) =>
        setFilter({ [key]: value.length > 0 ? (value as unknown as DeskFilter[K]) : undefined })
      }
    />
  );
  return (
    <div className="filters" role="search" aria-label={t.label}>
      <div className="filters-main">
        <SearchBox value={filter.q ?? ''} onChange={(q) => setFilter({ q: q === '' ? undefined : q })} />
        <Button className="filters-toggle" aria-expanded={unfolded} onClick={() => setUnfolded(!unfolded)}>
          {count > 0 ? t.active(count) : t.toggle}
        </Button>
      </div>
      <div className={`filters-rest${unfolded ? ' filters-unfolded' : ''}`}>
        <Segmented
          aria-label={t.scope}
          value={filter.scope ?? 'open'}
          options={[
            { value: 'open', label: t.open },
            { value: 'all', label: t.all },
            { value: 'mine', label: t.mine },
          ]}
          onChange={(scope) => setFilter({ scope: scope === 'open' ? undefined : scope })}
        />
        <AreaSelect
          className="filter-area"
          label={t.area}
          value={filter.area}
          onChange={(area) => setFilter({ area })}
        />
        {several('state', t.state, stateLabels)}
        <TreeSelect
          multiple
          treeCheckable
          aria-label={t.category}
          placeholder={t.category}
          className="filter-category"
          value={[...(filter.category ?? [])]}
          treeData={options.map((top) => ({ ...top, selectable: true })) as never}
          maxTagCount={0}
          maxTagPlaceholder={(chosen) =>
            chosen.length === 1 ? chosen[0]?.label : t.several(t.category, chosen.length)
          }
          allowClear
          popupMatchSelectWidth={240}
          showCheckedStrategy={TreeSelect.SHOW_PARENT}
          showSearch={{ treeNodeFilterProp: 'title' }}
          onChange={(value: string[]) => setFilter({ category: value.length > 0 ? value : undefined })}
        />
        {several('severity', t.severity, severities)}
        {several('source', t.source, incidentSources)}
        {several('clock', t.clock, Object.fromEntries(clockTones.map((tone) => [tone, clockLabels[tone]])))}
        <RangeSelect value={filter.range} onChange={(range) => setFilter({ range })} />
        <SavedFilters desk={desk} />
        {count > 0 || filter.scope !== undefined ? (
          <Button type="link" onClick={desk.clearFilter}>
            {t.clear}
          </Button>
        ) : null}
      </div>
    </div>
  );
}
