import { lessonChanged, listLessons } from '@wangge/incidents/contract';
import { suggestTexts } from '@wangge/texts/console';
import { ErrorBlock, LoadingBlock, useCall, useTexts } from '@wangge/ui';
import { useMay } from '../../session/me.tsx';
import { Page } from '../../shell/page.tsx';
import '../../suggest/suggest.css';
import { LessonCard } from './lesson-card.tsx';

const permission = 'incidents.manage-suggestions';

/** What suggestions were learned from, how good they are, learning anew, switching off. */
export function SuggestionsPage() {
  const t = useTexts(suggestTexts).admin;
  const may = useMay();
  const lessons = useCall(listLessons, {}, { enabled: may(permission), live: { types: [lessonChanged.type] } });
  return (
    <Page title={t.title} permission={permission}>
      <p>{t.lead}</p>
      {lessons.data ? (
        <div className="lessons">
          {lessons.data.lessons.map((lesson) => (
            <LessonCard key={lesson.subject} lesson={lesson} />
          ))}
        </div>
      ) : lessons.error ? (
        <ErrorBlock error={lessons.error} onRetry={() => void lessons.refetch()} />
      ) : (
        <LoadingBlock rows={8} />
      )}
    </Page>
  );
}
