import {
  clockPhases,
  escalationLevels,
  type Ladder,
  ladderActs,
  ladderAudience,
  type LadderStep,
  readLimits,
  saveLadder,
} from '@wangge/incidents/contract';
import { clockTexts, shellTexts } from '@wangge/texts/console';
import { useLabelled, usePick, useSend, useTexts } from '@wangge/ui';
import { App, Button, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { FormProblem } from '../../common/form-problem.tsx';

type Phase = keyof typeof clockPhases;
interface Props {
  readonly ladders: readonly Ladder[];
  /** What holds where the town set nothing. */
  readonly defaults: readonly Ladder[];
}

/** The levels before and after a phase's limit: when, what happens, who is told, whether it repeats. */
export function LadderEditor({ ladders, defaults }: Props) {
  const t = useTexts(clockTexts).limits;
  const shell = useTexts(shellTexts);
  const pick = usePick();
  const labelled = useLabelled();
  const { message } = App.useApp();
  const [phase, setPhase] = useState<Phase>('handle');
  const [edited, setEdited] = useState<LadderStep[] | null>(null);
  const save = useSend(saveLadder, [readLimits]);
  const of = (list: readonly Ladder[]): readonly LadderStep[] | undefined =>
    list.find((ladder) => ladder.phase === phase && ladder.severity === '*')?.steps;
  const steps = edited ?? of(ladders) ?? of(defaults) ?? [];
  const set = (i: number, change: Partial<LadderStep>): void =>
    setEdited(
      steps.map((step, at) => {
        if (at !== i) return step;
        const { to, ...next } = { ...step, ...change };
        // Only an escalation leads somewhere.
        return next.act === 'escalate' ? { ...next, to: to ?? 'village' } : next;
      }),
    );
  const options = <K extends string>(labels: Readonly<Record<K, { zh: string; en: string }>>) =>
    (Object.keys(labels) as K[]).map((value) => ({ value, label: pick(labels[value]) }));
  return (
    <section aria-labelledby="ladder-title">
      <h3 id="ladder-title">{t.ladder}</h3>
      <p className="muted">{t.ladderHint}</p>
      <FormProblem error={save.error} />
      <Select
        aria-label={t.phase}
        value={phase}
        onChange={(next) => {
          setPhase(next);
          setEdited(null);
        }}
        options={options(clockPhases)}
        style={{ minWidth: 160 }}
      />
      <div className="limit-rows">
        {steps.map((step, i) => (
          <div key={i} className="limit-row" role="group" aria-label={`${t.ladder} ${i + 1}`}>
            <InputNumber
              aria-label={t.at}
              value={step.at}
              precision={0}
              min={step.unit === 'percent' ? 1 : -525_600}
              max={step.unit === 'percent' ? 10_000 : 525_600}
              onChange={(at) => set(i, { at: at ?? 100 })}
            />
            <Select
              aria-label={labelled(t.at, t.percent)}
              value={step.unit}
              onChange={(unit) => set(i, { unit, at: unit === 'percent' ? 100 : 60 })}
              options={[
                { value: 'percent' as const, label: t.percent },
                { value: 'minutes' as const, label: t.minutesAfter },
              ]}
            />
            <Select
              aria-label={t.act}
              value={step.act}
              onChange={(act) => set(i, { act })}
              options={options(ladderActs)}
            />
            {step.act === 'escalate' ? (
              <Select
                aria-label={t.to}
                value={step.to ?? 'village'}
                onChange={(to) => set(i, { to })}
                options={options(escalationLevels)}
              />
            ) : null}
            <Select
              className="limit-who"
              mode="multiple"
              aria-label={t.who}
              placeholder={t.who}
              value={step.who}
              onChange={(who) => set(i, { who })}
              options={options(ladderAudience)}
            />
            <InputNumber
              aria-label={t.repeat}
              placeholder={t.repeat}
              value={step.repeatMin}
              precision={0}
              min={1}
              max={525_600}
              onChange={(repeatMin) => set(i, { repeatMin })}
            />
            <Button size="small" onClick={() => setEdited(steps.filter((_, at) => at !== i))}>
              {t.remove}
            </Button>
          </div>
        ))}
      </div>
      <div className="moves-buttons">
        <Button
          disabled={steps.length >= 12}
          onClick={() =>
            setEdited([...steps, { unit: 'percent', at: 100, act: 'remind', who: ['dispatcher'], repeatMin: null }])
          }
        >
          {t.add}
        </Button>
        <Button onClick={() => setEdited([...(of(defaults) ?? [])])}>{t.reset}</Button>
        <Button
          type="primary"
          disabled={edited === null}
          loading={save.isPending}
          onClick={() =>
            save.mutate(
              { params: { phase, severity: '*' }, body: { steps: [...steps] } },
              {
                onSuccess: () => {
                  void message.success(shell.saved);
                  setEdited(null);
                },
              },
            )
          }
        >
          {shell.save}
        </Button>
      </div>
    </section>
  );
}
