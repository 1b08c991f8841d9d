import { listCategories, saveCategory, severities, type Category, type Severity } from '@wangge/incidents/contract';
import type { Department } from '@wangge/staff/contract';
import { adminTexts, shellTexts } from '@wangge/texts/console';
import { usePick, useSend, useTexts } from '@wangge/ui';
import { App, Checkbox, Form, Input, InputNumber, Modal, Select } from 'antd';
import { focusFirstField } from '../../common/focus-first.ts';
import { FormProblem } from '../../common/form-problem.tsx';

interface Props {
  /** Null to create one. */
  readonly category: Category | null;
  readonly categories: readonly Category[];
  readonly departments: readonly Department[];
  readonly onClose: () => void;
}
interface Fields {
  code: string;
  zh: string;
  en: string;
  parentCode?: string | null;
  departmentId?: string | null;
  severity: Severity;
  hours: number;
  autoCloseHours?: number | null;
  public: boolean;
  proofRequired: boolean;
  proofInApp: boolean;
  active: boolean;
  order: number;
}

export function CategoryForm({ category, categories, departments, onClose }: Props) {
  const t = useTexts(adminTexts).categories;
  const shell = useTexts(shellTexts);
  const pick = usePick();
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const asksProof = Form.useWatch('proofRequired', form) ?? category?.proofRequired ?? false;
  const save = useSend(saveCategory, [listCategories]);
  const needed = { required: true, whitespace: true, message: shell.required };
  const submit = ({ code, zh, en, hours, autoCloseHours, ...rest }: Fields): void =>
    save.mutate(
      {
        params: { code },
        body: {
          ...rest,
          parentCode: rest.parentCode ?? null,
          departmentId: rest.departmentId ?? null,
          name: { zh: zh.trim(), en: en.trim() },
          handleLimitMin: Math.round(hours * 60),
          autoCloseMin: autoCloseHours ? Math.round(autoCloseHours * 60) : null,
        },
      },
      {
        onSuccess: () => {
          void message.success(shell.saved);
          onClose();
        },
      },
    );
  const tops = categories.filter((each) => each.parentCode === null && each.code !== category?.code);
  return (
    <Modal
      open
      afterOpenChange={focusFirstField}
      title={category ? `${t.edit} · ${pick(category.name)}` : t.create}
      okText={shell.save}
      cancelText={shell.cancel}
      confirmLoading={save.isPending}
      onCancel={onClose}
      onOk={() => form.submit()}
    >
      <FormProblem error={save.error} />
      <Form<Fields>
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={submit}
        initialValues={
          category
            ? {
                ...category,
                zh: category.name.zh,
                en: category.name.en,
                hours: category.handleLimitMin / 60,
                autoCloseHours: category.autoCloseMin === null ? null : category.autoCloseMin / 60,
              }
            : {
                severity: 'ordinary',
                hours: 72,
                public: true,
                proofRequired: false,
                proofInApp: false,
                active: true,
                order: 100,
              }
        }
      >
        <Form.Item
          name="code"
          label={t.code}
          rules={[{ ...needed, pattern: /^[a-z0-9.-]{1,40}$/, message: t.codeRule }]}
        >
          <Input maxLength={40} disabled={category !== null} />
        </Form.Item>
        <Form.Item name="zh" label={t.zh} rules={[needed]}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item name="en" label={t.en} rules={[needed]}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item name="parentCode" label={t.parent}>
          <Select
            allowClear
            placeholder={t.topLevel}
            options={tops.map((top) => ({ value: top.code, label: pick(top.name) }))}
          />
        </Form.Item>
        <Form.Item name="departmentId" label={t.department}>
          <Select
            allowClear
            placeholder={shell.none}
            options={departments.map((department) => ({ value: department.id, label: department.name }))}
          />
        </Form.Item>
        <Form.Item name="severity" label={t.severity}>
          <Select options={Object.entries(severities).map(([value, label]) => ({ value, label: pick(label) }))} />
        </Form.Item>
        <Form.Item name="hours" label={t.limit} rules={[{ required: true, message: shell.required }]}>
          <InputNumber min={0.1} max={8760} step={1} />
        </Form.Item>
        <Form.Item name="autoCloseHours" label={t.autoClose}>
          <InputNumber min={0.1} max={8760} step={1} />
        </Form.Item>
        <Form.Item name="order" label={t.order}>
          <InputNumber min={0} max={100_000} precision={0} />
        </Form.Item>
        {(['public', 'proofRequired', 'proofInApp', 'active'] as const).map((name) => (
          <Form.Item
            key={name}
            name={name}
            valuePropName="checked"
            {...(name === 'proofInApp' ? { extra: t.proofInAppHint } : {})}
          >
            <Checkbox disabled={name === 'proofInApp' && !asksProof}>
              {name === 'proofRequired' ? t.proof : t[name]}
            </Checkbox>
          </Form.Item>
        ))}
      </Form>
    </Modal>
  );
}
