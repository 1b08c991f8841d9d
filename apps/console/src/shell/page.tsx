import { shellTexts } from '@wangge/texts/console';
import { useTexts } from '@wangge/ui';
import { useEffect, type ReactNode } from 'react';
import { useMay } from '../session/me.tsx';

interface Props {
  readonly title: string;
  readonly permission?: string;
  /** Buttons beside the title. */
  readonly tools?: ReactNode;
  readonly children: ReactNode;
}

/** A page of administration: title, tools, content; refuses kindly where the permission lacks. */
export function Page({ title, permission, tools, children }: Props) {
  const t = useTexts(shellTexts);
  const may = useMay();
  usePageTitle(title);
  return (
    <div className="page">
      <div className="page-head">
        <h1>{title}</h1>
        <div className="page-tools">{tools}</div>
      </div>
      {permission === undefined || may(permission) ? children : <p>{t.noAccess}</p>}
    </div>
  );
}

/** Title of the browser's tab. */
export function usePageTitle(title: string): void {
  const t = useTexts(shellTexts);
  useEffect(() => {
    document.title = `${title} · ${t.title}`;
  }, [title, t.title]);
}
