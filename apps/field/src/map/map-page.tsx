import { listHelps, type Task } from '@wangge/dispatch/contract';
import { fieldHelpTexts, fieldShellTexts, fieldTasksTexts } from '@wangge/texts/field';
import { DeadlineTag, OrderStateTag, StaleTag, useCall, usePick, useTexts } from '@wangge/ui';
import { TownMap, useTown } from '@wangge/ui/map';
import { useMemo, useState } from 'react';
import { HelpWays } from '../help/help-ways.tsx';
import { restartPosition } from '../place/position.ts';
import { usePosition } from '../place/use-position.ts';
import { Link } from '../router/router.tsx';
import { useMe } from '../session/me.tsx';
import { Header } from '../shell/header.tsx';
import { Icon } from '../shell/icons.tsx';
import { useCategories } from '../tasks/use-categories.ts';
import { useMyTasks } from '../tasks/use-tasks.ts';
import { ownAreaId } from './own-area.ts';

const none: readonly Task[] = [];

/** My area, my tasks and where I am; or whoever calls for help. */
export function MapPage({ helpId }: { helpId: string | null }) {
  const t = useTexts(fieldTasksTexts);
  const help = useTexts(fieldHelpTexts);
  const shell = useTexts(fieldShellTexts);
  const { account } = useMe();
  const town = useTown();
  const tasks = useMyTasks();
  const position = usePosition();
  const [selectedId, setSelectedId] = useState<string | null>(null);
  /** Counts up so that a second tap on "where am I" centres again. */
  const [centred, setCentred] = useState<{ lon: number; lat: number } | null>(null);
  const items = tasks.data?.items ?? none;
  const points = useMemo(
    () =>
      items.flatMap(({ incident: { id, place, state, severity, clock } }) =>
        place === null ? [] : [{ id, lon: place.lon, lat: place.lat, state, severity, clock }],
      ),
    [items],
  );
  const selected = items.find(({ incident }) => incident.id === selectedId) ?? null;
  const { fix } = position;
  const locate = (): void => {
    if (fix) setCentred({ ...fix.place });
    else restartPosition();
  };
  const live = { types: ['dispatch.help-changed'] };
  const helps = useCall(listHelps, {}, { live, enabled: helpId !== null });
  const caller = helps.data?.helps.find(({ id }) => id === helpId) ?? null;
  // The same object for answers that say the same: it is centred once.
  const callerPlace = caller?.place ?? null;
  const failed = position.state === 'denied' || position.state === 'unavailable' || position.state === 'insecure';
  return (
    <>
      <Header title={shell.tabs.map} />
      <main className="page page-map">
        <TownMap
          town={town}
          incidents={points}
          selectedId={selectedId}
          focusAreaId={helpId === null ? ownAreaId(account.posts) : null}
          own={fix?.place ?? null}
          pin={callerPlace}
          reveal={centred ?? callerPlace}
          revealResolution={1.5}
          label={t.map.label}
          legend
          onHit={(hit) => setSelectedId(hit?.kind === 'incident' ? hit.id : null)}
        >
          <button type="button" className="map-locate" aria-label={t.map.me} onClick={locate}>
            <Icon name="locate" size={28} />
          </button>
        </TownMap>
        <div className="map-sheet">
          <StaleTag atMs={tasks.dataUpdatedAt} />
          {selected ? (
            <MapTask task={selected} />
          ) : caller ? (
            <>
              <strong>{help.of(caller.name, caller.areaName)}</strong>
              <HelpWays help={caller} />
            </>
          ) : (
            <p className="muted">{points.length === 0 ? t.map.none : t.map.count(points.length)}</p>
          )}
          {failed ? <p className="field-hint">{shell.place[position.state]}</p> : null}
        </div>
      </main>
    </>
  );
}

function MapTask({ task }: { task: Task }) {
  const t = useTexts(fieldTasksTexts);
  const pick = usePick();
  const { nameOf } = useCategories();
  const { order, incident } = task;
  return (
    <>
      <p className="task-top">
        <strong>{pick(nameOf(incident.categoryCode))}</strong>
        <OrderStateTag state={order.state} />
        {incident.deadlineMs === null ? null : <DeadlineTag deadlineMs={incident.deadlineMs} clock={incident.clock} />}
      </p>
      <p className="task-text">{incident.summary}</p>
      <Link to={{ name: 'task', orderId: order.id }} className="wide-link wide-link-main">
        {t.map.open}
      </Link>
    </>
  );
}
