import { download } from '@wangge/client';
import { shellTexts, videoCameraTexts } from '@wangge/texts/console';
import { useLang, usePick, useSend, useTexts } from '@wangge/ui';
import { cameraPins, importCameras, importTemplate, listCameras } from '@wangge/video/contract';
import { Alert, App, Button, Modal } from 'antd';
import { useState } from 'react';
import { contentOf, fileKinds } from '../../admin/hotline/file-content.ts';
import { FilePick } from '../../common/file-pick.tsx';
import { FormProblem } from '../../common/form-problem.tsx';
import { saveFile } from '../../common/save-file.ts';

/** Cameras from a file: first what it means, then entered. */
export function ImportCameras({ onClose }: { onClose: () => void }) {
  const t = useTexts(videoCameraTexts);
  const shell = useTexts(shellTexts);
  const pick = usePick();
  const { lang } = useLang();
  const { message } = App.useApp();
  const [file, setFile] = useState<{ content: string; fileName: string } | null>(null);
  const check = useSend(importCameras);
  const enter = useSend(importCameras, [listCameras, cameraPins]);
  const choose = async (chosen: File): Promise<void> => {
    const read = await contentOf(chosen);
    setFile(null);
    check.reset();
    enter.reset();
    if (read === null) return void message.error(t.tooLarge);
    const next = { content: read.content, fileName: chosen.name };
    setFile(next);
    return check.mutate({ body: { ...next, commit: false } });
  };
  const template = async (format: 'csv' | 'xlsx'): Promise<void> => {
    try {
      const { file: made, name } = await download(importTemplate, { query: { format, lang } });
      saveFile(made, name);
    } catch (error) {
      void message.error(error instanceof Error ? error.message : String(error));
    }
  };
  const found = check.data;
  const clean = found !== undefined && found.problems.length === 0 && found.rows > 0;
  return (
    <Modal
      open
      width={720}
      title={t.import}
      okText={t.importNow}
      cancelText={shell.cancel}
      okButtonProps={{ disabled: !clean || file === null }}
      confirmLoading={enter.isPending}
      onCancel={onClose}
      onOk={() => {
        if (file === null) return;
        enter.mutate(
          { body: { ...file, commit: true } },
          {
            onSuccess: (answer) => {
              void message.success(
                `${t.imported} · ${t.importFacts(answer.rows, answer.created, answer.changed, answer.unchanged)}`,
              );
              onClose();
            },
          },
        );
      }}
    >
      <p className="muted">{t.importHint}</p>
      <div className="video-tools">
        <FilePick label={t.chooseFile} accept={fileKinds} onPick={(chosen) => void choose(chosen)} />
        <Button onClick={() => void template('xlsx')}>{t.template} XLSX</Button>
        <Button onClick={() => void template('csv')}>{t.template} CSV</Button>
      </div>
      <FormProblem error={check.error ?? enter.error} />
      {check.isPending ? <p role="status">{t.checking}</p> : null}
      {found ? (
        <Alert
          className="gap"
          role="status"
          type={clean ? 'info' : 'warning'}
          title={`${file?.fileName ?? ''} · ${t.importFacts(found.rows, found.created, found.changed, found.unchanged)}`}
          description={
            found.problems.length === 0 ? null : (
              <>
                <p>{t.importProblems(found.problems.length)}</p>
                <ul className="row-problems">
                  {found.problems.map((problem) => (
                    <li key={`${problem.row} ${problem.column ?? ''} ${problem.message.en}`}>
                      {t.problemAt(problem.row, problem.column ?? '')} · {pick(problem.message)}
                    </li>
                  ))}
                </ul>
              </>
            )
          }
        />
      ) : null}
    </Modal>
  );
}
