import type { Photo } from '@wangge/incidents/contract';
import { incidentTexts } from '@wangge/texts/console';
import { PhotoLine, useTexts } from '@wangge/ui';
import { Image } from 'antd';
import { useState } from 'react';

/** Thumbnails that open large, with arrows between them; beside each what its phone said of it. */
export function Photos({ photos, label = true }: { photos: readonly Photo[]; label?: boolean }) {
  const t = useTexts(incidentTexts).photos;
  const [open, setOpen] = useState<number | null>(null);
  if (photos.length === 0) return null;
  return (
    <div className="photos">
      {photos.map((photo, i) => {
        const thumb = (
          <button
            key={photo.fileId}
            type="button"
            className="photo"
            onClick={() => setOpen(i)}
            // What is seen on it is part of its name, for those who speak to their computer.
            aria-label={label ? `${t[photo.purpose]} · ${t.open(i + 1)}` : t.open(i + 1)}
          >
            <img src={photo.thumbUrl} alt="" loading="lazy" />
            {label ? <span>{t[photo.purpose]}</span> : null}
          </button>
        );
        return photo.taken === undefined ? (
          thumb
        ) : (
          <figure key={photo.fileId} className="photo-told">
            {thumb}
            <figcaption>
              <PhotoLine facts={photo.taken} />
            </figcaption>
          </figure>
        );
      })}
      {open === null ? null : (
        <Image.PreviewGroup
          items={photos.map((photo) => photo.url)}
          preview={{
            open: true,
            current: open,
            onChange: (current) => setOpen(current),
            onOpenChange: (shown) => {
              if (!shown) setOpen(null);
            },
          }}
        />
      )}
    </div>
  );
}
