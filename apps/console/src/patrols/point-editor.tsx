import { newId } from '@wangge/contract-kit';
import { mostPoints } from '@wangge/patrols/contract';
import { patrolTexts } from '@wangge/texts/console';
import { useTexts } from '@wangge/ui';
import { TownMap, useTown } from '@wangge/ui/map';
import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { changed, type DraftPoint, shifted, spotOf, withPoint } from './draft-points.ts';
import { PointFields } from './point-fields.tsx';

interface Props {
  readonly points: readonly DraftPoint[];
  readonly onPoints: (points: DraftPoint[]) => void;
  readonly areaId: string | undefined;
  /** Where a point that is added by keyboard begins. */
  readonly middle: { readonly lon: number; readonly lat: number };
}

/** Points by a click on the map, or by keyboard with coordinates; in the order in which they are walked. */
export function PointEditor({ points, onPoints, areaId, middle }: Props) {
  const t = useTexts(patrolTexts);
  const town = useTown();
  const [selected, setSelected] = useState<string | null>(null);
  const marks = useMemo(() => points.map(({ place }, i) => ({ number: i + 1, place })), [points]);
  const pin = points.find((p) => p.key === selected)?.place ?? null;
  const add = (place: { readonly lon: number; readonly lat: number }): void => {
    if (points.length < mostPoints) onPoints(withPoint(points, newId(), t.newPoint(points.length + 1), place));
  };
  const hit = (place: { readonly lon: number; readonly lat: number }): void => {
    if (selected === null) return add(place);
    onPoints(changed(points, selected, { place: spotOf(place) }));
    setSelected(null);
  };
  return (
    <div className="patrol-editor">
      <div className="patrol-map">
        <TownMap
          town={town}
          label={t.map}
          findings={marks}
          pin={pin}
          focusAreaId={areaId ?? null}
          onHit={(_, place) => hit(place)}
        />
      </div>
      <p className="muted" role="status">
        {selected === null ? t.pointsHint : t.selected}
      </p>
      <ol className="patrol-points">
        {points.map((point, i) => (
          <PointFields
            key={point.key}
            n={i + 1}
            last={i === points.length - 1}
            point={point}
            selected={point.key === selected}
            onSelect={() => setSelected(point.key === selected ? null : point.key)}
            onChange={(change) => onPoints(changed(points, point.key, change))}
            onShift={(by) => onPoints(shifted(points, point.key, by))}
            onRemove={() => onPoints(points.filter((p) => p.key !== point.key))}
          />
        ))}
      </ol>
      <Button onClick={() => add(points.at(-1)?.place ?? middle)} disabled={points.length >= mostPoints}>
        {t.addPoint}
      </Button>
    </div>
  );
}
