import type { Place } from '@wangge/contract-kit';
import type { Task } from '@wangge/dispatch/contract';
import { fieldTaskTexts } from '@wangge/texts/field';
import { LoadingBlock, useTexts } from '@wangge/ui';
import { lazy, Suspense, useMemo } from 'react';
import { navigateLink } from '../place/navigate-link.ts';
import { Icon } from '../shell/icons.tsx';

const PlaceMap = lazy(async () => ({ default: (await import('../map/place-map.tsx')).PlaceMap }));

/** The place on a small map, and the way there in the phone's own map app. */
export function TaskPlace({ task, place, own }: { task: Task; place: Place; own: Place | null }) {
  const t = useTexts(fieldTaskTexts);
  const { id, state, severity, clock, address, areaName, number } = task.incident;
  const points = useMemo(
    () => [{ id, lon: place.lon, lat: place.lat, state, severity, clock }],
    [id, place.lon, place.lat, state, severity, clock],
  );
  return (
    <>
      <div className="mini-map">
        <Suspense fallback={<LoadingBlock rows={2} />}>
          <PlaceMap label={t.where} incidents={points} reveal={place} own={own} />
        </Suspense>
      </div>
      <a className="wide-link" href={navigateLink(place, address ?? areaName ?? number, navigator.userAgent)}>
        <Icon name="navigate" /> {t.navigate}
      </a>
    </>
  );
}
