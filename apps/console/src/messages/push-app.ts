import type { PushApp } from '@wangge/ui/notify';

/** The desk has a worker for pushing only: it keeps no page. */
export const pushApp: PushApp = { name: 'console', worker: '/console/push.js', scope: '/console/' };
