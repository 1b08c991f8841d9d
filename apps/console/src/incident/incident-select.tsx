import { listIncidents } from '@wangge/incidents/contract';
import { incidentTexts } from '@wangge/texts/console';
import { useCall, usePick, useTexts } from '@wangge/ui';
import { Select } from 'antd';
import { useDeferredValue, useState } from 'react';
import { characters } from '../common/characters.ts';
import { incidentStateLabel } from '../common/incident-state-label.ts';

interface Props {
  readonly value?: string;
  readonly onChange?: (id: string) => void;
  readonly id?: string;
  readonly label: string;
  /** Not offered: the one that is to be merged. */
  readonly except: string;
}

/** Finds another open incident by its number or words of its description. */
export function IncidentSelect({ value, onChange, label, except, ...rest }: Props) {
  const t = useTexts(incidentTexts).move;
  const pick = usePick();
  const [text, setText] = useState('');
  const q = useDeferredValue(text.trim());
  const found = useCall(
    listIncidents,
    { query: { open: '1', limit: 20, ...(characters(q) >= 2 ? { q } : {}) } },
    { keepPrevious: true },
  );
  return (
    <Select
      {...rest}
      aria-label={label}
      placeholder={t.targetHint}
      value={value ?? null}
      showSearch={{ filterOption: false, onSearch: setText }}
      loading={found.isFetching}
      options={(found.data?.items ?? [])
        .filter((row) => row.id !== except)
        .map((row) => ({
          value: row.id,
          label: `${row.number} · ${pick(incidentStateLabel(row))} · ${row.summary}`,
        }))}
      onChange={(id: string) => onChange?.(id)}
    />
  );
}
