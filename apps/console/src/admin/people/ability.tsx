import { readAbility, saveAbility, type Ability as AbilityData, type Account } from '@wangge/staff/contract';
import { ruleTexts } from '@wangge/texts/console';
import { ErrorBlock, formatDay, formatTime, LoadingBlock, useCall, useNow, useSend, useTexts } from '@wangge/ui';
import { App, Button, Input } from 'antd';
import { useState } from 'react';
import { FormProblem } from '../../common/form-problem.tsx';
import { fromLocal } from '../../common/local-time.ts';
import { useMay } from '../../session/me.tsx';

type Kept = Pick<AbilityData, 'skills' | 'leaves'>;
const dayMs = 86_400_000;

/** What somebody can do and when they are away; candidates for an order are ranked by it. */
export function Ability({ account }: { account: Account }) {
  const t = useTexts(ruleTexts).ability;
  const may = useMay();
  const { message } = App.useApp();
  const nowMs = useNow();
  const edits = may('staff.edit');
  const input = { params: { id: account.id } };
  const ability = useCall(readAbility, input);
  const save = useSend(saveAbility, [readAbility]);
  const [skill, setSkill] = useState('');
  const [until, setUntil] = useState('');
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  if (!ability.data)
    return ability.error ? (
      <ErrorBlock error={ability.error} onRetry={() => void ability.refetch()} />
    ) : (
      <LoadingBlock rows={2} />
    );
  const { skills, leaves, knownSkills } = ability.data;
  const put = (next: Partial<Kept>): void =>
    save.mutate({ ...input, body: { skills, leaves, ...next } }, { onSuccess: () => void message.success(t.saved) });
  // Good for the whole of its last day, in the town's time.
  const untilMs = until === '' ? null : (fromLocal(`${until}T00:00`) ?? 0) + dayMs;
  const [fromMs, toMs] = [fromLocal(from), fromLocal(to)];
  const backwards = fromMs !== null && toMs !== null && toMs <= fromMs;
  const name = skill.trim();
  return (
    <section aria-label={t.title} data-testid="ability">
      <h3>{t.title}</h3>
      <FormProblem error={save.error} />
      {skills.length + leaves.length === 0 ? <p className="muted">{t.none}</p> : null}
      <ul className="orders">
        {skills.map((each) => (
          <li key={each.name} className="order order-head">
            <span>
              {each.name}
              {each.trainedUntilMs === null ? null : (
                <span className="muted">
                  {' '}
                  {each.trainedUntilMs <= nowMs ? t.lapsed : t.goodUntil(formatDay(each.trainedUntilMs - 1))}
                </span>
              )}
            </span>
            {edits ? (
              <Button
                size="small"
                aria-label={t.remove(each.name)}
                onClick={() => put({ skills: skills.filter((s) => s.name !== each.name) })}
              >
                ×
              </Button>
            ) : null}
          </li>
        ))}
        {leaves.map((each) => {
          const words = t.leave(formatTime(each.fromMs), formatTime(each.toMs));
          return (
            <li key={each.fromMs} className="order order-head">
              <span>{words}</span>
              {edits ? (
                <Button
                  size="small"
                  aria-label={t.remove(words)}
                  onClick={() => put({ leaves: leaves.filter((l) => l.fromMs !== each.fromMs) })}
                >
                  ×
                </Button>
              ) : null}
            </li>
          );
        })}
      </ul>
      {edits ? (
        <>
          <div className="ability-add">
            <Input
              aria-label={t.skill}
              placeholder={t.skill}
              value={skill}
              maxLength={30}
              list="known-skills"
              onChange={(event) => setSkill(event.target.value)}
            />
            <datalist id="known-skills">
              {knownSkills.map((value) => (
                <option key={value} value={value}>
                  {value}
                </option>
              ))}
            </datalist>
            <label>
              {t.until} <Input type="date" value={until} onChange={(e) => setUntil(e.target.value)} />
            </label>
            <Button
              disabled={name === ''}
              loading={save.isPending}
              onClick={() => {
                put({ skills: [...skills.filter((s) => s.name !== name), { name, trainedUntilMs: untilMs }] });
                setSkill('');
                setUntil('');
              }}
            >
              {t.addSkill}
            </Button>
          </div>
          <div className="ability-add">
            <label>
              {t.from} <Input type="datetime-local" value={from} onChange={(e) => setFrom(e.target.value)} />
            </label>
            <label>
              {t.to} <Input type="datetime-local" value={to} onChange={(e) => setTo(e.target.value)} />
            </label>
            <Button
              disabled={fromMs === null || toMs === null || backwards}
              onClick={() => {
                if (fromMs === null || toMs === null) return;
                put({ leaves: [...leaves, { fromMs, toMs }] });
                setFrom('');
                setTo('');
              }}
            >
              {t.addLeave}
            </Button>
          </div>
          {backwards ? <p role="alert">{t.backwards}</p> : null}
        </>
      ) : null}
    </section>
  );
}
