import { areaLevelLabels, listAreas, listQrPoints, renameArea, type Area } from '@wangge/areas/contract';
import { roles } from '@wangge/contract-kit';
import { areaTeam } from '@wangge/staff/contract';
import { adminTexts, shellTexts } from '@wangge/texts/console';
import { ErrorBlock, LoadingBlock, useCall, usePick, useSend, useTexts } from '@wangge/ui';
import { App, Button, Form, Input, InputNumber } from 'antd';
import { FormProblem } from '../../common/form-problem.tsx';
import { useMay } from '../../session/me.tsx';

interface Fields {
  name: string;
  population?: number | null;
  households?: number | null;
}

/** Facts of an area, changeable for those who may, and its team. */
export function AreaInfo({ area }: { area: Area }) {
  const t = useTexts(adminTexts).areas;
  const shell = useTexts(shellTexts);
  const pick = usePick();
  const may = useMay();
  const { message } = App.useApp();
  const edits = may('areas.edit');
  const rename = useSend(renameArea, [listAreas]);
  const signs = useCall(
    listQrPoints,
    {},
    { enabled: may('areas.print-signs') && area.level === 'micro-grid', freshMs: 600_000 },
  );
  const token = signs.data?.points.find((point) => point.area.id === area.id)?.token;
  return (
    <>
      <h2>{area.name}</h2>
      <dl className="facts">
        {(
          [
            [t.level, pick(areaLevelLabels[area.level])],
            [t.code, <code key="code">{area.code}</code>],
            ...(edits
              ? []
              : [
                  [t.population, area.population ?? '–'],
                  [t.households, area.households ?? '–'],
                ]),
          ] as [string, React.ReactNode][]
        ).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {token === undefined ? null : (
        <p>
          <a href={`/signs/${token}`} target="_blank" rel="noopener">
            {t.signs}
          </a>
        </p>
      )}
      {edits ? (
        <Form<Fields>
          layout="vertical"
          requiredMark={false}
          initialValues={{ name: area.name, population: area.population, households: area.households }}
          onFinish={({ name, population, households }) =>
            rename.mutate(
              {
                params: { id: area.id },
                body: { name, population: population ?? null, households: households ?? null },
              },
              { onSuccess: () => void message.success(shell.saved) },
            )
          }
        >
          <FormProblem error={rename.error} />
          <Form.Item name="name" label={t.name} rules={[{ required: true, whitespace: true, message: shell.required }]}>
            <Input maxLength={60} />
          </Form.Item>
          <Form.Item name="population" label={t.population}>
            <InputNumber min={0} max={100_000_000} precision={0} />
          </Form.Item>
          <Form.Item name="households" label={t.households}>
            <InputNumber min={0} max={100_000_000} precision={0} />
          </Form.Item>
          <Button htmlType="submit" loading={rename.isPending}>
            {shell.save}
          </Button>
        </Form>
      ) : null}
      {area.level === 'grid' || area.level === 'micro-grid' || area.level === 'village' ? (
        <Team areaId={area.id} />
      ) : null}
    </>
  );
}

/** "1+2+N": one head, two members or cadres, others. */
function Team({ areaId }: { areaId: string }) {
  const t = useTexts(adminTexts).areas;
  const pick = usePick();
  const team = useCall(areaTeam, { params: { areaId } }, { live: { types: ['staff.changed'] } });
  return (
    <section aria-label={t.team}>
      <h3>
        {t.team} {team.data?.formula}
      </h3>
      {team.data === undefined ? (
        team.error ? (
          <ErrorBlock error={team.error} onRetry={() => void team.refetch()} />
        ) : (
          <LoadingBlock rows={2} />
        )
      ) : team.data.members.length === 0 ? (
        <p className="muted">{t.noTeam}</p>
      ) : (
        <ul className="orders" data-testid="team">
          {team.data.members.map((member) => (
            <li key={`${member.accountId} ${member.role} ${member.areaId}`} className="order order-head">
              <span className="wg-tag wg-tag-default">{member.rank === 3 ? 'N' : member.rank}</span>
              <strong>{member.name}</strong>
              <span>{pick(roles[member.role].label)}</span>
              <span className="muted">{member.areaName}</span>
              {member.onDuty ? <span>● {t.onDuty}</span> : null}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
