import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { ErrorBlock, LoadingBlock } from '@wangge/ui';
import { CallError } from '@wangge/client';
import { designed } from '../design/designed.tsx';
import { readDeskSearch } from '../desk/desk-search.ts';
import { Home } from '../shell/home.tsx';
import { Shell } from '../shell/shell.tsx';
import { NotFound } from './not-found.tsx';
import { parseSearch, stringifySearch } from './search-codec.ts';

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound });
const desk = createRoute({
  getParentRoute: () => root,
  path: '/',
  validateSearch: readDeskSearch,
  component: Home,
});
const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
const overview = createRoute({
  getParentRoute: () => root,
  path: '/overview',
  validateSearch: (raw: Record<string, unknown>): { area?: string; days?: string } => ({
    ...(text(raw['area']) ? { area: String(raw['area']) } : {}),
    ...(text(raw['days']) ? { days: String(raw['days']) } : {}),
  }),
  component: lazyRouteComponent(() =>
    designed(() => import('../overview/overview-page.tsx').then((m) => m.OverviewPage)),
  ),
});
const whistles = createRoute({
  getParentRoute: () => root,
  path: '/whistles',
  component: lazyRouteComponent(() =>
    designed(() => import('../whistles/whistle-figures-page.tsx').then((m) => m.WhistleFiguresPage)),
  ),
});
const instructions = createRoute({
  getParentRoute: () => root,
  path: '/instructions',
  component: lazyRouteComponent(() =>
    designed(() => import('../instructions/instructions-page.tsx').then((m) => m.InstructionsPage)),
  ),
});
const patrols = createRoute({
  getParentRoute: () => root,
  path: '/patrols',
  validateSearch: (raw: Record<string, unknown>): { round?: string } =>
    text(raw['round']) ? { round: String(raw['round']) } : {},
  component: lazyRouteComponent(() => designed(() => import('../patrols/patrols-page.tsx').then((m) => m.PatrolsPage))),
});
const video = createRoute({
  getParentRoute: () => root,
  path: '/video',
  component: lazyRouteComponent(() => designed(() => import('../video/video-frame.tsx').then((m) => m.VideoFrame))),
});
const videoPlace = (raw: Record<string, unknown>): { camera?: string; at?: string } => ({
  ...(text(raw['camera']) ? { camera: String(raw['camera']) } : {}),
  ...(text(raw['at']) ? { at: String(raw['at']) } : {}),
});
const videoWall = createRoute({
  getParentRoute: () => video,
  path: '/',
  component: lazyRouteComponent(() => import('../video/wall/wall-page.tsx'), 'WallPage'),
});
const videoMap = createRoute({
  getParentRoute: () => video,
  path: '/map',
  component: lazyRouteComponent(() => import('../video/map/camera-map-page.tsx'), 'CameraMapPage'),
});
const videoCameras = createRoute({
  getParentRoute: () => video,
  path: '/cameras',
  validateSearch: videoPlace,
  component: lazyRouteComponent(() => import('../video/cameras/cameras-page.tsx'), 'CamerasPage'),
});
const videoPlayback = createRoute({
  getParentRoute: () => video,
  path: '/playback',
  validateSearch: videoPlace,
  component: lazyRouteComponent(() => import('../video/playback/playback-page.tsx'), 'PlaybackPage'),
});
const videoExports = createRoute({
  getParentRoute: () => video,
  path: '/exports',
  component: lazyRouteComponent(() => import('../video/records/exports-page.tsx'), 'ExportsPage'),
});
const videoApprovals = createRoute({
  getParentRoute: () => video,
  path: '/approvals',
  component: lazyRouteComponent(() => import('../video/records/approvals-page.tsx'), 'ApprovalsPage'),
});
const videoLooks = createRoute({
  getParentRoute: () => video,
  path: '/looks',
  component: lazyRouteComponent(() => import('../video/records/looks-page.tsx'), 'LooksPage'),
});
const videoDevices = createRoute({
  getParentRoute: () => video,
  path: '/devices',
  component: lazyRouteComponent(() => import('../video/devices/devices-page.tsx'), 'DevicesPage'),
});
const videoStorage = createRoute({
  getParentRoute: () => video,
  path: '/storage',
  component: lazyRouteComponent(() => import('../video/records/storage-page.tsx'), 'StoragePage'),
});
const tabSearch = (raw: Record<string, unknown>): { tab?: string; id?: string } => ({
  ...(text(raw['tab']) ? { tab: String(raw['tab']) } : {}),
  ...(text(raw['id']) ? { id: String(raw['id']) } : {}),
});
const admin = createRoute({
  getParentRoute: () => root,
  path: '/admin',
  beforeLoad: ({ location }) => {
    if (location.pathname.endsWith('/admin')) throw redirect({ to: '/admin/areas' });
  },
});
const areas = createRoute({
  getParentRoute: () => admin,
  path: '/areas',
  validateSearch: tabSearch,
  component: lazyRouteComponent(() => designed(() => import('../admin/areas/areas-page.tsx').then((m) => m.AreasPage))),
});
const people = createRoute({
  getParentRoute: () => admin,
  path: '/people',
  validateSearch: tabSearch,
  component: lazyRouteComponent(() =>
    designed(() => import('../admin/people/people-page.tsx').then((m) => m.PeoplePage)),
  ),
});
const categories = createRoute({
  getParentRoute: () => admin,
  path: '/categories',
  component: lazyRouteComponent(() =>
    designed(() => import('../admin/categories/categories-page.tsx').then((m) => m.CategoriesPage)),
  ),
});
const rules = createRoute({
  getParentRoute: () => admin,
  path: '/rules',
  component: lazyRouteComponent(() => designed(() => import('../admin/rules/rules-page.tsx').then((m) => m.RulesPage))),
});
const suggestions = createRoute({
  getParentRoute: () => admin,
  path: '/suggestions',
  component: lazyRouteComponent(() =>
    designed(() => import('../admin/suggestions/suggestions-page.tsx').then((m) => m.SuggestionsPage)),
  ),
});
const hotline = createRoute({
  getParentRoute: () => admin,
  path: '/hotline',
  component: lazyRouteComponent(() =>
    designed(() => import('../admin/hotline/hotline-page.tsx').then((m) => m.HotlinePage)),
  ),
});
const calendar = createRoute({
  getParentRoute: () => admin,
  path: '/calendar',
  component: lazyRouteComponent(() =>
    designed(() => import('../admin/calendar/calendar-page.tsx').then((m) => m.CalendarPage)),
  ),
});
const audit = createRoute({
  getParentRoute: () => admin,
  path: '/audit',
  component: lazyRouteComponent(() => designed(() => import('../admin/audit/audit-page.tsx').then((m) => m.AuditPage))),
});
const notify = createRoute({
  getParentRoute: () => admin,
  path: '/notify',
  validateSearch: tabSearch,
  component: lazyRouteComponent(() =>
    designed(() => import('../admin/notify/notify-page.tsx').then((m) => m.NotifyPage)),
  ),
});
const messages = createRoute({
  getParentRoute: () => root,
  path: '/messages',
  component: lazyRouteComponent(() => import('../messages/messages-page.tsx'), 'MessagesPage'),
});
const print = createRoute({
  getParentRoute: () => root,
  path: '/incidents/$id/print',
  component: lazyRouteComponent(() => designed(() => import('../print/print-route.tsx').then((m) => m.PrintRoute))),
});
const account = createRoute({
  getParentRoute: () => root,
  path: '/account',
  component: lazyRouteComponent(() => designed(() => import('../account/account-page.tsx').then((m) => m.AccountPage))),
});

export const router = createRouter({
  routeTree: root.addChildren([
    desk,
    overview,
    whistles,
    instructions,
    patrols,
    video.addChildren([
      videoWall,
      videoMap,
      videoCameras,
      videoPlayback,
      videoExports,
      videoApprovals,
      videoLooks,
      videoDevices,
      videoStorage,
    ]),
    print,
    admin.addChildren([areas, people, categories, rules, suggestions, hotline, calendar, notify, audit]),
    account,
    messages,
  ]),
  basepath: '/console',
  parseSearch,
  stringifySearch,
  defaultPendingComponent: () => <LoadingBlock rows={6} />,
  defaultErrorComponent: ({ error, reset }) => <ErrorBlock error={asCallError(error)} onRetry={reset} />,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}

/** A page's code that could not be fetched (a new version was installed) or a fault in it. */
function asCallError(error: unknown): CallError {
  if (error instanceof CallError) return error;
  return new CallError('internal', {
    zh: '页面出错了，请重试或刷新浏览器。',
    en: 'The page failed. Please try again or reload the browser.',
  });
}
