import { deskTexts } from '@wangge/texts/console';
import { formatDay, useNow, useTexts } from '@wangge/ui';
import { Select } from 'antd';

interface Props {
  readonly value: string | undefined;
  readonly onChange: (range: string | undefined) => void;
}
const custom = 'custom';

/** Usual spans, or two days of one's own by the browser's date fields. */
export function RangeSelect({ value, onChange }: Props) {
  const t = useTexts(deskTexts).filter;
  const own = value?.includes('..') ?? false;
  const [from = '', to = ''] = own ? (value ?? '').split('..') : [];
  const today = formatDay(useNow(3_600_000));
  const set = (a: string, b: string): void => {
    if (a !== '' && b !== '') onChange(a <= b ? `${a}..${b}` : `${b}..${a}`);
  };
  return (
    <>
      <Select
        aria-label={t.range}
        className="filter-range"
        value={own ? custom : (value ?? '')}
        options={[
          { value: '', label: t.any },
          { value: 'today', label: t.today },
          { value: '7d', label: t.days(7) },
          { value: '30d', label: t.days(30) },
          { value: '365d', label: t.days(365) },
          { value: custom, label: t.custom },
        ]}
        onChange={(next) => onChange(next === '' ? undefined : next === custom ? `${today}..${today}` : next)}
      />
      {own ? (
        <span className="filter-days">
          <input type="date" aria-label={t.from} value={from} max={today} onChange={(e) => set(e.target.value, to)} />
          <input type="date" aria-label={t.to} value={to} max={today} onChange={(e) => set(from, e.target.value)} />
        </span>
      ) : null}
    </>
  );
}
