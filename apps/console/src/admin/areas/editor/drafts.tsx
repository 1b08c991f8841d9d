import { listDrafts, listVersions, readDraft, startDraft } from '@wangge/areas/contract';
import { borderTexts } from '@wangge/texts/console';
import { EmptyBlock, ErrorBlock, formatTime, LoadingBlock, StaleTag, useCall, useSend, useTexts } from '@wangge/ui';
import { useAreas } from '@wangge/ui/map';
import { Alert } from 'antd';
import { useState } from 'react';
import { FormProblem } from '../../../common/form-problem.tsx';
import { DraftEditor } from './draft-editor.tsx';
import { Steps } from './steps.tsx';
import './editor.css';

interface Props {
  readonly openId: string | null;
  readonly onOpen: (id: string | null) => void;
}
const live = { types: ['areas.draft-changed', 'areas.changed'] };

/** Drafts that are edited on the page, and the editor of one of them. */
export function Drafts({ openId, onOpen }: Props) {
  return openId === null ? (
    <DraftList onOpen={onOpen} />
  ) : (
    <OpenDraft key={openId} id={openId} onClose={() => onOpen(null)} />
  );
}

function DraftList({ onOpen }: { onOpen: (id: string) => void }) {
  const t = useTexts(borderTexts);
  const { areas, ready } = useAreas();
  const drafts = useCall(listDrafts, {}, { live });
  const start = useSend(startDraft, [listDrafts, listVersions]);
  const [note, setNote] = useState('');
  if (ready && areas.length === 0) return <EmptyBlock title={t.noVersion} />;
  return (
    <>
      <form
        className="panel border-start"
        onSubmit={(event) => {
          event.preventDefault();
          if (note.trim() !== '') start.mutate({ body: { note: note.trim() } }, { onSuccess: ({ id }) => onOpen(id) });
        }}
      >
        <label className="border-field">
          {t.note}
          <input
            value={note}
            maxLength={200}
            placeholder={t.noteHint}
            onChange={(event) => setNote(event.target.value)}
          />
        </label>
        <button type="submit" className="main-button" disabled={note.trim() === '' || start.isPending}>
          {t.start}
        </button>
        <FormProblem error={start.error} />
      </form>
      {drafts.data === undefined ? (
        drafts.error ? (
          <ErrorBlock error={drafts.error} onRetry={() => void drafts.refetch()} />
        ) : (
          <LoadingBlock rows={4} />
        )
      ) : drafts.data.drafts.length === 0 ? (
        <EmptyBlock title={t.none} />
      ) : (
        <ul className="border-drafts" aria-label={t.drafts}>
          {drafts.data.drafts.map((draft) => (
            <li key={draft.id} className="panel">
              <strong>{draft.note}</strong>
              <span>{t.stepsDone(draft.steps.filter(({ done }) => done).length)}</span>
              {draft.effectiveAtMs === null ? null : <span>{t.scheduled(formatTime(draft.effectiveAtMs))}</span>}
              <span className="muted">{t.changed(draft.changedBy, formatTime(draft.changedAtMs))}</span>
              {draft.stale ? <p className="muted">{t.stale}</p> : null}
              <button
                type="button"
                className="wg-button"
                aria-label={`${t.open} ${draft.note}`}
                onClick={() => onOpen(draft.id)}
              >
                {t.open}
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function OpenDraft({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useTexts(borderTexts);
  const draft = useCall(readDraft, { params: { id } }, { live });
  if (!draft.data)
    return draft.error ? (
      <ErrorBlock error={draft.error} onRetry={() => void draft.refetch()} />
    ) : (
      <LoadingBlock rows={8} />
    );
  return (
    <>
      <StaleTag atMs={draft.dataUpdatedAt} />
      <div className="border-wide">
        <DraftEditor {...draft.data} onClose={onClose} />
      </div>
      <div className="border-narrow">
        <Alert type="info" showIcon title={t.narrow} className="gap" />
        <button type="button" className="plain-button" onClick={onClose}>
          ← {t.back}
        </button>
        <h2>{draft.data.draft.note}</h2>
        <Steps draft={draft.data.draft} edits={null} />
      </div>
    </>
  );
}
