import type { Rule, RuleWarning, Trial } from '@wangge/dispatch/contract';
import { ruleTexts, shellTexts } from '@wangge/texts/console';
import { usePick, useTexts } from '@wangge/ui';
import { Button, Checkbox } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { conditionWords, effectWords, moved, type RuleNames } from './rule-words.ts';

interface Props {
  readonly rules: readonly Rule[];
  readonly names: RuleNames;
  readonly warnings: readonly RuleWarning[];
  readonly tallies: Trial['decided'];
  readonly onChange: (rules: readonly Rule[]) => void;
  readonly onEdit: (rule: Rule) => void;
}

/** Ordered by two buttons each, which keep the focus, and told aloud; what is odd stands below the rule. */
export function RuleList({ rules, names, warnings, tallies, onChange, onEdit }: Props) {
  const t = useTexts(ruleTexts);
  const shell = useTexts(shellTexts);
  const pick = usePick();
  const list = useRef<HTMLOListElement>(null);
  const [told, setTold] = useState('');
  const pressed = useRef<string | null>(null);
  useEffect(() => {
    // A button that moved with its rule has lost the focus on the way.
    if (pressed.current === null) return;
    list.current?.querySelector<HTMLElement>(`[data-move="${pressed.current}"]`)?.focus();
    pressed.current = null;
  }, [rules]);
  const move = (rule: Rule, at: number, by: -1 | 1): void => {
    const next = moved(rules, at, by);
    if (next === rules) return;
    pressed.current = `${rule.id}${by}`;
    setTold(t.moved(rule.name, at + by + 1));
    onChange(next);
  };
  return (
    <>
      <ol className="rules" aria-label={t.list} ref={list} data-testid="rules">
        {rules.map((rule, at) => {
          const tally = tallies.find((each) => each.ruleId === rule.id);
          return (
            <li key={rule.id} className={rule.enabled ? 'rule' : 'rule rule-off'}>
              <div className="rule-head">
                <span className="rule-place">{at + 1}</span>
                <strong>{rule.name}</strong>
                {rule.enabled ? null : <span className="wg-tag wg-tag-default">{t.off}</span>}
                {tally ? <span className="muted">{t.trial.tally(tally.n, tally.elsewhere)}</span> : null}
                <span className="rule-tools">
                  {([-1, 1] as const).map((by) => (
                    <Button
                      key={by}
                      size="small"
                      data-move={`${rule.id}${by}`}
                      aria-label={by === -1 ? t.up(rule.name) : t.down(rule.name)}
                      // Not disabled: who reaches the end with the keyboard keeps the focus.
                      aria-disabled={by === -1 ? at === 0 : at === rules.length - 1}
                      onClick={() => move(rule, at, by)}
                    >
                      {by === -1 ? '↑' : '↓'}
                    </Button>
                  ))}
                  <Checkbox
                    aria-label={t.enable(rule.name)}
                    checked={rule.enabled}
                    onChange={() => onChange(rules.map((r) => (r.id === rule.id ? { ...r, enabled: !r.enabled } : r)))}
                  />
                  <Button size="small" aria-label={t.edit(rule.name)} onClick={() => onEdit(rule)}>
                    {shell.edit}
                  </Button>
                  <Button
                    size="small"
                    aria-label={t.remove(rule.name)}
                    onClick={() => onChange(rules.filter((r) => r.id !== rule.id))}
                  >
                    ×
                  </Button>
                </span>
              </div>
              <p className="rule-words">
                <span className="muted">{t.when}</span> {conditionWords(rule, names, t).join(' · ')}
              </p>
              <p className="rule-words">
                <span className="muted">{t.sendTo}</span> {effectWords(rule, names, t).join(' · ')}
              </p>
              {warnings
                .filter((each) => each.ruleId === rule.id)
                .map((each) => (
                  <p key={each.kind} className={each.never ? 'rule-never' : 'rule-beware'}>
                    <strong>{each.never ? `⚠ ${t.never}` : t.beware}</strong> {pick(each.message)}
                  </p>
                ))}
            </li>
          );
        })}
      </ol>
      <p className="rule-told" aria-live="polite">
        {told}
      </p>
    </>
  );
}
