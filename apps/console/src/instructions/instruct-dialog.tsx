import { newId, type Place } from '@wangge/contract-kit';
import { giveInstruction, listInstructions } from '@wangge/dispatch/contract';
import { instructTexts, shellTexts } from '@wangge/texts/console';
import { useSend, useTexts } from '@wangge/ui';
import { App, Checkbox, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { AreaSelect } from '../common/area-select.tsx';
import { focusFirstField } from '../common/focus-first.ts';
import { FormProblem } from '../common/form-problem.tsx';
import { PhotoField } from '../common/photo-field.tsx';
import { useMe } from '../session/me.tsx';
import { PlaceField } from './place-field.tsx';

interface Fields {
  text: string;
  needsConfirm?: boolean;
  photoIds?: string[];
  place?: Place;
}

/** The words, to whom, and whether each has to confirm. */
export function InstructDialog({ onClose }: { onClose: () => void }) {
  const t = useTexts(instructTexts);
  const shell = useTexts(shellTexts);
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  // The same for each try, so that a lost answer cannot send it twice.
  const [clientKey] = useState(newId);
  const [area, setArea] = useState<string | undefined>(useMe().account.posts[0]?.areaId);
  const give = useSend(giveInstruction, [listInstructions]);
  const submit = ({ text, needsConfirm = false, photoIds = [], place }: Fields): void =>
    give.mutate(
      {
        body: {
          clientKey,
          text,
          needsConfirm,
          photoIds,
          ...(area === undefined ? {} : { areaId: area }),
          ...(place === undefined ? {} : { place }),
        },
      },
      {
        onSuccess: ({ instruction }) => {
          void message.success(t.given(instruction.receipts.length));
          onClose();
        },
      },
    );
  return (
    <Modal
      open
      afterOpenChange={focusFirstField}
      title={t.give}
      okText={t.give}
      cancelText={shell.cancel}
      confirmLoading={give.isPending}
      onCancel={onClose}
      onOk={() => form.submit()}
      width={560}
    >
      <FormProblem error={give.error} />
      <Form<Fields>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ needsConfirm: true }}
        onFinish={submit}
      >
        <Form.Item label={t.area} extra={t.hint}>
          <AreaSelect label={t.area} value={area} onChange={setArea} className="" />
        </Form.Item>
        <Form.Item name="text" label={t.text} rules={[{ required: true, whitespace: true, message: shell.required }]}>
          <Input.TextArea maxLength={1000} autoSize={{ minRows: 3, maxRows: 8 }} />
        </Form.Item>
        <Form.Item name="needsConfirm" valuePropName="checked">
          <Checkbox>{t.needsConfirm}</Checkbox>
        </Form.Item>
        <Form.Item name="place" label={t.place}>
          <PlaceField focusAreaId={area ?? null} />
        </Form.Item>
        <Form.Item name="photoIds" label={t.photos}>
          <PhotoField />
        </Form.Item>
      </Form>
    </Modal>
  );
}
