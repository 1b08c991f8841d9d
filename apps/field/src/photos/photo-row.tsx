import type { Photo } from '@wangge/incidents/contract';
import { fieldShellTexts } from '@wangge/texts/field';
import { PhotoLine, useTexts } from '@wangge/ui';
import { useState } from 'react';
import { PhotoViewer } from './photo-viewer.tsx';

/** Photos from the server as thumbnails, beside each what its phone said of it; a tap shows them large. */
export function PhotoRow({ photos }: { photos: readonly Photo[] }) {
  const t = useTexts(fieldShellTexts).photos;
  const [shown, setShown] = useState<number | null>(null);
  if (photos.length === 0) return null;
  return (
    <>
      <ul className="thumbs">
        {photos.map((photo, i) => (
          <li key={photo.fileId} className={photo.taken ? 'thumb-told' : ''}>
            <button type="button" className="thumb" aria-label={t.view(i + 1)} onClick={() => setShown(i)}>
              <img src={photo.thumbUrl} alt="" loading="lazy" decoding="async" />
            </button>
            {photo.taken ? <PhotoLine facts={photo.taken} /> : null}
          </li>
        ))}
      </ul>
      {shown === null ? null : (
        <PhotoViewer sources={photos.map(({ url }) => url)} start={shown} onClose={() => setShown(null)} />
      )}
    </>
  );
}
