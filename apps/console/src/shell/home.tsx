import { Navigate } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { LoadingBlock } from '@wangge/ui';
import { useMay } from '../session/me.tsx';
import { pages } from './pages.ts';

const DeskPage = lazy(() => import('../desk/desk-page.tsx').then((m) => ({ default: m.DeskPage })));

/** The desk for those who work with incidents, else the first page that one may see. */
export function Home() {
  const may = useMay();
  if (may('incidents.read'))
    return (
      <Suspense fallback={<LoadingBlock rows={6} />}>
        <DeskPage />
      </Suspense>
    );
  const page = pages.find(({ permission, to }) => to !== '/' && (permission === null || may(permission)));
  return <Navigate to={page?.to ?? '/account'} replace />;
}
