import { call } from '@wangge/client';
import { releaseIncident, releaseMoves, type Incident } from '@wangge/incidents/contract';
import { incidentTexts } from '@wangge/texts/console';
import { formatTime, usePick, useTexts } from '@wangge/ui';
import { Button } from 'antd';
import { Photos } from './photos.tsx';
import { ReleaseForm, type ReleaseValues } from './release-form.tsx';
import { allPhotos } from './release-photos.ts';
import { useMoving } from './use-moving.tsx';

type ReleaseMove = keyof typeof releaseMoves;

/** What the public reads of this incident, and the buttons that change it. */
export function Release({ incident }: { incident: Incident }) {
  const t = useTexts(incidentTexts).release;
  const pick = usePick();
  const { release } = incident;
  const moving = useMoving<ReleaseMove, ReleaseValues>({
    incident,
    nameOf: (move) => pick(releaseMoves[move]),
    withoutForm: (move) => (move === 'take-from-public' ? { photoIds: [] } : null),
    possible: (move, after) => after.release.may && (move === 'release' || after.release.released),
    perform: (move, values, version, clientKey) =>
      call(releaseIncident, {
        params: { id: incident.id },
        body: { version, clientKey, released: move === 'release', ...values },
      }),
  });
  if (!release.may && !release.released && !moving.inConflict) return null;
  const shown = allPhotos(incident).filter((photo) => release.photoIds.includes(photo.fileId));
  return (
    <section className="release" aria-labelledby="release-title" data-testid="release">
      <h3 id="release-title">{t.title}</h3>
      {moving.trouble}
      <p className="release-state">
        {release.released ? (
          <>
            <span className="wg-tag wg-tag-green">✓ {t.released}</span>{' '}
            <span className="muted">
              {release.atMs === null ? null : formatTime(release.atMs)} {release.byName}
            </span>
          </>
        ) : (
          <span className="muted">{t.notReleased}</span>
        )}
      </p>
      {release.released ? (
        <>
          {release.publicText === null ? null : <p className="incident-text release-text">{release.publicText}</p>}
          <Photos photos={shown} />
        </>
      ) : null}
      {release.may ? (
        <div className="moves-buttons">
          <Button size="small" onClick={() => moving.start('release')} data-testid="release-open">
            {release.released ? t.change : t.open}
          </Button>
          {release.released ? (
            <Button
              size="small"
              loading={moving.isBusy('take-from-public')}
              onClick={() => moving.start('take-from-public')}
            >
              {t.withdraw}
            </Button>
          ) : null}
        </div>
      ) : null}
      {moving.form ? <ReleaseForm {...moving.form} /> : null}
    </section>
  );
}
