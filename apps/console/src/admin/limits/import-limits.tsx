import { importLimits, readLimits } from '@wangge/incidents/contract';
import { adminTexts, clockTexts, shellTexts } from '@wangge/texts/console';
import { useSend, useTexts } from '@wangge/ui';
import { App, Input, Modal } from 'antd';
import { useState } from 'react';
import { FilePick } from '../../common/file-pick.tsx';
import { FormProblem } from '../../common/form-problem.tsx';

/** Limits out of a CSV file: all rows or none. */
export function ImportLimits({ onClose }: { onClose: () => void }) {
  const t = useTexts(adminTexts).categories;
  const own = useTexts(clockTexts).limits;
  const shell = useTexts(shellTexts);
  const { message } = App.useApp();
  const [csv, setCsv] = useState('');
  const send = useSend(importLimits, [readLimits]);
  return (
    <Modal
      open
      title={own.import}
      okText={t.submit}
      cancelText={shell.cancel}
      okButtonProps={{ disabled: csv.trim() === '', loading: send.isPending }}
      onCancel={onClose}
      onOk={() =>
        send.mutate(
          { body: { csv } },
          {
            onSuccess: ({ created, changed }) => {
              void message.success(t.imported(created, changed));
              onClose();
            },
          },
        )
      }
    >
      <FormProblem error={send.error} />
      <p className="muted">{own.importHint}</p>
      <p>
        <FilePick label={t.file} accept=".csv,text/csv" onPick={(file) => void file.text().then(setCsv)} />
      </p>
      <Input.TextArea
        aria-label={t.csv}
        placeholder={t.csv}
        rows={8}
        maxLength={1_000_000}
        value={csv}
        onChange={(event) => setCsv(event.target.value)}
      />
    </Modal>
  );
}
