import type { Incident } from '@wangge/incidents/contract';
import { alikeTexts } from '@wangge/texts/console';
import { useTexts } from '@wangge/ui';
import { type MapPoint, TownMap, useTown } from '@wangge/ui/map';
import { useMemo } from 'react';

interface Props {
  readonly sides: readonly Pick<Incident, 'id' | 'state' | 'severity' | 'place'>[];
}

/** Both places at once, near enough to see which side of the street. */
export function BothOnMap({ sides }: Props) {
  const t = useTexts(alikeTexts);
  const town = useTown();
  const points = useMemo<MapPoint[]>(
    () =>
      sides.flatMap(({ id, state, severity, place }) =>
        place ? [{ id, state, severity, lon: place.lon, lat: place.lat, clock: null }] : [],
      ),
    [sides],
  );
  const middle = useMemo(
    () =>
      points.length === 0
        ? null
        : {
            lon: points.reduce((sum, point) => sum + point.lon, 0) / points.length,
            lat: points.reduce((sum, point) => sum + point.lat, 0) / points.length,
          },
    [points],
  );
  if (!middle) return <p className="alike-no-map muted">{t.noMap}</p>;
  return (
    <div className="alike-map">
      <TownMap town={town} label={t.map} incidents={points} reveal={middle} revealResolution={1} />
    </div>
  );
}
