import { isCallError } from '@wangge/client';
import { getIncident, type Incident } from '@wangge/incidents/contract';
import { listOrders } from '@wangge/dispatch/contract';
import { incidentTexts } from '@wangge/texts/console';
import { EmptyBlock, ErrorBlock, LoadingBlock, StaleTag, useCall, useTexts } from '@wangge/ui';
import { Button } from 'antd';
import { useState } from 'react';
import { PresenceNote } from '../presence/presence-note.tsx';
import type { QuickDispatch } from '../desk/use-quick-dispatch.ts';
import { TriageChips } from '../suggest/triage-chips.tsx';
import { useMay } from '../session/me.tsx';
import { Alike } from './alike/alike.tsx';
import { Clocks } from './clocks/clocks.tsx';
import { County } from './county/county.tsx';
import { DispatchBox } from './dispatch-box.tsx';
import { DispatchWaiting } from './dispatch-waiting.tsx';
import { Facts } from './facts.tsx';
import { IncidentHead } from './incident-head.tsx';
import { Moves } from './moves.tsx';
import { NoteForm } from './note-form.tsx';
import { Orders } from './orders.tsx';
import { Photos } from './photos.tsx';
import { Release } from './release.tsx';
import { Timeline } from './timeline.tsx';
import { Whistles } from './whistle/whistles.tsx';

interface Props {
  readonly id: string;
  readonly quick: QuickDispatch;
  readonly onClose: () => void;
  readonly onOpen: (id: string) => void;
}

/** Everything about one incident, live; the buttons are those that the server says one may use now. */
export function IncidentPanel({ id, ...rest }: Props) {
  return (
    <>
      {rest.quick.wanted ? <DispatchWaiting onCancel={rest.quick.drop} /> : null}
      <Loaded id={id} {...rest} />
    </>
  );
}

function Loaded({ id, quick, onClose, onOpen }: Props) {
  const t = useTexts(incidentTexts);
  const may = useMay();
  const [handling, setHandling] = useState(false);
  const types = ['incidents.changed', 'dispatch.order-changed'];
  const incident = useCall(getIncident, { params: { id } }, { live: { types, id } });
  const orders = useCall(listOrders, { params: { id } }, { live: { types, id }, enabled: may('dispatch.read') });
  if (!incident.data) {
    if (!incident.error) return <LoadingBlock rows={6} />;
    if (isCallError(incident.error, 'not-found'))
      return (
        <EmptyBlock title={t.gone}>
          <Button onClick={onClose}>{t.close}</Button>
        </EmptyBlock>
      );
    return <ErrorBlock error={incident.error} onRetry={() => void incident.refetch()} />;
  }
  const data: Incident = incident.data;
  return (
    <article className="incident" aria-label={`${t.label} ${data.number}`} data-testid="incident-detail">
      <IncidentHead incident={data} onClose={onClose} />
      <StaleTag atMs={incident.dataUpdatedAt} />
      <PresenceNote incidentId={data.id} handling={handling} />
      <p className="incident-text">{data.description}</p>
      <TriageChips incident={data} />
      <Photos photos={data.photos} />
      <Facts incident={data} onOpen={onOpen} />
      <Alike key={data.id} incident={data} onOpen={onOpen} />
      {/* Whoever has begun with one of these is working on it; reading alone is not. */}
      <div onFocusCapture={() => setHandling(true)}>
        {may('dispatch.offer') ? (
          <DispatchBox incident={data} orders={orders.data?.orders ?? null} ordersError={orders.error} quick={quick} />
        ) : null}
        <Moves incident={data} />
      </div>
      <Clocks incident={data} orders={orders.data?.orders ?? []} />
      <County incident={data} />
      <Release incident={data} />
      {may('dispatch.read') ? <Whistles incident={data} /> : null}
      {may('dispatch.read') ? (
        <Orders
          incident={data}
          orders={orders.data?.orders ?? null}
          error={orders.error}
          onRetry={() => void orders.refetch()}
        />
      ) : null}
      <Timeline entries={data.timeline} />
      <NoteForm incidentId={data.id} />
    </article>
  );
}
