import { Link } from '@tanstack/react-router';
import { readCalendar } from '@wangge/incidents/contract';
import { clockTexts } from '@wangge/texts/console';
import { useCall, useTexts } from '@wangge/ui';
import './calendar-alert.css';

/** For those who can mend it, on every page: a year whose holidays nobody entered makes deadlines wrong. */
export function CalendarAlert() {
  const t = useTexts(clockTexts).calendar;
  const live = { types: ['incidents.clocks-recomputed'] };
  const { data } = useCall(readCalendar, { query: {} }, { freshMs: 3_600_000, live });
  const years = (data?.warnings ?? []).filter((warning) => warning.urgency === 'now').map((warning) => warning.year);
  if (years.length === 0) return null;
  return (
    <div className="shell-alert" role="status" data-testid="calendar-alert">
      <span>⚠ {t.alert(years.join(', '))}</span>
      <Link to="/admin/calendar">{t.open}</Link>
    </div>
  );
}
