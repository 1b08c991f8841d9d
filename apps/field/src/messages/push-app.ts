import type { PushApp } from '@wangge/ui/notify';

/** The worker that keeps the page on the phone also shows what is pushed. */
export const pushApp: PushApp = { name: 'field', worker: '/field/sw.js', scope: '/field/' };
