import type { Place } from '@wangge/contract-kit';
import { TownMap, useTown, type MapPoint } from '@wangge/ui/map';

interface Props {
  readonly label: string;
  readonly incidents?: readonly MapPoint[];
  readonly pin?: Place | null;
  readonly own?: Place | null;
  readonly reveal?: Place | null;
  readonly onPlace?: (place: Place) => void;
}

/** A small map around one place; loaded apart, since most pages do without. */
export function PlaceMap({ onPlace, ...rest }: Props) {
  const town = useTown();
  return (
    <TownMap town={town} revealResolution={1.5} {...rest} {...(onPlace ? { onHit: (_, at) => onPlace(at) } : {})} />
  );
}
