import { alikeTexts } from '@wangge/texts/console';
import { usePick, useTexts } from '@wangge/ui';
import { Button } from 'antd';
import './alike.css';
import { useAlike, type Written } from './use-alike.ts';

interface Props extends Written {
  /** What was chosen to be the same. */
  readonly value?: string;
  readonly onChange?: (id: string | undefined) => void;
}

/** While a call is being logged: what was reported nearby already. Works as a form's field. */
export function BeforeSending({ value, onChange, ...written }: Props) {
  const t = useTexts(alikeTexts);
  const pick = usePick();
  const alike = useAlike(written);
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
