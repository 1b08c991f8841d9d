import { roles, type Role } from '@wangge/contract-kit';
import { addPost, areaTeam, listAccounts, listDepartments, removePost, type Account } from '@wangge/staff/contract';
import { adminTexts, shellTexts } from '@wangge/texts/console';
import { useCall, usePick, useSend, useTexts } from '@wangge/ui';
import { Button, Form, Popconfirm, Select } from 'antd';
import { AreaSelect } from '../../common/area-select.tsx';
import { FormProblem } from '../../common/form-problem.tsx';
import { useMay } from '../../session/me.tsx';

interface Fields {
  role: Role;
  areaId: string;
  departmentId?: string;
}

/** What a person is, and where. */
export function Posts({ account }: { account: Account }) {
  const t = useTexts(adminTexts).people;
  const shell = useTexts(shellTexts);
  const pick = usePick();
  const may = useMay();
  const edits = may('staff.edit-posts');
  const [form] = Form.useForm<Fields>();
  const departments = useCall(listDepartments, {}, { freshMs: 60_000, enabled: edits });
  const add = useSend(addPost, [listAccounts, areaTeam]);
  const remove = useSend(removePost, [listAccounts, areaTeam]);
  const role = Form.useWatch('role', form);
  const needed = { required: true, message: shell.required };
  return (
    <section aria-label={t.posts}>
      <h3>{t.posts}</h3>
      <FormProblem error={add.error ?? remove.error} />
      <ul className="orders">
        {account.posts.map((post) => (
          <li key={post.id} className="order order-head">
            <span>
              {pick(roles[post.role].label)} · {post.areaName}
              {post.departmentName === null ? '' : ` · ${post.departmentName}`}
            </span>
            {edits ? (
              <Popconfirm
                title={t.removeSure}
                okText={shell.confirm}
                cancelText={shell.cancel}
                onConfirm={() => remove.mutate({ params: { id: post.id } })}
              >
                <Button size="small">{t.removePost}</Button>
              </Popconfirm>
            ) : null}
          </li>
        ))}
      </ul>
      {edits ? (
        <Form<Fields>
          form={form}
          layout="vertical"
          requiredMark={false}
          onFinish={(fields) =>
            add.mutate(
              {
                params: { id: account.id },
                body: { role: fields.role, areaId: fields.areaId, departmentId: fields.departmentId ?? null },
              },
              { onSuccess: () => form.resetFields() },
            )
          }
        >
          <Form.Item name="role" label={t.role} rules={[needed]}>
            <Select options={Object.entries(roles).map(([value, each]) => ({ value, label: pick(each.label) }))} />
          </Form.Item>
          <Form.Item name="areaId" label={t.area} rules={[needed]}>
            <AreaSelect label={t.area} />
          </Form.Item>
          <Form.Item
            name="departmentId"
            label={t.department}
            rules={role !== undefined && roles[role].reach === 'department' ? [needed] : []}
          >
            <Select
              allowClear
              options={(departments.data?.departments ?? []).map(({ id, name }) => ({ value: id, label: name }))}
            />
          </Form.Item>
          <Button htmlType="submit" loading={add.isPending}>
            {t.addPost}
          </Button>
        </Form>
      ) : null}
    </section>
  );
}
