import { readRules, rulesChanged, saveRules, tryRules, type Rule } from '@wangge/dispatch/contract';
import { ruleTexts, shellTexts } from '@wangge/texts/console';
import { EmptyBlock, ErrorBlock, formatTime, LoadingBlock, useCall, useSend, useTexts } from '@wangge/ui';
import { App, Button, Modal } from 'antd';
import { useMemo, useState } from 'react';
import { FormProblem } from '../../common/form-problem.tsx';
import { useMay } from '../../session/me.tsx';
import { Page } from '../../shell/page.tsx';
import { Needs } from './needs.tsx';
import { RuleForm } from './rule-form.tsx';
import { RuleList } from './rule-list.tsx';
import { Trial } from './trial.tsx';
import { useRuleNames } from './use-rule-names.ts';
import './rules.css';

const permission = 'dispatch.edit-rules';

/** The rules in their order, edited as one draft, tried on the past, saved as a whole. */
export function RulesPage() {
  const t = useTexts(ruleTexts);
  const shell = useTexts(shellTexts);
  const may = useMay();
  const { message } = App.useApp();
  const book = useCall(readRules, {}, { enabled: may(permission), live: { types: [rulesChanged.type] } });
  const save = useSend(saveRules, [readRules]);
  const trial = useSend(tryRules);
  const [draft, setDraft] = useState<{ rules: readonly Rule[]; version: number } | null>(null);
  const [picked, setPicked] = useState<ReadonlyMap<string, string>>(new Map());
  const [tried, setTried] = useState<readonly Rule[] | null>(null);
  const [editing, setEditing] = useState<Rule | 'new' | null>(null);
  const people = useMemo(
    () => new Map([...(book.data?.people ?? []).map((p) => [p.id, p.name] as const), ...picked]),
    [book.data, picked],
  );
  const names = useRuleNames(people);
  const rules = draft?.rules ?? book.data?.rules ?? [];
  const change = (next: readonly Rule[]): void => {
    save.reset();
    setDraft({ rules: next, version: draft?.version ?? book.data?.version ?? 0 });
  };
  const isTried = tried !== null && tried === rules;
  const warnings = isTried ? (trial.data?.warnings ?? []) : draft === null ? (book.data?.warnings ?? []) : [];
  const neverMatches = save.error?.code === 'guard-failed';
  const send = (withWarnings: boolean): void =>
    save.mutate(
      { body: { version: draft?.version ?? 0, rules: [...rules], withWarnings } },
      {
        onSuccess: () => {
          setDraft(null);
          void message.success(shell.saved);
        },
      },
    );
  const runTrial = (): void => {
    setTried(rules);
    trial.mutate({ body: { rules: [...rules] } });
  };
  const put = (rule: Rule, name: ReadonlyMap<string, string>): void => {
    setPicked(new Map([...picked, ...name]));
    change(rules.some((r) => r.id === rule.id) ? rules.map((r) => (r.id === rule.id ? rule : r)) : [...rules, rule]);
    setEditing(null);
  };
  const isNewer = draft !== null && book.data !== undefined && book.data.version > draft.version;
  return (
    <Page
      title={t.title}
      permission={permission}
      tools={
        book.data && may(permission) ? (
          <>
            <Button onClick={() => setEditing('new')}>{t.add}</Button>
            <Button disabled={rules.length === 0} loading={trial.isPending} onClick={runTrial}>
              {t.tryOut}
            </Button>
            {draft ? <Button onClick={() => (setDraft(null), save.reset())}>{t.discard}</Button> : null}
            <Button type="primary" disabled={draft === null} loading={save.isPending} onClick={() => send(false)}>
              {t.save}
            </Button>
          </>
        ) : null
      }
    >
      <p className="muted">{t.lead}</p>
      {isNewer ? <p role="alert">{t.newer}</p> : null}
      {neverMatches ? null : <FormProblem error={save.error} />}
      {book.data ? (
        <>
          <p className="muted" role="status">
            {draft
              ? t.unsaved
              : book.data.savedAtMs === null
                ? ''
                : t.saved(book.data.version, book.data.savedBy ?? '', formatTime(book.data.savedAtMs))}
          </p>
          {rules.length === 0 ? (
            <EmptyBlock title={t.empty}>{t.emptyHint}</EmptyBlock>
          ) : (
            <RuleList
              rules={rules}
              names={names}
              warnings={warnings}
              tallies={isTried ? (trial.data?.decided ?? []) : []}
              onChange={change}
              onEdit={setEditing}
            />
          )}
          {trial.error ? <FormProblem error={trial.error} /> : null}
          {trial.data ? <Trial trial={trial.data} rules={tried ?? []} stale={!isTried} /> : null}
          <Needs />
        </>
      ) : book.error ? (
        <ErrorBlock error={book.error} onRetry={() => void book.refetch()} />
      ) : (
        <LoadingBlock rows={6} />
      )}
      {editing ? (
        <RuleForm
          rule={editing === 'new' ? null : editing}
          names={names}
          onClose={() => setEditing(null)}
          onDone={put}
        />
      ) : null}
      {neverMatches ? (
        <Modal
          open
          title={t.neverTitle}
          okText={t.saveAnyway}
          cancelText={shell.cancel}
          confirmLoading={save.isPending}
          onOk={() => send(true)}
          onCancel={() => {
            save.reset();
            // Shows the reasons where the rules are.
            runTrial();
          }}
        >
          <p>{t.neverHint}</p>
        </Modal>
      ) : null}
    </Page>
  );
}
