import { newId } from '@wangge/contract-kit';
import {
  changePatrolRoute,
  createPatrolRoute,
  listPatrolRoutes,
  listRounds,
  listWalkers,
  type PatrolRoute,
} from '@wangge/patrols/contract';
import { patrolTexts, shellTexts } from '@wangge/texts/console';
import { useCall, useSend, useTexts } from '@wangge/ui';
import { useAreas } from '@wangge/ui/map';
import { App, Checkbox, Form, Input, Modal, Radio, Select } from 'antd';
import { useState } from 'react';
import { AreaSelect } from '../common/area-select.tsx';
import { focusFirstField } from '../common/focus-first.ts';
import { FormProblem } from '../common/form-problem.tsx';
import { useMe } from '../session/me.tsx';
import { minuteOf, timeOf } from './day-time.ts';
import { type DraftPoint, plansOf } from './draft-points.ts';
import { PointEditor } from './point-editor.tsx';

interface Fields {
  name: string;
  kind: 'working' | 'weekdays';
  weekdays?: number[];
  from: string;
  to: string;
  accountId: string;
}
/** A field of choice has no null. */
const everybody = '';

/** A new route, or another version of one. */
export function RouteEditor({ route, onClose }: { route: PatrolRoute | null; onClose: () => void }) {
  const t = useTexts(patrolTexts);
  const shell = useTexts(shellTexts);
  const { message } = App.useApp();
  const { areas } = useAreas();
  const [form] = Form.useForm<Fields>();
  // The same for each try, so that a lost answer cannot make two.
  const [clientKey] = useState(newId);
  const { account } = useMe();
  const [areaId, setArea] = useState(route?.areaId ?? account.posts[0]?.areaId);
  const [points, setPoints] = useState<readonly DraftPoint[]>(
    () => route?.points.map((p) => ({ ...p, key: newId() })) ?? [],
  );
  const [tried, setTried] = useState(false);
  const kind = Form.useWatch('kind', form);
  const [from, to] = [Form.useWatch('from', form), Form.useWatch('to', form)];
  const isNight = (minuteOf(to ?? '', true) ?? 1440) < (minuteOf(from ?? '') ?? 0);
  const walkers = useCall(listWalkers, { query: { areaId: areaId ?? '' } }, { enabled: areaId !== undefined });
  const create = useSend(createPatrolRoute, [listPatrolRoutes, listRounds]);
  const change = useSend(changePatrolRoute, [listPatrolRoutes, listRounds]);
  const faulty = points.length === 0 || points.some((p) => p.name.trim() === '');
  const submit = (fields: Fields): void => {
    setTried(true);
    if (faulty || areaId === undefined) return;
    const plan = {
      name: fields.name,
      days:
        fields.kind === 'working'
          ? { kind: 'working' as const }
          : { kind: 'weekdays' as const, weekdays: fields.weekdays ?? [] },
      fromMin: minuteOf(fields.from) ?? 0,
      toMin: minuteOf(fields.to, true) ?? 1440,
      accountId: fields.accountId === everybody ? null : fields.accountId,
      points: plansOf(points),
    };
    const done = (text: string) => () => {
      void message.success(text);
      onClose();
    };
    if (route) {
      change.mutate(
        { params: { id: route.id }, body: { ...plan, version: route.version } },
        { onSuccess: done(t.saved) },
      );
    } else create.mutate({ body: { ...plan, clientKey, areaId } }, { onSuccess: done(t.made) });
  };
  const center = areas.find((a) => a.id === areaId)?.center ?? areas.find((a) => a.center)?.center;
  return (
    <Modal
      open
      afterOpenChange={focusFirstField}
      title={route ? `${t.edit} · ${route.name}` : t.add}
      okText={shell.save}
      cancelText={shell.cancel}
      confirmLoading={create.isPending || change.isPending}
      onCancel={onClose}
      onOk={() => {
        setTried(true);
        form.submit();
      }}
      width={920}
    >
      <FormProblem error={create.error ?? change.error} />
      <Form<Fields>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{
          name: route?.name ?? '',
          kind: route?.days.kind ?? 'working',
          weekdays: route?.days.kind === 'weekdays' ? route.days.weekdays : [1, 2, 3, 4, 5],
          from: timeOf(route?.fromMin ?? 480),
          to: timeOf(route?.toMin ?? 1080),
          accountId: route?.accountId ?? everybody,
        }}
        onFinish={submit}
      >
        <div className="patrol-facts">
          <Form.Item name="name" label={t.name} rules={[{ required: true, whitespace: true, message: shell.required }]}>
            <Input maxLength={60} />
          </Form.Item>
          <Form.Item label={t.area}>
            {route ? (
              <Input value={route.areaName} disabled aria-label={t.area} />
            ) : (
              <AreaSelect
                label={t.area}
                value={areaId}
                className=""
                onChange={(next) => {
                  setArea(next);
                  form.setFieldValue('accountId', everybody);
                }}
              />
            )}
          </Form.Item>
          <Form.Item name="from" label={t.from} rules={[{ required: true, message: shell.required }]}>
            <Input type="time" />
          </Form.Item>
          <Form.Item
            name="to"
            label={t.to}
            extra={isNight ? t.night : null}
            dependencies={['from']}
            rules={[
              ({ getFieldValue }) => ({
                validator: (_, value: string) => {
                  const end = minuteOf(value, true);
                  return end !== null && end !== minuteOf(String(getFieldValue('from')))
                    ? Promise.resolve()
                    : Promise.reject(new Error(t.timeWrong));
                },
              }),
            ]}
          >
            <Input type="time" />
          </Form.Item>
          <Form.Item name="accountId" label={t.who}>
            <Select
              options={[
                { value: everybody, label: t.everybody },
                ...(walkers.data?.walkers ?? []).map((w) => ({
                  value: w.accountId,
                  label: `${w.name} · ${w.areaName}`,
                })),
              ]}
            />
          </Form.Item>
        </div>
        <Form.Item name="kind" label={t.days}>
          <Radio.Group
            options={[
              { value: 'working', label: t.daysKinds.working },
              { value: 'weekdays', label: t.daysKinds.weekdays },
            ]}
          />
        </Form.Item>
        {kind === 'weekdays' ? (
          <Form.Item name="weekdays" rules={[{ required: true, type: 'array', min: 1, message: t.weekdaysNeeded }]}>
            <Checkbox.Group options={t.weekdays.split(',').map((label, i) => ({ label, value: i + 1 }))} />
          </Form.Item>
        ) : null}
        <h3>{t.points}</h3>
        <PointEditor points={points} onPoints={setPoints} areaId={areaId} middle={center ?? { lon: 0, lat: 0 }} />
        {tried && faulty ? (
          <p className="patrol-problem" role="alert">
            {t.pointsNeeded}
          </p>
        ) : null}
      </Form>
    </Modal>
  );
}
