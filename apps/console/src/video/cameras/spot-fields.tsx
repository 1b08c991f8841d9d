import { videoCameraTexts } from '@wangge/texts/console';
import { useTexts } from '@wangge/ui';
import { TownMap, useTown } from '@wangge/ui/map';
import { Checkbox, InputNumber } from 'antd';
import { useId, useMemo, useState } from 'react';
import { bearingDeg, type CameraSpot } from './camera-fields.ts';

interface Props {
  readonly spot: CameraSpot;
  readonly onSpot: (spot: CameraSpot) => void;
}

const firstCone = { bearingDeg: 0, angleDeg: 70, distanceM: 60 };

/** Place and direction by clicks on the map, or as numbers. */
export function SpotFields({ spot, onSpot }: Props) {
  const t = useTexts(videoCameraTexts);
  const id = useId();
  const town = useTown();
  const [aiming, setAiming] = useState(false);
  const [first] = useState(spot.place);
  const { place, cone } = spot;
  const cameras = useMemo(
    () => (place ? [{ id: 'own', name: '', place, cone, tone: 'unknown' as const }] : []),
    [place, cone],
  );
  const number = (label: string, value: number | null, set: (value: number) => void, limits: object) => (
    <label className="video-stack" htmlFor={`${id}${label}`}>
      {label}
      <InputNumber
        id={`${id}${label}`}
        value={value}
        {...limits}
        onChange={(next) => {
          if (next !== null) set(next);
        }}
      />
    </label>
  );
  const degrees = { step: 0.0001, precision: 6 };
  const at = place ?? { lon: 0, lat: 0 };
  return (
    <>
      <div className="camera-map">
        <TownMap
          town={town}
          label={t.place}
          reveal={first}
          cameras={cameras}
          {...(first ? { revealResolution: 2 } : {})}
          onHit={(_, clicked) => {
            if (!aiming || !place) return onSpot({ ...spot, place: { lon: clicked.lon, lat: clicked.lat } });
            return onSpot({ ...spot, cone: { ...(cone ?? firstCone), bearingDeg: bearingDeg(place, clicked) } });
          }}
        />
      </div>
      <div className="video-fields camera-spot">
        {number(t.lon, place?.lon ?? null, (lon) => onSpot({ ...spot, place: { ...at, lon } }), {
          min: -180,
          max: 180,
          ...degrees,
        })}
        {number(t.lat, place?.lat ?? null, (lat) => onSpot({ ...spot, place: { ...at, lat } }), {
          min: -90,
          max: 90,
          ...degrees,
        })}
        <div className="video-wide video-tools">
          <Checkbox
            checked={cone !== null}
            onChange={(event) => onSpot({ ...spot, cone: event.target.checked ? firstCone : null })}
          >
            {t.hasCone}
          </Checkbox>
          {cone === null || !place ? null : (
            <Checkbox checked={aiming} onChange={(event) => setAiming(event.target.checked)}>
              {t.aim}
            </Checkbox>
          )}
        </div>
        {cone === null ? null : (
          <>
            {number(t.bearing, cone.bearingDeg, (to) => onSpot({ ...spot, cone: { ...cone, bearingDeg: to } }), {
              min: 0,
              max: 359,
            })}
            {number(t.angle, cone.angleDeg, (to) => onSpot({ ...spot, cone: { ...cone, angleDeg: to } }), {
              min: 1,
              max: 360,
            })}
            {number(t.distance, cone.distanceM, (to) => onSpot({ ...spot, cone: { ...cone, distanceM: to } }), {
              min: 1,
              max: 2000,
              precision: 0,
            })}
          </>
        )}
      </div>
    </>
  );
}
