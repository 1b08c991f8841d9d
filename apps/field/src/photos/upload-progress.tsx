import { fieldShellTexts } from '@wangge/texts/field';
import { useTexts } from '@wangge/ui';

/** How many photos are through; nothing where there are none. */
export function UploadProgress({ done, all }: { done: number; all: number }) {
  const t = useTexts(fieldShellTexts).photos;
  if (all === 0) return null;
  const words = t.uploading(Math.min(done + 1, all), all);
  return (
    <div className="upload" role="status">
      <span>{words}</span>
      <progress value={done} max={all} aria-label={words} />
    </div>
  );
}
