import { fieldShellTexts } from '@wangge/texts/field';
import { useTexts } from '@wangge/ui';
import { useEffect, useRef, useState } from 'react';
import { Icon } from '../shell/icons.tsx';
import { Picture } from './picture.tsx';

interface Props {
  readonly sources: readonly (string | Blob)[];
  readonly start: number;
  readonly onClose: () => void;
}

/** Photos over the whole screen; all buttons at the bottom edge, swiping is not needed. */
export function PhotoViewer({ sources, start, onClose }: Props) {
  const t = useTexts(fieldShellTexts);
  const dialog = useRef<HTMLDialogElement>(null);
  const [at, setAt] = useState(start);
  const [broken, setBroken] = useState(false);
  useEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    return () => shown?.close();
  }, []);
  const move = (step: number): void => {
    setBroken(false);
    setAt((now) => Math.min(sources.length - 1, Math.max(0, now + step)));
  };
  return (
    <dialog
      ref={dialog}
      className="viewer"
      aria-label={t.photos.viewer}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onKeyDown={(event) => {
        if (event.key === 'ArrowLeft') move(-1);
        if (event.key === 'ArrowRight') move(1);
      }}
    >
      <div className="viewer-picture">
        {broken ? (
          <p role="alert">{t.photos.broken}</p>
        ) : (
          <Picture source={sources[at] ?? ''} alt={`${t.photos.viewer} ${at + 1}`} onBroken={() => setBroken(true)} />
        )}
      </div>
      <div className="viewer-bar">
        <button type="button" disabled={at === 0} onClick={() => move(-1)} aria-label={t.photos.previous}>
          <Icon name="back" />
        </button>
        <button type="button" onClick={onClose}>
          {t.close} <span className="viewer-count">{`${at + 1} / ${sources.length}`}</span>
        </button>
        <button type="button" disabled={at === sources.length - 1} onClick={() => move(1)} aria-label={t.photos.next}>
          <Icon name="forward" />
        </button>
      </div>
    </dialog>
  );
}
