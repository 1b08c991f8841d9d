import { newId } from '@wangge/contract-kit';
import { listCandidates, listOrders, type Order, splitIncident } from '@wangge/dispatch/contract';
import { getIncident, type Incident, listIncidents } from '@wangge/incidents/contract';
import { partTexts, shellTexts } from '@wangge/texts/console';
import { useCall, useSend, useTexts } from '@wangge/ui';
import { App, Button, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { focusFirstField } from '../../common/focus-first.ts';
import { FormProblem } from '../../common/form-problem.tsx';
import { isStanding } from '../dispatchable.ts';
import '../../joint.css';

interface Fields {
  parts: { party: string; task: string }[];
}
interface Props {
  readonly incident: Incident;
  readonly orders: readonly Order[];
  /** A part that came back, to be given to another. */
  readonly replaces: Order | null;
  readonly onClose: () => void;
}

/** Who does which part, each with its own words. */
export function SplitDialog({ incident, orders, replaces, onClose }: Props) {
  const t = useTexts(partTexts);
  const shell = useTexts(shellTexts);
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  // The same for each try, so that a lost answer cannot do it twice; the version is what the person saw.
  const [{ clientKey, version }] = useState(() => ({ clientKey: newId(), version: incident.version }));
  const candidates = useCall(listCandidates, { params: { id: incident.id } });
  const split = useSend(splitIncident, [listOrders, getIncident, listIncidents]);
  const taken = new Set(orders.filter(isStanding).map((order) => `${order.party.kind} ${order.party.id}`));
  const parties = (candidates.data?.candidates ?? []).toSorted(
    (a, b) => Number(a.party.kind === 'account') - Number(b.party.kind === 'account'),
  );
  const options = parties.map(({ party, name, areaName }) => {
    const value = `${party.kind} ${party.id}`;
    return { value, label: areaName === null ? name : `${name}（${areaName}）`, disabled: taken.has(value) };
  });
  const submit = ({ parts }: Fields): void => {
    const asked = parts.flatMap(({ party, task }) => {
      const found = parties.find((each) => `${each.party.kind} ${each.party.id}` === party);
      return found ? [{ party: found.party, task, ...(replaces ? { replaces: replaces.id } : {}) }] : [];
    });
    split.mutate(
      { params: { id: incident.id }, body: { version, clientKey, parts: asked } },
      {
        onSuccess: () => {
          void message.success(t.sent);
          onClose();
        },
      },
    );
  };
  const required = { required: true, whitespace: true, message: shell.required };
  const first = replaces ? [{ task: replaces.task ?? '' }] : [{}, {}];
  return (
    <Modal
      open
      afterOpenChange={focusFirstField}
      title={t.title}
      okText={t.submit}
      cancelText={shell.cancel}
      confirmLoading={split.isPending}
      onCancel={onClose}
      onOk={() => form.submit()}
      width={560}
    >
      <FormProblem error={split.error ?? candidates.error} />
      <p className="muted">{t.hint}</p>
      <Form<Fields>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ parts: first }}
        onFinish={submit}
      >
        <Form.List name="parts">
          {(fields, { add, remove }) => (
            <>
              {fields.map(({ key, name }, n) => (
                <fieldset key={key} className="part-fields">
                  <legend>{t.nth(n + 1)}</legend>
                  <Form.Item
                    name={[name, 'party']}
                    label={t.party}
                    rules={[
                      required,
                      ({ getFieldValue }) => ({
                        validator: (_rule, value: string | undefined) => {
                          const all = (getFieldValue('parts') as Partial<Fields['parts'][number]>[]).map(
                            (p) => p.party,
                          );
                          const twice = value !== undefined && all.filter((each) => each === value).length > 1;
                          return twice ? Promise.reject(new Error(t.twice)) : Promise.resolve();
                        },
                      }),
                    ]}
                  >
                    <Select showSearch optionFilterProp="label" loading={candidates.isPending} options={options} />
                  </Form.Item>
                  <Form.Item name={[name, 'task']} label={t.task} rules={[required]}>
                    <Input.TextArea maxLength={500} autoSize={{ minRows: 1, maxRows: 5 }} />
                  </Form.Item>
                  {fields.length > 1 ? (
                    <button type="button" className="plain-button" onClick={() => remove(name)}>
                      {t.remove(n + 1)}
                    </button>
                  ) : null}
                </fieldset>
              ))}
              {replaces || fields.length >= 20 ? null : <Button onClick={() => add({})}>{t.more}</Button>}
            </>
          )}
        </Form.List>
      </Form>
    </Modal>
  );
}
