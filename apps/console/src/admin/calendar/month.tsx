import { clockTexts } from '@wangge/texts/console';
import { useLang, useTexts } from '@wangge/ui';

/** What a day is, beside its number. */
export interface DayView {
  readonly day: string;
  readonly worked: boolean;
  readonly name: string | null;
  readonly own: boolean;
  /** Differs from its weekday. */
  readonly special: boolean;
}
interface Props {
  readonly year: number;
  /** 1–12. */
  readonly month: number;
  readonly dayOf: (day: string) => DayView;
  /** Null where one may only look. */
  readonly onPick: ((day: string) => void) | null;
}

export function Month({ year, month, dayOf, onPick }: Props) {
  const t = useTexts(clockTexts).calendar;
  const { lang } = useLang();
  const locale = lang === 'zh' ? 'zh-CN' : 'en-GB';
  const first = new Date(Date.UTC(year, month - 1, 1));
  const count = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const blanks = (first.getUTCDay() + 6) % 7;
  const weekday = new Intl.DateTimeFormat(locale, { weekday: 'narrow', timeZone: 'UTC' });
  const name = new Intl.DateTimeFormat(locale, { month: 'long', timeZone: 'UTC' }).format(first);
  return (
    <section className="calendar-month" aria-label={`${name} ${year}`}>
      <h3>{name}</h3>
      <div className="calendar-grid">
        {Array.from({ length: 7 }, (_, i) => (
          // 2024 began on a Monday.
          <span key={i} aria-hidden="true">
            {weekday.format(Date.UTC(2024, 0, i + 1))}
          </span>
        ))}
        {Array.from({ length: blanks }, (_, i) => (
          <i key={`blank-${i}`} />
        ))}
        {Array.from({ length: count }, (_, i) => {
          const view = dayOf(`${year}-${String(month).padStart(2, '0')}-${String(i + 1).padStart(2, '0')}`);
          const word = view.worked ? t.work : t.off;
          // Drawn by the style sheet; the hidden words say it all.
          const mark = view.special ? word : undefined;
          const className = [
            'calendar-day',
            view.worked ? '' : 'calendar-free',
            view.special ? 'calendar-special' : '',
            view.own ? 'calendar-own' : '',
          ].join(' ');
          const label = [view.day, word, view.name ?? '', view.own ? t.own : ''].filter((w) => w !== '').join(' ');
          return onPick === null ? (
            <span key={view.day} className={className} title={label} data-word={mark}>
              <span aria-hidden="true">{i + 1}</span>
              <span className="hidden">{label}</span>
            </span>
          ) : (
            <button
              key={view.day}
              type="button"
              className={className}
              title={label}
              data-word={mark}
              onClick={() => onPick(view.day)}
            >
              {i + 1}
              <span className="hidden"> {label}</span>
            </button>
          );
        })}
      </div>
    </section>
  );
}
