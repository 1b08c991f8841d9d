import { locatePlace } from '@wangge/areas/contract';
import type { Place } from '@wangge/contract-kit';
import { incidentTexts } from '@wangge/texts/console';
import { formatDistance, useCall, useLang, usePick, useTexts } from '@wangge/ui';
import { TownMap, useTown } from '@wangge/ui/map';

interface Props {
  readonly value?: Place;
  readonly onChange?: (place: Place) => void;
  readonly label: string;
  /** What to do, while no place is chosen. */
  readonly hint?: string;
  /** Where the map begins. */
  readonly start?: Place | null;
  readonly focusAreaId?: string | null;
  readonly id?: string;
}

/** Choose a place by a click on the map; says at once in which grid it lies. Works as a form's field. */
export function PlacePicker({ value, onChange, label, hint, start, focusAreaId, id }: Props) {
  const t = useTexts(incidentTexts).create;
  const pick = usePick();
  const { lang } = useLang();
  const town = useTown();
  const found = useCall(
    locatePlace,
    { query: { lon: value?.lon ?? 0, lat: value?.lat ?? 0 } },
    { enabled: value !== undefined, freshMs: 60_000 },
  );
  const grid = found.data?.microGrid ?? found.data?.grid ?? null;
  return (
    <div className="place-picker" id={id}>
      <TownMap
        town={town}
        label={label}
        pin={value ?? start ?? null}
        reveal={value ?? start ?? null}
        {...(start ? { revealResolution: 4 } : {})}
        focusAreaId={focusAreaId ?? null}
        onHit={(_, place) => onChange?.(place)}
      />
      <p className="place-found" role="status">
        {value === undefined
          ? (hint ?? t.placeHint)
          : found.error
            ? pick(found.error.text)
            : found.data
              ? found.data.inside
                ? t.inside(found.data.village?.name ?? '', grid?.name ?? '')
                : t.outside(formatDistance(found.data.distanceM, lang))
              : '…'}
      </p>
    </div>
  );
}
