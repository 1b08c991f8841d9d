import { fieldShellTexts } from '@wangge/texts/field';
import { useTexts } from '@wangge/ui';
import { useEffect, useId, useRef, type ReactNode } from 'react';
import { Icon } from './icons.tsx';

interface Props {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** Buttons that stay under the thumb while the rest scrolls. */
  readonly actions?: ReactNode;
  /** Nothing in it takes the focus: it does itself, so that the keyboard moves very large text. */
  readonly onlyText?: boolean;
}

/**
 * A sheet from the bottom edge. The browser's own dialog keeps the focus inside, hides the page
 * behind it from screen readers, and closes on Escape and on Android's back gesture.
 */
export function Sheet({ title, onClose, children, actions, onlyText = false }: Props) {
  const t = useTexts(fieldShellTexts);
  const titleId = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const shown = dialog.current;
    // A tap beside the sheet closes it where the browser can do that; what was typed is kept anyway.
    shown?.setAttribute('closedby', 'any');
    shown?.showModal();
    return () => shown?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className="sheet"
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <div className="sheet-inner">
        <div className="sheet-head">
          <h2 id={titleId}>{title}</h2>
          <button type="button" className="icon-button" aria-label={t.close} onClick={onClose}>
            <Icon name="close" />
          </button>
        </div>
        {onlyText ? (
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
          <div className="sheet-body" tabIndex={0}>
            {children}
          </div>
        ) : (
          <div className="sheet-body">{children}</div>
        )}
        {actions ? <div className="sheet-actions">{actions}</div> : null}
      </div>
    </dialog>
  );
}
