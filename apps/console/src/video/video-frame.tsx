import { Link, Outlet } from '@tanstack/react-router';
import { videoTexts } from '@wangge/texts/console';
import { LoadingBlock, useTexts } from '@wangge/ui';
import { Suspense } from 'react';
import { useMay } from '../session/me.tsx';
import './video.css';

const pages = [
  { to: '/video', name: 'wall', by: ['video.watch'] },
  { to: '/video/map', name: 'map', by: ['video.read'] },
  { to: '/video/cameras', name: 'cameras', by: ['video.read'] },
  { to: '/video/playback', name: 'playback', by: ['video.playback'] },
  { to: '/video/exports', name: 'exports', by: ['video.export'] },
  { to: '/video/approvals', name: 'approvals', by: ['approvals.decide', 'video.playback'] },
  { to: '/video/looks', name: 'looks', by: ['audit.read', 'video.watch'] },
  { to: '/video/devices', name: 'devices', by: ['video.edit'] },
  { to: '/video/storage', name: 'storage', by: ['video.edit'] },
] as const;

/** The pages of video: their own navigation, the page below. */
export function VideoFrame() {
  const t = useTexts(videoTexts);
  const may = useMay();
  return (
    <>
      <nav className="video-nav" aria-label={t.pages.label}>
        {pages
          .filter(({ by }) => by.some(may))
          .map(({ to, name }) => (
            <Link key={to} to={to} activeOptions={{ exact: to === '/video', includeSearch: false }}>
              {t.pages[name]}
            </Link>
          ))}
      </nav>
      <Suspense fallback={<LoadingBlock rows={8} />}>
        <Outlet />
      </Suspense>
    </>
  );
}
