import {
  type Approval,
  approvalKinds,
  approvalStates,
  decideApproval,
  listApprovals,
  readApproval,
  withdrawApproval,
} from '@wangge/approvals/contract';
import { shellTexts, videoRecordTexts, videoTexts } from '@wangge/texts/console';
import { formatTime, usePick, useSend, useTexts } from '@wangge/ui';
import { viewPurposes, type ViewPurpose } from '@wangge/video/contract';
import { App, Button, Input, Modal, Segmented } from 'antd';
import { useState } from 'react';
import { FormProblem } from '../../common/form-problem.tsx';
import { PagedTable } from '../../common/paged-table.tsx';
import { usePages } from '../../common/use-pages.ts';
import { useMe } from '../../session/me.tsx';
import { Page } from '../../shell/page.tsx';
import { spanText } from './span-text.ts';

type Which = 'waiting' | 'all';
const refreshed = [listApprovals, readApproval];

/** Requests for a second person's word: decide those of others, follow one's own. */
export function ApprovalsPage() {
  const t = useTexts(videoRecordTexts);
  const shell = useTexts(shellTexts);
  const title = useTexts(videoTexts).pages.approvals;
  const pick = usePick();
  const { modal, message } = App.useApp();
  const { account } = useMe();
  const [which, setWhich] = useState<Which>('waiting');
  const pages = usePages<Approval>(listApprovals, which === 'waiting' ? { state: 'waiting' } : {}, {
    live: { types: ['approvals.changed'] },
  });
  const decide = useSend(decideApproval, refreshed);
  const withdraw = useSend(withdrawApproval, refreshed);
  const [open, setOpen] = useState<{ of: Approval; approve: boolean } | null>(null);
  const [note, setNote] = useState('');
  const begin = (of: Approval, approve: boolean): void => {
    decide.reset();
    setNote('');
    setOpen({ of, approve });
  };
  const purposeOf = (purpose: string): string =>
    purpose in viewPurposes ? pick(viewPurposes[purpose as ViewPurpose]) : purpose;
  const spanOf = ({ details }: Approval): string =>
    typeof details['fromMs'] === 'number' && typeof details['toMs'] === 'number'
      ? spanText(details['fromMs'], details['toMs'])
      : '';
  const columns = [
    {
      title: t.what,
      key: 'what',
      render: (_: unknown, a: Approval) => (
        <>
          <strong>{a.title}</strong>
          <div className="muted">{[pick(approvalKinds[a.kind]), spanOf(a)].filter(Boolean).join(' · ')}</div>
        </>
      ),
    },
    { title: t.reason, key: 'reason', render: (_: unknown, a: Approval) => `${purposeOf(a.purpose)} · ${a.reason}` },
    { title: t.asker, key: 'by', render: (_: unknown, a: Approval) => `${a.byName} ${formatTime(a.askedAtMs)}` },
    {
      title: t.state,
      key: 'state',
      render: (_: unknown, a: Approval) => (
        <>
          {pick(approvalStates[a.state])}
          {a.decidedByName === null || a.decidedAtMs === null ? null : (
            <div className="muted">
              {t.decidedBy(a.decidedByName, formatTime(a.decidedAtMs))} {a.note}
            </div>
          )}
          {a.state === 'waiting' || a.state === 'approved' ? (
            <div className="muted">{t.expires(formatTime(a.expiresAtMs))}</div>
          ) : null}
        </>
      ),
    },
    {
      title: t.actions,
      key: 'actions',
      render: (_: unknown, a: Approval) => (
        <div className="video-tools">
          {a.mayDecide && a.state === 'waiting' ? (
            <>
              <Button size="small" type="primary" onClick={() => begin(a, true)}>
                {t.approve}
              </Button>
              <Button size="small" onClick={() => begin(a, false)}>
                {t.refuse}
              </Button>
            </>
          ) : null}
          {a.byId === account.id && a.state === 'waiting' ? (
            <Button
              size="small"
              onClick={() =>
                void modal.confirm({
                  title: t.withdrawAsk,
                  okText: t.withdraw,
                  cancelText: shell.cancel,
                  onOk: () => withdraw.mutate({ params: { id: a.id } }),
                })
              }
            >
              {t.withdraw}
            </Button>
          ) : null}
        </div>
      ),
    },
  ];
  const tools = (
    <Segmented<Which>
      aria-label={t.which}
      value={which}
      options={(['waiting', 'all'] as const).map((value) => ({ value, label: t.whichKinds[value] }))}
      onChange={setWhich}
    />
  );
  return (
    <Page title={title} tools={tools}>
      <FormProblem error={withdraw.error} />
      <PagedTable<Approval> columns={columns} pages={pages} rowKey="id" empty={t.approvalsEmpty} minWidth={860} />
      {open === null ? null : (
        <Modal
          open
          title={`${open.approve ? t.approve : t.refuse} · ${open.of.title}`}
          okText={open.approve ? t.approve : t.refuse}
          cancelText={shell.cancel}
          confirmLoading={decide.isPending}
          onCancel={() => setOpen(null)}
          onOk={() =>
            decide.mutate(
              { params: { id: open.of.id }, body: { approve: open.approve, note: note.trim() === '' ? null : note } },
              {
                onSuccess: () => {
                  setOpen(null);
                  void message.success(t.decided);
                },
              },
            )
          }
        >
          <p>
            {open.of.byName} · {purposeOf(open.of.purpose)} · {open.of.reason}
          </p>
          <FormProblem error={decide.error} />
          <Input.TextArea
            aria-label={t.note}
            placeholder={t.note}
            rows={2}
            maxLength={300}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        </Modal>
      )}
    </Page>
  );
}
