import { findingSchema } from '@wangge/areas/contract';
import type { CallError } from '@wangge/client';
import { adminTexts } from '@wangge/texts/console';
import { useTexts } from '@wangge/ui';
import { useTown } from '@wangge/ui/map';
import { useMemo } from 'react';
import { Findings } from './findings.tsx';

/** Where a draft that was refused is not exact, over the borders in force. */
export function RefusedPlaces({ error }: { error: CallError }) {
  const t = useTexts(adminTexts).areas.version;
  const town = useTown();
  const { findings: named, places: _lines, ...counts } = error.details;
  const findings = useMemo(() => findingSchema.array().safeParse(named).data ?? [], [named]);
  if (findings.length === 0) return null;
  const all = Object.values(counts).reduce<number>((sum, count) => sum + (typeof count === 'number' ? count : 0), 0);
  return (
    <Findings findings={findings} town={town} title={t.faultyPlaces(findings.length, Math.max(all, findings.length))} />
  );
}
