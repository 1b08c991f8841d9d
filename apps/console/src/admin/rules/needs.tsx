import { readNeeds, saveNeeds } from '@wangge/dispatch/contract';
import { ruleTexts, shellTexts } from '@wangge/texts/console';
import { ErrorBlock, LoadingBlock, useCall, useSend, useTexts } from '@wangge/ui';
import { App, Button, Select } from 'antd';
import { useState } from 'react';
import { CategorySelect } from '../../common/category-select.tsx';
import { FormProblem } from '../../common/form-problem.tsx';
import { useCategories } from '../../common/use-categories.ts';

/** Which skills a category asks for. */
export function Needs() {
  const t = useTexts(ruleTexts).needs;
  const shell = useTexts(shellTexts);
  const { message } = App.useApp();
  const { nameOf } = useCategories();
  const needs = useCall(readNeeds, {});
  const save = useSend(saveNeeds, [readNeeds]);
  const [code, setCode] = useState<string | null>(null);
  const [skills, setSkills] = useState<string[]>([]);
  const known = [...new Set((needs.data?.needs ?? []).flatMap((n) => n.skills))];
  const send = (of: string, list: string[]): void =>
    save.mutate(
      { params: { code: of }, body: { skills: list } },
      { onSuccess: () => void message.success(shell.saved) },
    );
  return (
    <section aria-labelledby="needs-title" className="needs">
      <h2 id="needs-title">{t.title}</h2>
      <p className="muted">{t.lead}</p>
      <FormProblem error={save.error} />
      {needs.data ? (
        needs.data.needs.length === 0 ? (
          <p className="muted">{t.none}</p>
        ) : (
          <ul className="needs-list">
            {needs.data.needs.map((need) => (
              <li key={need.categoryCode}>
                <strong>{nameOf(need.categoryCode)}</strong>
                {need.skills.map((skill) => (
                  <span key={skill} className="wg-tag wg-tag-default">
                    {skill}
                    <button
                      type="button"
                      className="plain-button"
                      aria-label={t.remove(skill)}
                      onClick={() =>
                        send(
                          need.categoryCode,
                          need.skills.filter((s) => s !== skill),
                        )
                      }
                    >
                      ×
                    </button>
                  </span>
                ))}
              </li>
            ))}
          </ul>
        )
      ) : needs.error ? (
        <ErrorBlock error={needs.error} onRetry={() => void needs.refetch()} />
      ) : (
        <LoadingBlock rows={2} />
      )}
      <div className="rule-add">
        <CategorySelect
          label={t.category}
          {...(code === null ? {} : { value: code })}
          onChange={(next) => {
            setCode(next);
            setSkills(needs.data?.needs.find((n) => n.categoryCode === next)?.skills ?? []);
          }}
        />
        <Select
          mode="tags"
          aria-label={t.skills}
          placeholder={t.skills}
          value={skills}
          onChange={setSkills}
          options={known.map((value) => ({ value }))}
        />
        <Button
          disabled={code === null}
          loading={save.isPending}
          onClick={() =>
            code !== null &&
            send(
              code,
              skills.map((s) => s.trim()).filter((s) => s !== ''),
            )
          }
        >
          {t.add}
        </Button>
      </div>
    </section>
  );
}
