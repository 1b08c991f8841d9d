import { call } from '@wangge/client';
import { type Alike, type Incident, incidentSources, moveIncident, tellApart } from '@wangge/incidents/contract';
import { alikeTexts, shellTexts } from '@wangge/texts/console';
import { formatTime, usePick, useTexts } from '@wangge/ui';
import { App, Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { FormProblem } from '../../common/form-problem.tsx';
import { useCategories } from '../../common/use-categories.ts';
import { Photos } from '../photos.tsx';
import { BothOnMap } from './both-on-map.tsx';
import { useCalls } from './use-calls.ts';

interface Props {
  readonly incident: Incident;
  readonly other: Alike;
  readonly onClose: () => void;
  /** With the incident that stays; `incident` where they are two. */
  readonly onDone: (keptId: string) => void;
}
/** What both sides have. */
type Side = Pick<
  Incident,
  | 'id'
  | 'number'
  | 'state'
  | 'source'
  | 'severity'
  | 'categoryCode'
  | 'description'
  | 'place'
  | 'address'
  | 'areaName'
  | 'reportedAtMs'
  | 'reporterCount'
  | 'photos'
  | 'version'
>;
const mergeable: ReadonlySet<string> = new Set(['reported', 'accepted', 'registered', 'handling']);

/** Two incidents side by side: the same, and which one stays; or not the same, which is remembered. */
export function Compare({ incident, other, onClose, onDone }: Props) {
  const t = useTexts(alikeTexts);
  const shell = useTexts(shellTexts);
  const pick = usePick();
  const { message } = App.useApp();
  const { busy, error, run } = useCalls();
  const sides: readonly Side[] = [incident, other];
  const older = incident.reportedAtMs <= other.reportedAtMs ? incident : other;
  const [reason, setReason] = useState<string | null>(null);

  const merge = async (kept: Side, source: Side): Promise<void> => {
    const done = await run((clientKey) =>
      call(moveIncident, {
        params: { id: source.id },
        query: undefined,
        body: {
          move: 'merge',
          version: source.version,
          clientKey,
          targetId: kept.id,
          reason: reason?.trim() || t.sameThing(kept.number),
        },
      }),
    );
    if (!done) return;
    void message.success(t.done);
    onDone(kept.id);
  };
  const apart = async (): Promise<void> => {
    const done = await run(() =>
      call(tellApart, { params: { id: incident.id }, query: undefined, body: { otherId: other.id } }),
    );
    if (!done) return;
    void message.success(t.remembered);
    onDone(incident.id);
  };
  const choices = [
    { kept: incident, source: other },
    { kept: other, source: incident },
  ].filter(({ source }) => mergeable.has(source.state));
  return (
    <Modal
      open
      width={1040}
      title={t.compareTitle(incident.number, other.number)}
      onCancel={onClose}
      maskClosable={false}
      footer={
        <>
          <Button onClick={onClose}>{shell.cancel}</Button>
          <Button loading={busy} onClick={() => void apart()} data-testid="not-same">
            {t.notSame}
          </Button>
          {choices.map(({ kept, source }) => (
            <Button
              key={kept.id}
              type={kept.id === older.id ? 'primary' : 'default'}
              loading={busy}
              onClick={() => void merge(kept, source)}
              data-testid={kept.id === incident.id ? 'keep-this' : 'keep-other'}
            >
              {t.keep(kept.number)}
            </Button>
          ))}
        </>
      }
    >
      <FormProblem error={error} />
      <p className="alike-why">
        <strong>{t.why}</strong> {other.reasons.map((each) => pick(each)).join(' · ')}
      </p>
      <div className="alike-sides">
        {sides.map((side, i) => (
          <SideOf key={side.id} side={side} title={i === 0 ? t.this : t.other} />
        ))}
        <BothOnMap sides={sides} />
      </div>
      {choices.length === 0 ? <p>{t.cannotMerge}</p> : null}
      <label className="alike-reason">
        {t.reason}
        <Input
          value={reason ?? ''}
          placeholder={t.sameThing(older.number)}
          maxLength={500}
          onChange={(event) => setReason(event.target.value)}
        />
      </label>
    </Modal>
  );
}

function SideOf({ side, title }: { side: Side; title: string }) {
  const t = useTexts(alikeTexts);
  const pick = usePick();
  const { nameOf } = useCategories();
  const rows = [
    [t.category, nameOf(side.categoryCode)],
    [t.place, [side.areaName, side.address].filter(Boolean).join(' · ') || '–'],
    [t.reported, formatTime(side.reportedAtMs)],
    [t.source, pick(incidentSources[side.source])],
    [t.reporters, t.people(side.reporterCount)],
  ] as const;
  return (
    <section className="alike-side" aria-label={`${title} ${side.number}`}>
      <h3>
        {title} <span className="muted">{side.number}</span>
      </h3>
      <p className="incident-text">{side.description}</p>
      {side.photos.length > 0 ? <Photos photos={side.photos} label={false} /> : <p className="muted">{t.noPhotos}</p>}
      <dl className="facts">
        {rows.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
