import type { Photo } from '@wangge/incidents/contract';
import { incidentTexts } from '@wangge/texts/console';
import { PhotoLine, useTexts } from '@wangge/ui';

/** Thumbnails with what each of them is; loaded at once, for paper does not scroll. */
export function PrintPhotos({ photos }: { photos: readonly Photo[] }) {
  const t = useTexts(incidentTexts).photos;
  if (photos.length === 0) return null;
  return (
    <div className="sheet-photos">
      {photos.map((photo, i) => (
        <figure key={photo.fileId}>
          <img src={photo.thumbUrl} alt="" />
          <figcaption>
            {i + 1} · {t[photo.purpose]}
            {photo.taken ? <PhotoLine facts={photo.taken} /> : null}
          </figcaption>
        </figure>
      ))}
    </div>
  );
}
