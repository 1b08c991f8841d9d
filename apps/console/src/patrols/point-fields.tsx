import type { PointPlan } from '@wangge/patrols/contract';
import { patrolTexts } from '@wangge/texts/console';
import { useTexts } from '@wangge/ui';
import { Button, Input, InputNumber } from 'antd';
import type { DraftPoint } from './draft-points.ts';

interface Props {
  readonly point: DraftPoint;
  readonly n: number;
  readonly last: boolean;
  readonly selected: boolean;
  readonly onSelect: () => void;
  readonly onChange: (change: Partial<PointPlan>) => void;
  readonly onShift: (by: -1 | 1) => void;
  readonly onRemove: () => void;
}

/** Everything of one point, without a pointer. */
export function PointFields({ point, n, last, selected, onSelect, onChange, onShift, onRemove }: Props) {
  const t = useTexts(patrolTexts);
  const { lon, lat } = point.place;
  const of = (what: string): string => `${what} ${n}`;
  return (
    <li className="patrol-point">
      <span className="patrol-n">{n}</span>
      <Input
        aria-label={t.pointName(n)}
        value={point.name}
        maxLength={60}
        status={point.name.trim() === '' ? 'error' : ''}
        onChange={(event) => onChange({ name: event.target.value })}
      />
      <InputNumber
        aria-label={of(t.lon)}
        value={lon}
        min={-180}
        max={180}
        step={0.0001}
        onChange={(value) => onChange({ place: { lat, lon: value ?? lon } })}
      />
      <InputNumber
        aria-label={of(t.lat)}
        value={lat}
        min={-90}
        max={90}
        step={0.0001}
        onChange={(value) => onChange({ place: { lon, lat: value ?? lat } })}
      />
      <InputNumber
        aria-label={of(t.radius)}
        value={point.radiusM}
        min={10}
        max={500}
        precision={0}
        suffix="m"
        onChange={(value) => onChange({ radiusM: value ?? point.radiusM })}
      />
      <Input
        aria-label={of(t.task)}
        placeholder={t.task}
        value={point.task ?? ''}
        maxLength={200}
        onChange={(event) => onChange({ task: event.target.value })}
      />
      <span className="patrol-acts">
        <Button size="small" aria-pressed={selected} onClick={onSelect}>
          {t.select}
        </Button>
        <Button size="small" aria-label={of(t.up)} disabled={n === 1} onClick={() => onShift(-1)}>
          ↑
        </Button>
        <Button size="small" aria-label={of(t.down)} disabled={last} onClick={() => onShift(1)}>
          ↓
        </Button>
        <Button size="small" aria-label={of(t.remove)} onClick={onRemove}>
          ×
        </Button>
      </span>
    </li>
  );
}
