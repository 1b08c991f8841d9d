import { call, CallError } from '@wangge/client';
import { newId, type Place } from '@wangge/contract-kit';
import {
  countIncidents,
  listIncidents,
  mapIncidents,
  reportIncident,
  severities,
  type Severity,
} from '@wangge/incidents/contract';
import { incidentTexts, shellTexts } from '@wangge/texts/console';
import { usePick, useRefresh, useTexts } from '@wangge/ui';
import { App, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { AreaSelect } from '../../common/area-select.tsx';
import { CategorySelect } from '../../common/category-select.tsx';
import { FormProblem } from '../../common/form-problem.tsx';
import { PhotoField } from '../../common/photo-field.tsx';
import { CategoryChips } from '../../suggest/category-chips.tsx';
import { BeforeSending } from '../alike/before-sending.tsx';
import { PlacePicker } from '../place-picker.tsx';
import { focusFirstField } from '../../common/focus-first.ts';

interface Fields {
  reporterPhone?: string;
  categoryCode: string;
  description: string;
  address?: string;
  place?: Place;
  areaId?: string;
  severity?: Severity;
  photoIds?: string[];
  /** The caller means this one. */
  sameAs?: string;
}

interface Props {
  readonly onClose: () => void;
  readonly onDone: (id: string) => void;
}

/** A call or a visitor. One key for the whole form: pressing twice, or after a lost answer, logs it once. */
export function NewIncident({ onClose, onDone }: Props) {
  const t = useTexts(incidentTexts).create;
  const shell = useTexts(shellTexts);
  const pick = usePick();
  const { message } = App.useApp();
  const refresh = useRefresh();
  const [form] = Form.useForm<Fields>();
  const [clientKey] = useState(newId);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<CallError | null>(null);
  const place = Form.useWatch('place', form);
  const areaId = Form.useWatch('areaId', form);
  const description = Form.useWatch('description', form);
  const categoryCode = Form.useWatch('categoryCode', form);

  const submit = async (fields: Fields): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      const { place: at, areaId: area, photoIds, ...texts } = fields;
      const filled = Object.fromEntries(
        Object.entries(texts).flatMap(([key, value]) => {
          const text = value?.trim() ?? '';
          return text === '' ? [] : [[key, text]];
        }),
      ) as Pick<Fields, 'categoryCode' | 'description'>;
      const made = await call(reportIncident, {
        params: undefined,
        query: undefined,
        body: {
          clientKey,
          ...filled,
          photoIds: photoIds ?? [],
          ...(at ? { place: at } : area === undefined ? {} : { areaId: area }),
        },
      });
      void message.success(t.done(made.number));
      void refresh(listIncidents, mapIncidents, countIncidents);
      onDone(made.id);
    } catch (problem) {
      if (!(problem instanceof CallError)) throw problem;
      setError(problem);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      afterOpenChange={focusFirstField}
      title={t.title}
      width={960}
      okText={t.submit}
      cancelText={shell.cancel}
      confirmLoading={busy}
      maskClosable={false}
      onCancel={onClose}
      onOk={() => form.submit()}
    >
      <Form form={form} layout="vertical" requiredMark={false} onFinish={(fields: Fields) => void submit(fields)}>
        <FormProblem error={error} />
        <div className="create">
          <div>
            <Form.Item
              name="reporterPhone"
              label={t.phone}
              rules={[{ pattern: /^\+?[0-9-]{5,20}$/, message: t.badPhone }]}
            >
              <Input inputMode="tel" autoComplete="off" maxLength={20} />
            </Form.Item>
            <Form.Item name="categoryCode" label={t.category} rules={[{ required: true, message: shell.required }]}>
              <CategorySelect label={t.category} />
            </Form.Item>
            <Form.Item
              name="description"
              label={t.description}
              rules={[{ required: true, whitespace: true, message: shell.required }]}
            >
              <Input.TextArea maxLength={2000} autoSize={{ minRows: 3, maxRows: 8 }} />
            </Form.Item>
            <CategoryChips
              text={description ?? ''}
              place={place}
              areaId={areaId}
              current={categoryCode}
              onTake={(code) => {
                form.setFieldValue('categoryCode', code);
                void form.validateFields(['categoryCode']);
              }}
            />
            <Form.Item name="sameAs" noStyle>
              <BeforeSending categoryCode={categoryCode} description={description} place={place} areaId={areaId} />
            </Form.Item>
            <Form.Item name="address" label={t.address}>
              <Input maxLength={200} />
            </Form.Item>
            <Form.Item name="severity" label={t.severity}>
              <Select
                allowClear
                placeholder={t.bySeverity}
                options={Object.entries(severities).map(([value, label]) => ({ value, label: pick(label) }))}
              />
            </Form.Item>
            <Form.Item name="photoIds" label={t.photos}>
              <PhotoField onPlace={(found) => form.getFieldValue('place') ?? form.setFieldValue('place', found)} />
            </Form.Item>
          </div>
          <div>
            <Form.Item
              name="place"
              label={t.place}
              dependencies={['areaId']}
              rules={[
                ({ getFieldValue }) => ({
                  validator: (_, value) =>
                    value || getFieldValue('areaId') ? Promise.resolve() : Promise.reject(new Error(t.needPlace)),
                }),
              ]}
            >
              <PlacePicker label={t.place} focusAreaId={place ? null : (areaId ?? null)} />
            </Form.Item>
            <Form.Item name="areaId" label={t.area} hidden={place !== undefined}>
              <AreaSelect label={t.area} />
            </Form.Item>
          </div>
        </div>
      </Form>
    </Modal>
  );
}
