import { readCalendar } from '@wangge/incidents/contract';
import { clockTexts } from '@wangge/texts/console';
import { ErrorBlock, formatDay, LoadingBlock, useCall, useLabelled, useNow, usePick, useTexts } from '@wangge/ui';
import { Alert, Button, Select } from 'antd';
import { useMemo, useState } from 'react';
import { useMay } from '../../session/me.tsx';
import { Page } from '../../shell/page.tsx';
import { DayForm } from './day-form.tsx';
import { Month, type DayView } from './month.tsx';
import { RecomputeNote } from './recompute-note.tsx';
import { WeekForm } from './week-form.tsx';
import { YearForm } from './year-form.tsx';
import '../../clocks.css';

/** The working calendar: week, published holidays, the town's own days; and, loudly, what is missing. */
export function CalendarPage() {
  const t = useTexts(clockTexts).calendar;
  const pick = usePick();
  const labelled = useLabelled();
  const may = useMay();
  const edits = may('incidents.edit-categories');
  const now = Number(formatDay(useNow(3_600_000)).slice(0, 4));
  const [year, setYear] = useState(now);
  const [picked, setPicked] = useState<string | null>(null);
  const [entering, setEntering] = useState<number | null>(null);
  const live = { types: ['incidents.clocks-recomputed'] };
  const calendar = useCall(readCalendar, { query: { year } }, { live, keepPrevious: true });
  const { data } = calendar;
  const days = useMemo(() => new Map((data?.days ?? []).map((day) => [day.day, day])), [data]);
  if (!data) {
    return (
      <Page title={t.title}>
        {calendar.error ? (
          <ErrorBlock error={calendar.error} onRetry={() => void calendar.refetch()} />
        ) : (
          <LoadingBlock rows={8} />
        )}
      </Page>
    );
  }
  const dayOf = (day: string): DayView => {
    const rule = days.get(day);
    const ofWeek = (data.weekly[(new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7] ?? []).length > 0;
    const worked = rule ? rule.kind === 'work' : ofWeek;
    return { day, worked, name: rule?.name ?? null, own: rule?.own ?? false, special: rule !== undefined };
  };
  const years = [...new Set([...data.years.map((y) => y.year), now - 1, now, now + 1])].toSorted((a, b) => a - b);
  return (
    <Page
      title={t.title}
      tools={
        <Select
          aria-label={t.year}
          value={year}
          onChange={setYear}
          options={years.map((value) => ({ value, label: String(value) }))}
        />
      }
    >
      {data.warnings.map((warning) => (
        <Alert
          key={warning.year}
          className="calendar-warning"
          type={warning.urgency === 'now' ? 'error' : 'warning'}
          showIcon
          title={labelled(t.warning, String(warning.year))}
          description={pick(warning.message)}
          style={{ marginBottom: 12 }}
          action={
            edits ? <Button onClick={() => setEntering(warning.year)}>{t.enter(warning.year)}</Button> : undefined
          }
        />
      ))}
      <RecomputeNote recompute={data.recompute} />
      <section className="panel" aria-labelledby="days-title">
        <h2 id="days-title">
          {year} {t.days}
        </h2>
        <p className="muted">
          {t.workdays(data.workdays)}
          {edits ? ` · ${t.legend}` : ''}
        </p>
        <div className="calendar-year">
          {Array.from({ length: 12 }, (_, i) => (
            <Month key={i} year={year} month={i + 1} dayOf={dayOf} onPick={edits ? setPicked : null} />
          ))}
        </div>
      </section>
      <div className="columns">
        {/* Begins anew where somebody else changed the week. */}
        <WeekForm key={JSON.stringify(data.weekly)} weekly={data.weekly} edits={edits} />
        <section className="panel" aria-labelledby="years-title">
          <h2 id="years-title">{t.years}</h2>
          <ul>
            {data.years.map((each) => (
              <li key={each.year}>
                <strong>{each.year}</strong> {each.source}{' '}
                <span className="muted">{each.builtIn ? t.builtIn : t.entered}</span>
              </li>
            ))}
          </ul>
          {edits ? <Button onClick={() => setEntering(year)}>{t.enter(year)}</Button> : null}
        </section>
      </div>
      {picked === null ? null : (
        <DayForm key={picked} day={picked} known={days.get(picked) ?? null} onClose={() => setPicked(null)} />
      )}
      {entering === null ? null : <YearForm year={entering} onClose={() => setEntering(null)} />}
    </Page>
  );
}
