import { fieldShellTexts } from '@wangge/texts/field';
import { LiveTag, useTexts } from '@wangge/ui';
import type { ReactNode } from 'react';
import { useSharing } from '../place/sharing.tsx';
import { goBack } from '../router/router.tsx';
import type { Page } from '../router/path.ts';
import { Icon } from './icons.tsx';

interface Props {
  readonly title: string;
  /** Shows a back button, leading here when the page was opened directly. */
  readonly back?: Page;
  readonly children?: ReactNode;
}

/** Title line of a page: whether it is live, and whether the own position is being shared. */
export function Header({ title, back, children }: Props) {
  const t = useTexts(fieldShellTexts);
  const { onDuty, position } = useSharing();
  return (
    <header className="head">
      {back ? (
        <button type="button" className="icon-button" aria-label={t.back} onClick={() => goBack(back)}>
          <Icon name="back" />
        </button>
      ) : null}
      <h1>{title}</h1>
      <div className="head-state">
        {onDuty && position.state === 'known' && !back ? (
          <span className="head-sharing">
            <Icon name="place" size={16} /> {t.place.sharing}
          </span>
        ) : null}
        <LiveTag />
      </div>
      {children}
    </header>
  );
}
