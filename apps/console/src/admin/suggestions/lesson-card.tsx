import { learnLesson, listLessons, switchLesson, type Lesson } from '@wangge/incidents/contract';
import { suggestTexts } from '@wangge/texts/console';
import { formatExact, usePick, useSend, useTexts } from '@wangge/ui';
import { App, Button, Switch, Table } from 'antd';
import { FormProblem } from '../../common/form-problem.tsx';

const percent = (share: number): string => `${(share * 100).toFixed(1)}%`;

/** One subject: state, figures, words. */
export function LessonCard({ lesson }: { lesson: Lesson }) {
  const t = useTexts(suggestTexts).admin;
  const pick = usePick();
  const { message } = App.useApp();
  const learn = useSend(learnLesson, [listLessons]);
  const turn = useSend(switchLesson, [listLessons]);
  const params = { subject: lesson.subject };
  const { quality } = lesson;
  const never = lesson.subject === 'category' ? t.neverCategory : t.never;
  return (
    <section className="lesson" aria-label={t[lesson.subject]} data-testid={`lesson-${lesson.subject}`}>
      <div className="lesson-head">
        <h2>{t[lesson.subject]}</h2>
        <label className="field-inline">
          {t.on}{' '}
          <Switch
            aria-label={`${t[lesson.subject]} ${t.on}`}
            checked={lesson.enabled}
            loading={turn.isPending}
            onChange={(enabled) => turn.mutate({ params, body: { enabled } })}
          />
        </label>
        <Button
          loading={learn.isPending || lesson.learning}
          onClick={() => learn.mutate({ params }, { onSuccess: () => void message.success(t.begun) })}
        >
          {t.learnNow}
        </Button>
      </div>
      <p>{lesson.subject === 'category' ? t.categoryAbout : t.ownerAbout}</p>
      <FormProblem error={learn.error ?? turn.error} />
      <p role="status">
        {lesson.learning
          ? t.learning
          : lesson.learnedAtMs === null
            ? never
            : `${t.learned} ${formatExact(lesson.learnedAtMs)}${lesson.learnMs === null ? '' : `，${t.seconds((lesson.learnMs / 1000).toFixed(1))}`}`}
        {lesson.problem === null || lesson.learning ? null : (
          <>
            <br />
            {lesson.problem === 'too-few' ? t.tooFew : t.failed}
          </>
        )}
      </p>
      <p className="muted">{t.nightly}</p>
      {lesson.examples === null ? null : (
        <>
          <dl className="lesson-figures">
            <Figure name={t.examples} value={t.count(lesson.examples)} />
            <Figure name={t.words} value={String(lesson.words ?? 0)} />
            {quality ? (
              <>
                <Figure name={t.top1} value={percent(quality.top1)} />
                <Figure name={t.top3} value={percent(quality.top3)} />
                <Figure name={t.baseline} value={percent(quality.baseline)} />
                <Figure name={t.tested} value={t.count(quality.tested)} />
              </>
            ) : null}
          </dl>
          <p className="muted">{quality ? t.testedHint : t.noQuality}</p>
          <Table<Lesson['strongest'][number]>
            size="small"
            rowKey="label"
            pagination={false}
            dataSource={lesson.strongest}
            columns={[
              { title: t.label, width: 130, render: (_, row) => pick(row.name) },
              { title: t.strongest, render: (_, row) => row.words.join('  ') },
            ]}
          />
        </>
      )}
    </section>
  );
}

function Figure({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
