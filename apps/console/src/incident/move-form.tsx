import type { Place } from '@wangge/contract-kit';
import { incidentMoves, severities, type IncidentMove, type Severity } from '@wangge/incidents/contract';
import { incidentTexts, shellTexts } from '@wangge/texts/console';
import { usePick, useTexts } from '@wangge/ui';
import { Form, Input, Modal, Radio } from 'antd';
import { CategorySelect } from '../common/category-select.tsx';
import { FormProblem } from '../common/form-problem.tsx';
import { CategoryChips } from '../suggest/category-chips.tsx';
import { IncidentSelect } from './incident-select.tsx';
import type { MoveValues } from './move-body.ts';
import { moveFields } from './move-fields.ts';
import { PlacePicker } from './place-picker.tsx';
import type { MoveFormProps } from './use-moving.tsx';
import { focusFirstField } from '../common/focus-first.ts';

interface Fields {
  reason?: string;
  categoryCode?: string;
  severity?: Severity;
  targetId?: string;
  place?: Place;
  address?: string;
  answerBy?: string;
}

/** A small form with just what one move takes. */
export function MoveForm({ incident, move, busy, error, onCancel, onSubmit }: MoveFormProps<IncidentMove, MoveValues>) {
  const t = useTexts(incidentTexts);
  const shell = useTexts(shellTexts);
  const pick = usePick();
  const [form] = Form.useForm<Fields>();
  const categoryCode = Form.useWatch('categoryCode', form);
  const fields = new Set(moveFields[move] ?? []);
  const rank = severities[incident.severity].rank;
  const choices = Object.entries(severities).filter(([, each]) => move !== 'raise-severity' || each.rank > rank);
  const needed = { required: true, message: t.move.missing };
  return (
    <Modal
      open
      afterOpenChange={focusFirstField}
      title={`${pick(incidentMoves[move])} · ${incident.number}`}
      okText={pick(incidentMoves[move])}
      cancelText={shell.cancel}
      confirmLoading={busy}
      onCancel={onCancel}
      onOk={() => form.submit()}
      width={fields.has('place') ? 640 : 440}
    >
      <FormProblem error={error} />
      <Form<Fields>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{
          categoryCode: move === 'change-category' ? undefined : incident.categoryCode,
          severity: move === 'raise-severity' ? choices[0]?.[0] : incident.severity,
          address: incident.address ?? undefined,
        }}
        onFinish={onSubmit}
      >
        {fields.has('target') ? (
          <Form.Item name="targetId" label={t.move.target} rules={[needed]}>
            <IncidentSelect label={t.move.target} except={incident.id} />
          </Form.Item>
        ) : null}
        {fields.has('category') ? (
          <>
            <Form.Item name="categoryCode" label={t.move.category} rules={[needed]}>
              <CategorySelect label={t.move.category} />
            </Form.Item>
            <CategoryChips
              text={incident.description}
              place={incident.place}
              areaId={incident.areaId}
              current={categoryCode}
              onTake={(code) => {
                form.setFieldValue('categoryCode', code);
                void form.validateFields(['categoryCode']);
              }}
            />
          </>
        ) : null}
        {fields.has('severity') ? (
          <Form.Item name="severity" label={t.move.severity} rules={[needed]}>
            <Radio.Group options={choices.map(([value, label]) => ({ value, label: pick(label) }))} />
          </Form.Item>
        ) : null}
        {fields.has('place') ? (
          <>
            <Form.Item name="place" label={t.move.place} rules={[needed]}>
              <PlacePicker label={t.move.place} hint={t.move.placeHint} start={incident.place} />
            </Form.Item>
            <Form.Item name="address" label={t.move.address}>
              <Input maxLength={200} />
            </Form.Item>
          </>
        ) : null}
        {fields.has('reason') ? (
          <Form.Item
            name="reason"
            label={t.move.reason}
            extra={t.move.reasonHint}
            rules={[{ ...needed, whitespace: true }]}
          >
            <Input.TextArea maxLength={500} autoSize={{ minRows: 2, maxRows: 6 }} />
          </Form.Item>
        ) : null}
        {fields.has('answer-by') ? (
          <Form.Item name="answerBy" label={t.move.answerBy} extra={t.move.answerByHint}>
            <Input type="datetime-local" />
          </Form.Item>
        ) : null}
        {fields.has('remark') ? (
          <Form.Item name="reason" label={t.move.optionalReason}>
            <Input.TextArea maxLength={500} autoSize={{ minRows: 2, maxRows: 6 }} />
          </Form.Item>
        ) : null}
      </Form>
    </Modal>
  );
}
