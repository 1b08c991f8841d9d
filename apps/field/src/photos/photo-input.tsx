import type { PhotoTaken } from '@wangge/client';
import { fieldShellTexts } from '@wangge/texts/field';
import { useTexts } from '@wangge/ui';
import { useId, useState, type ChangeEvent } from 'react';
import { useMe } from '../session/me.tsx';
import { Icon } from '../shell/icons.tsx';
import { Problem } from '../shell/problem.tsx';
import { mostPhotos, type DraftPhoto } from './draft-photo.ts';
import { Picture } from './picture.tsx';
import { PhotoViewer } from './photo-viewer.tsx';
import { takeIn } from './take-in.ts';

interface Props {
  readonly label: string;
  readonly photos: readonly DraftPhoto[];
  readonly onPhotos: (change: (now: readonly DraftPhoto[]) => readonly DraftPhoto[]) => void;
  /** Told when chosen pictures begin and end being made ready: what is sent meanwhile would lack them. */
  readonly onWorking: (working: boolean) => void;
}

/** Camera first, album second, and what was taken so far. */
export function PhotoInput({ label, photos, onPhotos, onWorking }: Props) {
  const t = useTexts(fieldShellTexts).photos;
  const { onDuty } = useMe();
  const labelId = useId();
  const [working, setWorking] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [shown, setShown] = useState<number | null>(null);

  const add = async (event: ChangeEvent<HTMLInputElement>, button: PhotoTaken['how']): Promise<void> => {
    const files = [...(event.target.files ?? [])];
    // The same file may be chosen again after it was removed.
    event.target.value = '';
    if (files.length === 0) return;
    setWorking(true);
    onWorking(true);
    setProblem(null);
    try {
      const room = mostPhotos - photos.length;
      const taken = await takeIn(files.slice(0, room), button, onDuty);
      onPhotos((now) => [...now, ...taken.photos].slice(0, mostPhotos));
      const first = taken.unreadable[0];
      if (first !== undefined) setProblem(t.unreadable(first));
      else if (files.length > room) setProblem(t.tooMany(mostPhotos));
    } finally {
      setWorking(false);
      onWorking(false);
    }
  };
  const full = photos.length >= mostPhotos || working;
  return (
    <section className="field" aria-labelledby={labelId}>
      <h2 id={labelId} className="field-title">
        {label} <span className="muted">{`${photos.length}/${mostPhotos}`}</span>
      </h2>
      <div className="photo-buttons">
        <label className={`file-button file-button-main${full ? ' file-button-off' : ''}`}>
          <Icon name="report" size={28} />
          <span>{t.take}</span>
          <input
            type="file"
            accept="image/*"
            capture="environment"
            disabled={full}
            onChange={(e) => void add(e, 'camera')}
          />
        </label>
        <label className={`file-button${full ? ' file-button-off' : ''}`}>
          <Icon name="album" />
          <span>{t.album}</span>
          <input type="file" accept="image/*" multiple disabled={full} onChange={(e) => void add(e, 'gallery')} />
        </label>
      </div>
      <p className="photo-working" role="status">
        {working ? t.working : ''}
      </p>
      <Problem>{problem}</Problem>
      {photos.length > 0 ? (
        <ul className="thumbs">
          {photos.map((photo, i) => (
            <li key={photo.id}>
              <button type="button" className="thumb" aria-label={t.view(i + 1)} onClick={() => setShown(i)}>
                <Picture source={photo.blob} alt="" />
              </button>
              <button
                type="button"
                className="thumb-remove"
                aria-label={t.remove(i + 1)}
                onClick={() => onPhotos((now) => now.filter(({ id }) => id !== photo.id))}
              >
                <Icon name="close" size={18} />
              </button>
            </li>
          ))}
        </ul>
      ) : null}
      {shown === null ? null : (
        <PhotoViewer sources={photos.map(({ blob }) => blob)} start={shown} onClose={() => setShown(null)} />
      )}
    </section>
  );
}
