import type { Help } from '@wangge/dispatch/contract';
import { fieldHelpTexts } from '@wangge/texts/field';
import { useTexts } from '@wangge/ui';
import { navigateLink } from '../place/navigate-link.ts';
import { Link } from '../router/router.tsx';
import { Icon } from '../shell/icons.tsx';

interface Props {
  readonly help: Help;
  /** Not where one looks at the map already. */
  readonly withMap?: boolean;
}

/** Ways to whoever calls: by telephone, on the map, on the road. */
export function HelpWays({ help: { id, name, phone, place }, withMap = false }: Props) {
  const t = useTexts(fieldHelpTexts);
  return (
    <>
      {phone === null ? null : (
        <a className="wide-link" href={`tel:${phone}`}>
          <Icon name="phone" /> {t.call(name)}
        </a>
      )}
      {place && withMap ? (
        <Link className="wide-link" to={{ name: 'map', helpId: id }}>
          <Icon name="map" /> {t.onMap}
        </Link>
      ) : null}
      {place ? (
        <a className="wide-link" href={navigateLink(place, name, navigator.userAgent)}>
          <Icon name="navigate" /> {t.navigate}
        </a>
      ) : null}
    </>
  );
}
