import { type CallError, download, isCallError } from '@wangge/client';
import { answerHotline, type HotlineSource } from '@wangge/integrations/contract';
import { hotlineTexts, shellTexts } from '@wangge/texts/console';
import { useLang, useTexts } from '@wangge/ui';
import { Modal, Radio } from 'antd';
import { useState } from 'react';
import { FormProblem } from '../../common/form-problem.tsx';
import { saveFile } from '../../common/save-file.ts';

/** Answers since a day, in the source's own form. */
export function AnswersDialog({ source, onClose }: { source: HotlineSource; onClose: () => void }) {
  const t = useTexts(hotlineTexts);
  const shell = useTexts(shellTexts);
  const { lang } = useLang();
  const [format, setFormat] = useState<'csv' | 'xlsx'>('xlsx');
  const [day, setDay] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<CallError | null>(null);
  const fetchFile = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    // The start of the day by the clock of who asks.
    const sinceMs = day === '' ? 0 : new Date(`${day}T00:00`).getTime();
    try {
      const { file, name } = await download(answerHotline, {
        params: { id: source.id },
        query: { format, sinceMs, lang },
      });
      saveFile(file, name);
      onClose();
    } catch (problem) {
      if (!isCallError(problem)) throw problem;
      setError(problem);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      title={t.answersOf(source.name)}
      okText={t.save}
      cancelText={shell.cancel}
      confirmLoading={busy}
      onCancel={onClose}
      onOk={() => void fetchFile()}
    >
      <FormProblem error={error} />
      <p>
        <label className="hotline-since">
          {t.since}
          <input
            type="date"
            className="ant-input ant-input-outlined"
            value={day}
            onChange={(event) => setDay(event.target.value)}
          />
        </label>
      </p>
      <Radio.Group
        value={format}
        onChange={(event) => setFormat(event.target.value as 'csv' | 'xlsx')}
        options={[
          { value: 'xlsx', label: 'Excel' },
          { value: 'csv', label: 'CSV' },
        ]}
      />
    </Modal>
  );
}
