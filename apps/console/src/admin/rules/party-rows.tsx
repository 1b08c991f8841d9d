import type { Rule, RuleParty } from '@wangge/dispatch/contract';
import { listAccounts, listDepartments } from '@wangge/staff/contract';
import { ruleTexts } from '@wangge/texts/console';
import { useCall, useTexts } from '@wangge/ui';
import { Button, Checkbox, Select } from 'antd';
import { useState } from 'react';
import { partyName, type RuleNames } from './rule-words.ts';

interface Props {
  readonly value?: Rule['parties'];
  readonly onChange?: (parties: Rule['parties']) => void;
  readonly names: RuleNames;
  readonly onPerson: (id: string, name: string) => void;
}
const keyOf = (party: RuleParty): string => (party.kind === 'own-member' ? party.kind : party.id);

/** Whom a rule sends to, and whose answer it waits for. Works as a form's field. */
export function PartyRows({ value = [], onChange, names, onPerson }: Props) {
  const texts = useTexts(ruleTexts);
  const t = texts.form;
  const [q, setQ] = useState('');
  const departments = useCall(listDepartments, {}, { freshMs: 60_000 });
  const people = useCall(listAccounts, { query: { q, limit: 20 } }, { enabled: q !== '', keepPrevious: true });
  const has = new Set(value.map(keyOf));
  const add = (party: RuleParty): void => {
    if (!has.has(keyOf(party)) && value.length < 10) onChange?.([...value, party]);
  };
  return (
    <div className="rule-parties">
      {value.length === 0 ? <p className="muted">{t.noParty}</p> : null}
      <ul>
        {value.map((party) => {
          const name = partyName(party, names, texts);
          return (
            <li key={keyOf(party)}>
              <span>{name}</span>
              <Checkbox
                checked={party.required}
                aria-label={`${name} ${t.required}`}
                onChange={() =>
                  onChange?.(value.map((each) => (each === party ? { ...each, required: !each.required } : each)))
                }
              >
                {t.required}
              </Checkbox>
              <Button
                size="small"
                aria-label={t.removeParty(name)}
                onClick={() => onChange?.(value.filter((each) => each !== party))}
              >
                ×
              </Button>
            </li>
          );
        })}
      </ul>
      <div className="rule-add">
        <Select<string | null>
          aria-label={t.addDepartment}
          placeholder={t.addDepartment}
          value={null}
          showSearch={{ optionFilterProp: 'label' }}
          options={(departments.data?.departments ?? [])
            .filter((d) => !has.has(d.id))
            .map((d) => ({ value: d.id, label: d.name }))}
          onChange={(id) => id !== null && add({ kind: 'department', id, required: true })}
        />
        <Select<string | null>
          aria-label={t.addPerson}
          placeholder={t.addPerson}
          value={null}
          showSearch={{ filterOption: false, onSearch: setQ }}
          notFoundContent={null}
          options={(people.data?.items ?? [])
            .filter((a) => a.enabled && a.posts.length > 0 && !has.has(a.id))
            .map((a) => ({ value: a.id, label: a.name }))}
          onChange={(id) => {
            const account = people.data?.items.find((a) => a.id === id);
            if (!account) return;
            onPerson(account.id, account.name);
            add({ kind: 'account', id: account.id, required: true });
          }}
        />
        <Button disabled={has.has('own-member')} onClick={() => add({ kind: 'own-member', required: true })}>
          {t.addOwn}
        </Button>
      </div>
    </div>
  );
}
