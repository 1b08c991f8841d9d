import { proofFarM, type PhotoFacts } from '@wangge/incidents/contract';
import { useLang, useTexts } from '../lang.tsx';
import { uiTexts } from '../texts.ts';
import { formatDistance, formatTime } from '../time.ts';

/** No line begins with a dot. */
const between = '\u00a0· ';

/** What a photo says of itself: how, when (and by whose clock), how far from the place. */
export function PhotoLine({ facts }: { facts: PhotoFacts }) {
  const t = useTexts(uiTexts).photo;
  const { lang } = useLang();
  const { place, distanceM } = facts;
  // Nothing is said of places to those who may not know them.
  const where =
    place === undefined
      ? null
      : place === null
        ? t.noPlace
        : distanceM === null || distanceM === undefined
          ? t.placed
          : t.away(formatDistance(distanceM, lang));
  const far = typeof distanceM === 'number' && distanceM > proofFarM;
  return (
    <p className="wg-photo-line">
      <span>{t.how[facts.how](formatTime(facts.atMs))}</span>
      {facts.byPhone ? `${between}${t.byPhone}` : null}
      {where === null ? null : (
        <>
          {between}
          <span className={far || place === null ? 'wg-photo-doubt' : ''}>
            {far ? <span aria-hidden="true">!&nbsp;</span> : null}
            {where}
            {far ? t.far : ''}
          </span>
        </>
      )}
    </p>
  );
}
