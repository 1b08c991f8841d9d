import type { Place } from '@wangge/contract-kit';
import { findAlike } from '@wangge/incidents/contract';
import { alikeTexts } from '@wangge/texts/console';
import { useCall, usePick, useTexts } from '@wangge/ui';
import { Button } from 'antd';
import { useDeferredValue } from 'react';
import './alike.css';

interface Props {
  readonly categoryCode: string | undefined;
  readonly description: string | undefined;
  readonly place: Place | undefined;
  readonly areaId: string | undefined;
  /** What was chosen to be the same. */
  readonly value?: string;
  readonly onChange?: (id: string | undefined) => void;
}

/** While a call is being logged: what was reported nearby already. Works as a form's field. */
export function BeforeSending({ value, onChange, ...written }: Props) {
  const t = useTexts(alikeTexts);
  const pick = usePick();
  const { categoryCode = '', description = '', place, areaId } = useDeferredValue(written);
  const ready = categoryCode !== '' && description.trim().length > 1 && (place !== undefined || areaId !== undefined);
  const found = useCall(
    findAlike,
    {
      body: {
        categoryCode,
        description: description.trim(),
        ...(place ? { place } : areaId === undefined ? {} : { areaId }),
      },
    },
    { enabled: ready, keepPrevious: true },
  );
  const alike = ready ? (found.data?.alike ?? []) : [];
  if (alike.length === 0) return null;
  return (
    <section className="alike-before" aria-label={t.before} data-testid="alike-before">
      <strong>{t.before}</strong> <span className="muted">{t.beforeLead}</span>
      <ul>
        {alike.map((one) => (
          <li key={one.id}>
            <span className="alike-what">
              {one.number} {one.description.slice(0, 30)}
              <small>
                {one.id === value ? t.joined(one.number) : one.reasons.map((reason) => pick(reason)).join(' · ')}
              </small>
            </span>
            <Button
              size="small"
              aria-pressed={one.id === value}
              onClick={() => onChange?.(one.id === value ? undefined : one.id)}
            >
              {one.id === value ? t.leave : t.join}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
