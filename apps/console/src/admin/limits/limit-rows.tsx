import { clockModes, clockPhases, severities, type Limit } from '@wangge/incidents/contract';
import { clockTexts } from '@wangge/texts/console';
import { usePick, useTexts } from '@wangge/ui';
import { Button, InputNumber, Select } from 'antd';

export type LimitRow = Omit<Limit, 'categoryCode'>;
interface Props {
  readonly rows: readonly LimitRow[];
  readonly onChange: (rows: LimitRow[]) => void;
}

/** One line for each limit: phase, severity, how long, in which time. */
export function LimitRows({ rows, onChange }: Props) {
  const t = useTexts(clockTexts).limits;
  const pick = usePick();
  const set = (i: number, change: Partial<LimitRow>): void =>
    onChange(rows.map((row, at) => (at === i ? { ...row, ...change } : row)));
  return (
    <div className="limit-rows">
      {rows.length === 0 ? <p className="muted">{t.empty}</p> : null}
      {rows.map((row, i) => (
        // Rows have no names of their own; their place is what a person sees.
        <div key={i} className="limit-row" role="group" aria-label={`${t.minutes} ${i + 1}`}>
          <Select
            aria-label={t.phase}
            value={row.phase}
            onChange={(phase) => set(i, { phase })}
            options={Object.entries(clockPhases).map(([value, label]) => ({
              value: value as LimitRow['phase'],
              label: pick(label),
            }))}
          />
          <Select
            aria-label={t.severity}
            value={row.severity}
            onChange={(severity) => set(i, { severity })}
            options={[
              { value: '*' as const, label: t.every },
              ...Object.entries(severities).map(([value, label]) => ({
                value: value as LimitRow['severity'],
                label: pick(label),
              })),
            ]}
          />
          <InputNumber
            aria-label={`${t.minutes}（${t.hours}）`}
            min={0.1}
            max={87_840}
            suffix={t.hours}
            value={Math.round((row.minutes / 60) * 100) / 100}
            onChange={(hours) => set(i, { minutes: Math.max(1, Math.round((hours ?? 1) * 60)) })}
          />
          <Select
            aria-label={t.mode}
            value={row.mode}
            onChange={(mode) => set(i, { mode })}
            options={Object.entries(clockModes).map(([value, label]) => ({
              value: value as LimitRow['mode'],
              label: pick(label),
            }))}
          />
          <Button size="small" onClick={() => onChange(rows.filter((_, at) => at !== i))}>
            {t.remove}
          </Button>
        </div>
      ))}
      <div>
        <Button
          onClick={() => onChange([...rows, { phase: 'handle', severity: '*', minutes: 24 * 60, mode: 'working' }])}
        >
          {t.add}
        </Button>
      </div>
    </div>
  );
}
