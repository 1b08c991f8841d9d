import { uploadPhoto, type CallError } from '@wangge/client';
import type { UploadedFile } from '@wangge/kernel/contract';
import { incidentTexts } from '@wangge/texts/console';
import { useTexts } from '@wangge/ui';
import { useState } from 'react';
import { FormProblem } from './form-problem.tsx';

interface Props {
  readonly value?: string[];
  readonly onChange?: (fileIds: string[]) => void;
  readonly id?: string;
  /** Where the photos were taken, when one of them says so. */
  readonly onPlace?: (place: NonNullable<UploadedFile['place']>) => void;
}
const most = 9;

/** Up to nine photos, sent as soon as they are chosen. Works as a form's field. */
export function PhotoField({ onChange, onPlace, id }: Props) {
  const t = useTexts(incidentTexts).create;
  const [files, setFiles] = useState<readonly UploadedFile[]>([]);
  const [waiting, setWaiting] = useState(0);
  const [error, setError] = useState<CallError | null>(null);
  const keep = (next: readonly UploadedFile[]): void => {
    setFiles(next);
    onChange?.(next.map((file) => file.fileId));
  };
  const add = async (chosen: readonly File[]): Promise<void> => {
    setError(null);
    let now = files;
    for (const file of chosen.slice(0, most - files.length)) {
      setWaiting((n) => n + 1);
      try {
        const uploaded = await uploadPhoto(file);
        now = [...now, uploaded];
        keep(now);
        if (uploaded.place) onPlace?.(uploaded.place);
      } catch (problem) {
        setError(problem as CallError);
      } finally {
        setWaiting((n) => n - 1);
      }
    }
  };
  return (
    <div className="photo-field">
      <FormProblem error={error} />
      {files.map((file) => (
        <span key={file.fileId} className="photo">
          <img src={file.thumbUrl} alt="" />
          <button
            type="button"
            aria-label={t.removePhoto}
            onClick={() => keep(files.filter((each) => each.fileId !== file.fileId))}
          >
            ✕
          </button>
        </span>
      ))}
      {waiting > 0 ? <span className="photo photo-waiting" role="status" aria-label="…" /> : null}
      {files.length < most ? (
        // A native file field speaks the system's language, not the page's: the label does.
        <label className="photo-add">
          + {t.addPhoto}
          <input
            id={id}
            type="file"
            accept="image/*"
            multiple
            className="hidden"
            onChange={(event) => {
              void add([...(event.target.files ?? [])]);
              event.target.value = '';
            }}
          />
        </label>
      ) : null}
    </div>
  );
}
