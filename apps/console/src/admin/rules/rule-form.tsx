import { newId } from '@wangge/contract-kit';
import type { Rule } from '@wangge/dispatch/contract';
import { incidentSourceNames, incidentSources, severities, severityNames } from '@wangge/incidents/contract';
import { ruleTexts, shellTexts } from '@wangge/texts/console';
import { usePick, useTexts } from '@wangge/ui';
import { useAreas } from '@wangge/ui/map';
import { Form, Input, Modal, Select, TreeSelect } from 'antd';
import { useMemo, useState } from 'react';
import { areaTree } from '../../common/area-tree.ts';
import { focusFirstField } from '../../common/focus-first.ts';
import { useCategories } from '../../common/use-categories.ts';
import { PartyRows } from './party-rows.tsx';
import { clockOf, minuteOf, type RuleNames } from './rule-words.ts';

interface Fields {
  name: string;
  categoryCodes: string[];
  areaIds: string[];
  sources: Rule['when']['sources'];
  days: Rule['when']['days'];
  from: string;
  to: string;
  words: string[];
  parties: Rule['parties'];
  severity: NonNullable<Rule['severity']> | 'keep';
}
interface Props {
  /** Null for a new one. */
  readonly rule: Rule | null;
  readonly names: RuleNames;
  readonly onClose: () => void;
  /** With the names of persons who were picked here. */
  readonly onDone: (rule: Rule, people: ReadonlyMap<string, string>) => void;
}

const none: Rule['when'] = { categoryCodes: [], areaIds: [], sources: [], days: 'any', hours: null, words: [] };

/** Undefined where the two fields say nothing that makes sense together. */
function hoursOf(from: string, to: string): Rule['when']['hours'] | undefined {
  if (from.trim() === '' && to.trim() === '') return null;
  const [fromMin, toMin] = [minuteOf(from), minuteOf(to)];
  if (fromMin === null || toMin === null || fromMin === 1440) return undefined;
  // Midnight as an end is the end of the day.
  const end = toMin === 0 ? 1440 : toMin;
  return end === fromMin ? undefined : { fromMin, toMin: end };
}

/** One rule: its conditions, to whom it sends, how urgent it makes. */
export function RuleForm({ rule, names, onClose, onDone }: Props) {
  const texts = useTexts(ruleTexts);
  const t = texts.form;
  const shell = useTexts(shellTexts);
  const pick = usePick();
  const [form] = Form.useForm<Fields>();
  const [people, setPeople] = useState<ReadonlyMap<string, string>>(new Map());
  const { categories } = useCategories();
  const { areas } = useAreas();
  const areaNodes = useMemo(() => areaTree(areas), [areas]);
  const categoryNodes = useMemo(
    () =>
      categories
        .filter((top) => top.parentCode === null)
        .map((top) => ({
          value: top.code,
          title: pick(top.name),
          children: categories
            .filter((each) => each.parentCode === top.code)
            .map((each) => ({ value: each.code, title: pick(each.name) })),
        })),
    [categories, pick],
  );
  const { when } = rule ?? { when: none };
  const initial: Fields = {
    name: rule?.name ?? '',
    ...when,
    from: when.hours === null ? '' : clockOf(when.hours.fromMin),
    to: when.hours === null ? '' : clockOf(when.hours.toMin),
    parties: rule?.parties ?? [],
    severity: rule?.severity ?? 'keep',
  };
  const done = (f: Fields): void => {
    const severity = f.severity === 'keep' ? null : f.severity;
    const hours = hoursOf(f.from, f.to) ?? null;
    const { categoryCodes, areaIds, sources, days, words } = f;
    onDone(
      {
        id: rule?.id ?? newId(),
        name: f.name.trim(),
        enabled: rule?.enabled ?? true,
        when: {
          categoryCodes,
          areaIds,
          sources,
          days,
          hours,
          words: words.map((w) => w.trim()).filter((w) => w !== ''),
        },
        parties: f.parties,
        severity,
      },
      people,
    );
  };
  const allNames: RuleNames = { ...names, person: (id) => people.get(id) ?? names.person(id) };
  return (
    <Modal
      open
      width={640}
      title={rule === null ? t.create : t.edit}
      okText={t.ok}
      cancelText={shell.cancel}
      onCancel={onClose}
      onOk={() => form.submit()}
      afterOpenChange={focusFirstField}
    >
      <Form<Fields> form={form} layout="vertical" requiredMark={false} initialValues={initial} onFinish={done}>
        <Form.Item name="name" label={t.name} rules={[{ required: true, whitespace: true, message: shell.required }]}>
          <Input maxLength={40} placeholder={t.namePlaceholder} />
        </Form.Item>
        <h3>{t.conditions}</h3>
        <Form.Item name="categoryCodes" label={t.categories}>
          <TreeSelect
            multiple
            allowClear
            aria-label={t.categories}
            treeData={categoryNodes}
            treeDefaultExpandAll
            showSearch={{ treeNodeFilterProp: 'title' }}
          />
        </Form.Item>
        <Form.Item name="areaIds" label={t.areas}>
          <TreeSelect
            multiple
            allowClear
            aria-label={t.areas}
            treeData={areaNodes}
            showSearch={{ treeNodeFilterProp: 'title' }}
          />
        </Form.Item>
        <Form.Item name="sources" label={t.sources}>
          <Select
            mode="multiple"
            allowClear
            options={incidentSourceNames.map((value) => ({ value, label: pick(incidentSources[value]) }))}
          />
        </Form.Item>
        <div className="rule-time">
          <Form.Item name="days" label={t.days}>
            <Select
              options={(['any', 'working', 'off'] as const).map((value) => ({ value, label: texts.days[value] }))}
            />
          </Form.Item>
          <fieldset>
            <legend>{t.hours}</legend>
            <Form.Item name="from" label={t.from}>
              <Input type="time" />
            </Form.Item>
            <Form.Item
              name="to"
              label={t.to}
              dependencies={['from']}
              rules={[
                ({ getFieldValue }) => ({
                  validator: (_, to: string) =>
                    hoursOf(String(getFieldValue('from') ?? ''), to ?? '') === undefined
                      ? Promise.reject(new Error(t.problem.hours))
                      : Promise.resolve(),
                }),
              ]}
            >
              <Input type="time" />
            </Form.Item>
          </fieldset>
        </div>
        <Form.Item name="words" label={t.words}>
          <Select mode="tags" open={false} suffixIcon={null} placeholder={t.wordsPlaceholder} maxCount={40} />
        </Form.Item>
        <Form.Item
          name="parties"
          label={t.parties}
          dependencies={['severity']}
          rules={[
            ({ getFieldValue }) => ({
              validator: (_, parties: Rule['parties']) => {
                if (parties.length === 0 && getFieldValue('severity') === 'keep')
                  return Promise.reject(new Error(t.problem.nothing));
                if (parties.length > 0 && !parties.some((p) => p.required))
                  return Promise.reject(new Error(t.problem.required));
                return Promise.resolve();
              },
            }),
          ]}
        >
          <PartyRows names={allNames} onPerson={(id, name) => setPeople(new Map([...people, [id, name]]))} />
        </Form.Item>
        <Form.Item name="severity" label={t.severity}>
          <Select
            options={[
              { value: 'keep', label: t.keep },
              ...severityNames.slice(1).map((value) => ({ value, label: pick(severities[value]) })),
            ]}
          />
        </Form.Item>
      </Form>
    </Modal>
  );
}
