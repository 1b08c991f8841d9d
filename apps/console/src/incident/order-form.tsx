import { listCandidates, orderMoves, type Order, type OrderMove, type Party } from '@wangge/dispatch/contract';
import { clockTexts, incidentTexts, shellTexts } from '@wangge/texts/console';
import { formatTime, useCall, usePick, useTexts } from '@wangge/ui';
import { Checkbox, Form, Input, Modal, Radio, Select } from 'antd';
import { FormProblem } from '../common/form-problem.tsx';
import { fromLocal } from '../common/local-time.ts';
import { PhotoField } from '../common/photo-field.tsx';
import { useCategories } from '../common/use-categories.ts';
import { orderFields } from './order-fields.ts';
import type { MoveFormProps } from './use-moving.tsx';
import { focusFirstField } from '../common/focus-first.ts';

export interface OrderValues {
  readonly reason?: string;
  readonly text?: string;
  readonly photoIds?: string[];
  readonly party?: Party;
  readonly untilMs?: number;
  readonly granted?: boolean;
  readonly withIncident?: boolean;
}
interface Props extends MoveFormProps<OrderMove, OrderValues> {
  readonly order: Order;
}
interface Fields {
  reason?: string;
  text?: string;
  photoIds?: string[];
  partyKey?: string;
  until?: string;
  granted?: boolean;
  withIncident?: boolean;
}

/** A small form with just what one move of an order takes. */
export function OrderForm({ incident, order, move, busy, error, onCancel, onSubmit }: Props) {
  const t = useTexts(incidentTexts);
  const shell = useTexts(shellTexts);
  const clock = useTexts(clockTexts).order;
  const pick = usePick();
  const [form] = Form.useForm<Fields>();
  const fields = new Set(orderFields[move] ?? []);
  const needed = { required: true, whitespace: true, message: t.move.missing };
  const category = useCategories().byCode.get(incident.categoryCode);
  const inApp = category?.proofRequired === true && category.proofInApp;
  const candidates = useCall(listCandidates, { params: { id: incident.id } }, { enabled: fields.has('party') });
  const submit = ({ reason, text, photoIds, partyKey, until, granted, withIncident }: Fields): void => {
    const untilMs = fromLocal(until ?? '');
    const party = candidates.data?.candidates.find((each) => each.party.id === partyKey)?.party;
    onSubmit({
      ...(reason === undefined || reason.trim() === '' ? {} : { reason }),
      ...(text === undefined ? {} : { text }),
      ...(fields.has('photos') ? { photoIds: photoIds ?? [] } : {}),
      ...(party ? { party } : {}),
      ...(untilMs === null ? {} : { untilMs }),
      ...(fields.has('decision') ? { granted: granted ?? true, withIncident: withIncident ?? false } : {}),
    });
  };
  return (
    <Modal
      open
      afterOpenChange={focusFirstField}
      title={`${pick(orderMoves[move])} · ${order.partyName}`}
      okText={pick(orderMoves[move])}
      cancelText={shell.cancel}
      confirmLoading={busy}
      onCancel={onCancel}
      onOk={() => form.submit()}
      width={440}
    >
      <FormProblem error={error ?? candidates.error} />
      <Form<Fields> form={form} layout="vertical" requiredMark={false} onFinish={submit}>
        {fields.has('party') ? (
          <Form.Item name="partyKey" label={t.move.party} rules={[{ required: true, message: t.move.missing }]}>
            <Select
              loading={candidates.isFetching}
              showSearch={{ optionFilterProp: 'label' }}
              options={(candidates.data?.candidates ?? [])
                .filter((each) => each.party.kind === 'account' && each.party.id !== order.party.id)
                .map((each) => ({ value: each.party.id, label: `${each.name} ${each.areaName ?? ''}` }))}
            />
          </Form.Item>
        ) : null}
        {fields.has('response') ? (
          <Form.Item name="text" label={t.move.response} rules={[needed]}>
            <Input.TextArea maxLength={1000} autoSize={{ minRows: 3, maxRows: 8 }} />
          </Form.Item>
        ) : null}
        {fields.has('photos') ? (
          <Form.Item name="photoIds" label={t.create.photos} {...(inApp ? { extra: t.move.proofInApp } : {})}>
            <PhotoField />
          </Form.Item>
        ) : null}
        {fields.has('until') ? (
          <Form.Item name="until" label={clock.until} rules={[needed]}>
            <Input type="datetime-local" />
          </Form.Item>
        ) : null}
        {fields.has('decision') ? (
          <>
            {order.asked ? (
              <p>{clock.asked(order.asked.byName, formatTime(order.asked.untilMs), order.asked.reason)}</p>
            ) : null}
            <Form.Item name="granted" label={clock.decision} initialValue={true}>
              <Radio.Group
                options={[
                  { value: true, label: clock.granted },
                  { value: false, label: clock.refused },
                ]}
              />
            </Form.Item>
            <Form.Item name="withIncident" valuePropName="checked">
              <Checkbox>{clock.withIncident}</Checkbox>
            </Form.Item>
            <Form.Item name="reason" label={clock.note}>
              <Input.TextArea maxLength={500} autoSize={{ minRows: 1, maxRows: 6 }} />
            </Form.Item>
          </>
        ) : null}
        {fields.has('reason') || fields.has('no-place') ? (
          <Form.Item
            name="reason"
            label={fields.has('no-place') ? t.move.noPlaceReason : t.move.reason}
            extra={t.move.reasonHint}
            rules={[needed]}
          >
            <Input.TextArea maxLength={500} autoSize={{ minRows: 2, maxRows: 6 }} />
          </Form.Item>
        ) : null}
      </Form>
    </Modal>
  );
}
