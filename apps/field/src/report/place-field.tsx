import { locatePlace } from '@wangge/areas/contract';
import type { Place } from '@wangge/contract-kit';
import { fieldReportTexts, fieldShellTexts } from '@wangge/texts/field';
import { formatDistance, LoadingBlock, useCall, useLang, useTexts } from '@wangge/ui';
import { lazy, Suspense, useEffect, useState } from 'react';
import { PositionLine } from '../place/position-line.tsx';
import { restartPosition } from '../place/position.ts';
import { usePosition } from '../place/use-position.ts';
import { Icon } from '../shell/icons.tsx';
import { Problem } from '../shell/problem.tsx';
import { TextField } from '../shell/text-field.tsx';
import type { PlaceSource } from './report-draft.ts';

const PlaceMap = lazy(async () => ({ default: (await import('../map/place-map.tsx')).PlaceMap }));

interface Props {
  readonly place: Place | null;
  readonly source: PlaceSource | null;
  /** Nothing is written yet: the place still moves with the person. */
  readonly follow: boolean;
  readonly address: string;
  /** Where one of the photos says that it was taken. */
  readonly photoPlace: Place | null;
  readonly onPlace: (place: Place, source: PlaceSource) => void;
  readonly onAddress: (address: string) => void;
}

/** Where it is: the phone's position follows until a place is chosen by hand. */
export function PlaceField({ place, source, follow, address, photoPlace, onPlace, onAddress }: Props) {
  const t = useTexts(fieldReportTexts);
  const shell = useTexts(fieldShellTexts).place;
  const { lang } = useLang();
  const position = usePosition();
  const [large, setLarge] = useState(false);
  const { fix } = position;
  useEffect(() => {
    const better =
      follow || place === null || (fix?.place.accuracyM ?? 0) <= (place.accuracyM ?? Number.POSITIVE_INFINITY);
    if (fix && (source === null || source === 'gps') && fix.place !== place && better) onPlace(fix.place, 'gps');
  }, [fix, source, place, follow, onPlace]);

  const located = useCall(
    locatePlace,
    { query: { lon: place?.lon ?? 0, lat: place?.lat ?? 0 } },
    { enabled: place !== null, freshMs: 600_000, keepPrevious: true },
  );
  const area = located.data?.microGrid ?? located.data?.grid ?? located.data?.village;
  const outside = place !== null && located.data?.inside === false;
  return (
    <section className="field" aria-labelledby="report-where">
      <h2 id="report-where" className="field-title">
        {t.where}
      </h2>
      {place === null ? (
        <PositionLine position={position} />
      ) : (
        <div className="position-line">
          <p role="status">
            <Icon name="place" size={20} /> {area ? <strong>{area.name} </strong> : null}
            <span className="muted">
              {source === null ? '' : t.source[source]}
              {place.accuracyM === undefined ? '' : ` · ${shell.accuracy(Math.round(place.accuracyM))}`}
            </span>
          </p>
          {source === 'gps' ? null : (
            <button
              type="button"
              className="text-button"
              onClick={() => {
                if (fix) onPlace(fix.place, 'gps');
                else restartPosition();
              }}
            >
              {shell.again}
            </button>
          )}
        </div>
      )}
      {place !== null && source !== 'gps' && (position.state === 'denied' || position.state === 'insecure') ? (
        <p className="field-hint">{shell[position.state]}</p>
      ) : null}
      {outside ? <Problem>{t.outside(formatDistance(located.data?.distanceM ?? 0, lang))}</Problem> : null}
      <div className={`mini-map${large ? ' mini-map-large' : ''}`}>
        <Suspense fallback={<LoadingBlock rows={2} />}>
          <PlaceMap
            label={t.whereLabel}
            pin={place}
            reveal={place}
            onPlace={({ lon, lat }) => onPlace({ lon: round(lon), lat: round(lat) }, 'map')}
          />
        </Suspense>
      </div>
      <div className="position-line">
        <p className="field-hint">{t.whereHint}</p>
        <button type="button" className="text-button" aria-pressed={large} onClick={() => setLarge(!large)}>
          {large ? t.shrink : t.enlarge}
        </button>
      </div>
      {photoPlace !== null && source !== 'photo' ? (
        <button type="button" className="text-button" onClick={() => onPlace(photoPlace, 'photo')}>
          {t.usePhoto}
        </button>
      ) : null}
      <TextField label={t.address} placeholder={t.addressHint} maxLength={200} value={address} onValue={onAddress} />
    </section>
  );
}

function round(degrees: number): number {
  return Math.round(degrees * 1e7) / 1e7;
}
