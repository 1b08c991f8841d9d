import { readCalendar, saveWeek } from '@wangge/incidents/contract';
import { clockTexts, shellTexts } from '@wangge/texts/console';
import { useLang, useSend, useTexts } from '@wangge/ui';
import { App, Button, Input } from 'antd';
import { useState } from 'react';
import { FormProblem } from '../../common/form-problem.tsx';
import { readSegments, segmentsText } from './segments.ts';

type Weekly = readonly (readonly { readonly fromMin: number; readonly toMin: number }[])[];

/** Seven lines of working hours. */
export function WeekForm({ weekly, edits }: { weekly: Weekly; edits: boolean }) {
  const t = useTexts(clockTexts).calendar;
  const shell = useTexts(shellTexts);
  const { lang } = useLang();
  const { message } = App.useApp();
  const [lines, setLines] = useState(() => weekly.map(segmentsText));
  const save = useSend(saveWeek, [readCalendar]);
  const read = lines.map(readSegments);
  const wrong = read.includes(null);
  const weekday = new Intl.DateTimeFormat(lang === 'zh' ? 'zh-CN' : 'en-GB', { weekday: 'long', timeZone: 'UTC' });
  return (
    <section className="panel" aria-labelledby="week-title">
      <h2 id="week-title">{t.week}</h2>
      <FormProblem error={save.error} />
      <div className="week-hours">
        {lines.map((line, i) => {
          // 2024 began on a Monday.
          const name = weekday.format(Date.UTC(2024, 0, i + 1));
          return [
            <span key={`name-${i}`}>{name}</span>,
            <Input
              key={i}
              aria-label={`${name} ${t.segments}`}
              value={line}
              maxLength={100}
              disabled={!edits}
              status={read[i] === null ? 'error' : ''}
              placeholder={t.off}
              onChange={(event) => setLines(lines.with(i, event.target.value))}
            />,
          ];
        })}
      </div>
      <p className="muted">{t.segmentsHint}</p>
      {wrong ? <p role="alert">{t.segmentsWrong}</p> : null}
      {edits ? (
        <Button
          type="primary"
          disabled={wrong}
          loading={save.isPending}
          onClick={() =>
            save.mutate(
              { body: { weekly: read.map((segments) => segments ?? []) } },
              { onSuccess: () => void message.success(shell.saved) },
            )
          }
        >
          {t.saveWeek}
        </Button>
      ) : null}
    </section>
  );
}
