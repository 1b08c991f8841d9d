import { newId } from '@wangge/contract-kit';
import {
  confirmPresence,
  decideWhistle,
  endWhistle,
  listWhistles,
  rateDepartment,
  readWhistleFigures,
  type Whistle,
  type WhistleCall,
} from '@wangge/dispatch/contract';
import { getIncident } from '@wangge/incidents/contract';
import { shellTexts, whistleTexts } from '@wangge/texts/console';
import { useSend, useTexts } from '@wangge/ui';
import { App, Form, Input, Modal, Radio } from 'antd';
import { useState } from 'react';
import { focusFirstField } from '../../common/focus-first.ts';
import { FormProblem } from '../../common/form-problem.tsx';

export type Deed =
  | { readonly kind: 'presence' | 'rate'; readonly whistle: Whistle; readonly call: WhistleCall }
  | { readonly kind: 'end' | 'decline'; readonly whistle: Whistle };
interface Fields {
  text?: string;
  attitude?: number;
  speed?: number;
  result?: number;
}
const marks = ['attitude', 'speed', 'result'] as const;

/** Asks for just what one step of a whistle takes. */
export function WhistleDialog({ deed, onClose }: { deed: Deed; onClose: () => void }) {
  const t = useTexts(whistleTexts).form;
  const shell = useTexts(shellTexts);
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  // The same for each try, so that a lost answer cannot do it twice.
  const [clientKey] = useState(newId);
  const shown = [listWhistles, getIncident];
  const presence = useSend(confirmPresence, shown);
  const rate = useSend(rateDepartment, [...shown, readWhistleFigures]);
  const end = useSend(endWhistle, shown);
  const decline = useSend(decideWhistle, shown);
  const sending = { presence, rate, end, decline }[deed.kind];
  const words = {
    presence: {
      title: 'call' in deed ? t.presenceTitle(deed.call.departmentName) : '',
      done: t.present,
      field: t.person,
    },
    rate: { title: 'call' in deed ? t.rateTitle(deed.call.departmentName) : '', done: t.rated, field: t.words },
    end: { title: t.endTitle, done: t.ended, field: t.reason },
    decline: { title: t.declineTitle, done: t.declined, field: t.declineReason },
  }[deed.kind];
  const submit = (fields: Fields): void => {
    const text = (fields.text ?? '').trim();
    const params = { id: deed.whistle.id };
    const onSuccess = (): void => {
      void message.success(words.done);
      onClose();
    };
    if (deed.kind === 'presence') {
      const { departmentId } = deed.call;
      presence.mutate({ params, body: { clientKey, departmentId, name: text } }, { onSuccess });
    } else if (deed.kind === 'rate') {
      const { attitude = 5, speed = 5, result = 5 } = fields;
      const body = { clientKey, departmentId: deed.call.departmentId, attitude, speed, result };
      rate.mutate({ params, body: text === '' ? body : { ...body, words: text } }, { onSuccess });
    } else if (deed.kind === 'end') {
      end.mutate({ params, body: text === '' ? { clientKey } : { clientKey, reason: text } }, { onSuccess });
    } else decline.mutate({ params, body: { granted: false, clientKey, reason: text } }, { onSuccess });
  };
  const needed = deed.kind === 'presence' || deed.kind === 'decline';
  return (
    <Modal
      open
      afterOpenChange={focusFirstField}
      title={words.title}
      okText={shell.confirm}
      cancelText={shell.cancel}
      confirmLoading={sending.isPending}
      onCancel={onClose}
      onOk={() => form.submit()}
      width={440}
    >
      <FormProblem error={sending.error} />
      {deed.kind === 'end' ? <p>{t.endHint}</p> : null}
      {deed.kind === 'rate' ? <p className="muted">{t.rateHint}</p> : null}
      <Form<Fields> form={form} layout="vertical" requiredMark={false} onFinish={submit}>
        {deed.kind === 'rate'
          ? marks.map((name) => (
              <Form.Item key={name} name={name} label={t[name]} rules={[{ required: true, message: shell.required }]}>
                <Radio.Group
                  aria-label={t[name]}
                  optionType="button"
                  options={[1, 2, 3, 4, 5].map((n) => ({ value: n, label: String(n) }))}
                />
              </Form.Item>
            ))
          : null}
        <Form.Item
          name="text"
          label={words.field}
          rules={needed ? [{ required: true, whitespace: true, message: shell.required }] : []}
        >
          {deed.kind === 'presence' ? (
            <Input maxLength={60} />
          ) : (
            <Input.TextArea maxLength={deed.kind === 'rate' ? 200 : 500} autoSize={{ minRows: 2, maxRows: 6 }} />
          )}
        </Form.Item>
      </Form>
    </Modal>
  );
}
