import {
  type AreaDraft,
  callOffDraft,
  deleteVersion,
  listDrafts,
  listVersions,
  readDraft,
} from '@wangge/areas/contract';
import { borderTexts, shellTexts } from '@wangge/texts/console';
import { formatTime, useSend, useTexts } from '@wangge/ui';
import { Button, Popconfirm, Space } from 'antd';
import { useState } from 'react';
import { FormProblem } from '../../../common/form-problem.tsx';
import { Publish } from '../publish.tsx';
import type { DraftEdits } from './use-draft-edits.ts';

/** Check, publish, call off, delete; and the way back to the list. */
export function DraftTools({ draft, edits, onClose }: { draft: AreaDraft; edits: DraftEdits; onClose: () => void }) {
  const t = useTexts(borderTexts);
  const shell = useTexts(shellTexts);
  const [publishing, setPublishing] = useState(false);
  const remove = useSend(deleteVersion, [listDrafts, listVersions]);
  const callOff = useSend(callOffDraft, [readDraft, listDrafts, listVersions]);
  const params = { id: draft.id };
  const done = draft.steps.some((step) => step.done);
  return (
    <>
      <p>
        <button type="button" className="plain-button" onClick={onClose}>
          ← {t.back}
        </button>
      </p>
      <h2>{draft.note}</h2>
      {draft.effectiveAtMs === null ? null : (
        <p>
          <strong>{t.scheduled(formatTime(draft.effectiveAtMs))}</strong> <span className="muted">{t.waiting}</span>
        </p>
      )}
      <FormProblem error={remove.error ?? callOff.error ?? edits.check.error} />
      <Space wrap size={8} className="gap">
        {draft.effectiveAtMs === null ? (
          <>
            <Button size="small" loading={edits.check.isPending} onClick={() => edits.check.mutate({ params })}>
              {t.check}
            </Button>
            <Button size="small" type="primary" disabled={draft.stale || !done} onClick={() => setPublishing(true)}>
              {t.publish}
            </Button>
          </>
        ) : (
          <Button size="small" loading={callOff.isPending} onClick={() => callOff.mutate({ params })}>
            {t.callOff}
          </Button>
        )}
        <Popconfirm
          title={t.deleteSure}
          okText={t.delete}
          okButtonProps={{ danger: true }}
          cancelText={shell.cancel}
          onConfirm={() => remove.mutate({ params }, { onSuccess: onClose })}
        >
          <Button size="small" danger>
            {t.delete}
          </Button>
        </Popconfirm>
      </Space>
      {draft.checked?.current ? (
        <p role="status">{draft.checked.faults === 0 ? `✓ ${t.clean}` : t.faults(draft.checked.faults)}</p>
      ) : null}
      {publishing ? (
        <Publish version={draft} revision={draft.revision} onClose={() => setPublishing(false)} onDone={onClose} />
      ) : null}
    </>
  );
}
