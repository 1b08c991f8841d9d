import { newId } from '@wangge/contract-kit';
import { shellTexts, videoWallTexts } from '@wangge/texts/console';
import { useCall, useSend, useTexts } from '@wangge/ui';
import { deleteWall, listWalls, saveWall, type Wall, type WallPlan } from '@wangge/video/contract';
import { App, Button, Checkbox, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { focusFirstField } from '../../common/focus-first.ts';
import { FormProblem } from '../../common/form-problem.tsx';

interface Props {
  readonly current: Wall | null;
  /** What would be saved now, without name. */
  readonly plan: Omit<WallPlan, 'name' | 'shared'>;
  readonly onPick: (wall: Wall | null) => void;
}

/** Chooses among saved walls, keeps the present one, deletes. */
export function SavedWalls({ current, plan, onPick }: Props) {
  const t = useTexts(videoWallTexts);
  const shell = useTexts(shellTexts);
  const { modal, message } = App.useApp();
  const list = useCall(listWalls, {});
  const save = useSend(saveWall, [listWalls]);
  const remove = useSend(deleteWall, [listWalls]);
  const [naming, setNaming] = useState(false);
  const [id, setId] = useState(newId);
  const [form] = Form.useForm<{ name: string; shared: boolean }>();
  const walls = list.data?.items ?? [];
  const done = (wall: Wall): void => {
    setNaming(false);
    setId(newId());
    onPick(wall);
    void message.success(shell.saved);
  };
  const again = (wall: Wall): void =>
    save.mutate(
      {
        params: { id: wall.id },
        body: { version: wall.version, wall: { ...plan, name: wall.name, shared: wall.shared } },
      },
      { onSuccess: done, onError: () => setNaming(true) },
    );
  return (
    <>
      <Select
        className="wall-select"
        aria-label={t.saved}
        placeholder={t.choose}
        value={current?.id ?? null}
        allowClear
        loading={list.isPending}
        options={walls.map((wall) => ({
          value: wall.id,
          label: wall.own ? wall.name : `${wall.name} · ${t.by(wall.byName)}`,
        }))}
        onChange={(wallId: string | null | undefined) => onPick(walls.find((wall) => wall.id === wallId) ?? null)}
      />
      {current?.own ? (
        <Button loading={save.isPending} onClick={() => again(current)}>
          {t.save}
        </Button>
      ) : null}
      <Button
        onClick={() => {
          save.reset();
          setNaming(true);
        }}
      >
        {t.saveAs}
      </Button>
      {current?.own ? (
        <Button
          danger
          onClick={() =>
            void modal.confirm({
              title: t.deleteAsk(current.name),
              okText: t.delete,
              cancelText: shell.cancel,
              onOk: () =>
                remove.mutate(
                  { params: { id: current.id } },
                  {
                    onSuccess: () => {
                      onPick(null);
                      void message.success(t.deleted);
                    },
                  },
                ),
            })
          }
        >
          {t.delete}
        </Button>
      ) : null}
      {naming ? (
        <Modal
          open
          title={t.saveAs}
          okText={shell.save}
          cancelText={shell.cancel}
          confirmLoading={save.isPending}
          afterOpenChange={focusFirstField}
          onCancel={() => setNaming(false)}
          onOk={() => form.submit()}
        >
          <FormProblem error={save.error} />
          <Form
            form={form}
            layout="vertical"
            requiredMark={false}
            initialValues={{ name: '', shared: false }}
            onFinish={({ name, shared }) =>
              save.mutate(
                { params: { id }, body: { version: 0, wall: { ...plan, name, shared } } },
                { onSuccess: done },
              )
            }
          >
            <Form.Item
              name="name"
              label={t.name}
              rules={[{ required: true, whitespace: true, message: shell.required }]}
            >
              <Input maxLength={40} />
            </Form.Item>
            <Form.Item name="shared" valuePropName="checked">
              <Checkbox>{t.shared}</Checkbox>
            </Form.Item>
          </Form>
        </Modal>
      ) : null}
    </>
  );
}
