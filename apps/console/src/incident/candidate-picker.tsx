import type { CallError } from '@wangge/client';
import { roles } from '@wangge/contract-kit';
import type { Candidate, Party } from '@wangge/dispatch/contract';
import { incidentTexts, ruleTexts, shellTexts } from '@wangge/texts/console';
import { LoadingBlock, usePick, useTexts } from '@wangge/ui';
import { Checkbox, Input, Modal } from 'antd';
import { useState } from 'react';
import { FormProblem } from '../common/form-problem.tsx';

interface Props {
  readonly candidates: readonly Candidate[] | null;
  /** Parties with a living order, as `kind id`. */
  readonly taken: ReadonlySet<string>;
  readonly preselect: readonly Candidate[];
  readonly busy: boolean;
  readonly error: CallError | null;
  readonly onCancel: () => void;
  readonly onSend: (parties: readonly Party[], task: string) => void;
}
const keyOf = (candidate: Candidate): string => `${candidate.party.kind} ${candidate.party.id}`;

/** Who could handle it, best first by nearness, freedom and post, each with the reason in words. */
export function CandidatePicker({ candidates, taken, preselect, busy, error, onCancel, onSend }: Props) {
  const t = useTexts(incidentTexts).dispatch;
  const shell = useTexts(shellTexts);
  const rules = useTexts(ruleTexts);
  const pick = usePick();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(preselect.map(keyOf).filter((k) => !taken.has(k))));
  const [text, setText] = useState('');
  const [task, setTask] = useState('');
  const post = (candidate: Candidate): string =>
    candidate.role === null ? t.department : pick(roles[candidate.role].label);
  const shown = (candidates ?? []).filter((candidate) =>
    [candidate.name, candidate.areaName ?? '', post(candidate)].some((word) => word.includes(text.trim())),
  );
  const toggle = (key: string): void => {
    const next = new Set(chosen);
    if (!next.delete(key)) next.add(key);
    setChosen(next);
  };
  return (
    <Modal
      open
      title={t.chooseTitle}
      width={560}
      okText={t.send(chosen.size)}
      cancelText={shell.cancel}
      okButtonProps={{ disabled: chosen.size === 0, loading: busy }}
      onCancel={onCancel}
      onOk={() =>
        onSend(
          (candidates ?? []).filter((candidate) => chosen.has(keyOf(candidate))).map((candidate) => candidate.party),
          task.trim(),
        )
      }
    >
      <FormProblem error={error} />
      <Input
        type="search"
        aria-label={t.filter}
        placeholder={t.filter}
        allowClear
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {candidates === null ? <LoadingBlock rows={4} /> : null}
      {candidates !== null && shown.length === 0 ? <p className="candidates-none">{t.none}</p> : null}
      <ul className="candidates" aria-label={t.chooseTitle}>
        {shown.map((candidate) => {
          const key = keyOf(candidate);
          return (
            <li key={key}>
              <Checkbox checked={chosen.has(key)} disabled={taken.has(key)} onChange={() => toggle(key)}>
                <span className="candidate-line">
                  <strong>{candidate.name}</strong>
                  <span>{post(candidate)}</span>
                  {candidate.areaName === null ? null : <span>{candidate.areaName}</span>}
                  {candidate.onLeave === true ? <span className="wg-tag wg-tag-default">{rules.onLeave}</span> : null}
                  {candidate.suggested ? <span className="wg-tag wg-tag-blue">{t.suggested}</span> : null}
                  {taken.has(key) ? <span className="wg-tag wg-tag-default">{t.alreadyHas}</span> : null}
                </span>
                <span className="candidate-line candidate-minor">
                  <span>{pick(candidate.reason)}</span>
                </span>
              </Checkbox>
            </li>
          );
        })}
      </ul>
      <Input.TextArea
        aria-label={t.task}
        placeholder={t.task}
        maxLength={500}
        autoSize={{ minRows: 2, maxRows: 4 }}
        value={task}
        onChange={(event) => setTask(event.target.value)}
      />
    </Modal>
  );
}
