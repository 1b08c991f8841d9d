import { listDepartments, saveDepartment, type Department } from '@wangge/staff/contract';
import { adminTexts, shellTexts } from '@wangge/texts/console';
import { EmptyBlock, ErrorBlock, LoadingBlock, useCall, useSend, useTexts } from '@wangge/ui';
import { Button, Checkbox, Form, Input, Modal, Table } from 'antd';
import { useState } from 'react';
import { focusFirstField } from '../../common/focus-first.ts';
import { FormProblem } from '../../common/form-problem.tsx';
import { rowCards } from '../../common/row-cards.ts';
import { useMay } from '../../session/me.tsx';

export function Departments() {
  const t = useTexts(adminTexts).people;
  const shell = useTexts(shellTexts);
  const may = useMay();
  const edits = may('staff.edit');
  const list = useCall(listDepartments, {}, { live: { types: ['staff.changed'] } });
  const [editing, setEditing] = useState<Department | 'new' | null>(null);
  if (!list.data)
    return list.error ? (
      <ErrorBlock error={list.error} onRetry={() => void list.refetch()} />
    ) : (
      <LoadingBlock rows={4} />
    );
  return (
    <>
      {edits ? (
        <Button type="primary" className="gap" onClick={() => setEditing('new')}>
          {t.createDepartment}
        </Button>
      ) : null}
      {list.data.departments.length === 0 ? (
        <EmptyBlock title={t.noDepartments} />
      ) : (
        <Table<Department>
          size="small"
          className="row-cards"
          rowKey="id"
          pagination={false}
          scroll={{ x: 480 }}
          dataSource={list.data.departments}
          columns={rowCards<Department>([
            {
              title: t.departmentName,
              render: (_, row) => (
                <>
                  {row.name} {row.isDuty ? <span className="wg-tag wg-tag-blue">{t.dutyLine}</span> : null}
                </>
              ),
            },
            { title: t.departmentCode, render: (_, row) => <code>{row.code}</code> },
            { title: t.dutyPhone, render: (_, row) => row.phone ?? '–' },
            ...(edits
              ? [
                  {
                    title: shell.edit,
                    render: (_: unknown, row: Department) => (
                      <Button size="small" aria-label={`${shell.edit} ${row.name}`} onClick={() => setEditing(row)}>
                        {shell.edit}
                      </Button>
                    ),
                  },
                ]
              : []),
          ])}
        />
      )}
      {editing === null ? null : (
        <DepartmentForm
          department={editing === 'new' ? null : editing}
          dutyNow={list.data.departments.find((each) => each.isDuty) ?? null}
          onClose={() => setEditing(null)}
        />
      )}
    </>
  );
}

interface Fields {
  code: string;
  name: string;
  phone?: string;
  isDuty?: boolean;
}
interface FormProps {
  readonly department: Department | null;
  /** Who has the duty line now. */
  readonly dutyNow: Department | null;
  readonly onClose: () => void;
}
function DepartmentForm({ department, dutyNow, onClose }: FormProps) {
  const t = useTexts(adminTexts).people;
  const shell = useTexts(shellTexts);
  const [form] = Form.useForm<Fields>();
  const wantsDuty = Form.useWatch('isDuty', form);
  const phone = Form.useWatch('phone', form);
  const save = useSend(saveDepartment, [listDepartments]);
  const dutyNote = !wantsDuty
    ? null
    : phone
      ? dutyNow && dutyNow.id !== department?.id
        ? t.dutyMoves(dutyNow.name)
        : null
      : t.dutyNoPhone;
  return (
    <Modal
      open
      afterOpenChange={focusFirstField}
      title={department?.name ?? t.createDepartment}
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
        initialValues={department ? { ...department, phone: department.phone ?? undefined } : { isDuty: false }}
        onFinish={({ code, name, phone: number, isDuty }) =>
          save.mutate(
            { params: { code }, body: { name, phone: number ? number : null, isDuty: isDuty === true } },
            { onSuccess: onClose },
          )
        }
      >
        <Form.Item
          name="code"
          label={t.departmentCode}
          rules={[{ required: true, pattern: /^[A-Za-z0-9._-]{1,40}$/, message: t.departmentCodeRule }]}
        >
          <Input maxLength={40} disabled={department !== null} />
        </Form.Item>
        <Form.Item
          name="name"
          label={t.departmentName}
          rules={[{ required: true, whitespace: true, message: shell.required }]}
        >
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item name="phone" label={t.dutyPhone} rules={[{ pattern: /^\+?[0-9-]{5,20}$/, message: t.dutyRule }]}>
          <Input maxLength={20} inputMode="tel" />
        </Form.Item>
        <Form.Item name="isDuty" valuePropName="checked" {...(dutyNote === null ? {} : { extra: dutyNote })}>
          <Checkbox>{t.isDuty}</Checkbox>
        </Form.Item>
      </Form>
    </Modal>
  );
}
