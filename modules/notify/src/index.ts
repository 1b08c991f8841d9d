/** One way to tell people: an inbox for everybody with an account, and ways out to telephones, browsers, mailboxes, chats. */
import { defineModule } from '@wangge/kernel';
import { inboxChanged, messageTold } from './contract.ts';
import { registerDevInbox } from './dev-inbox.ts';
import { messageAcknowledged } from './hooks.ts';
import { deliver, forget } from './jobs.ts';
import { keepDelivering } from './keep-delivering.ts';
import { notifyRoutes } from './routes.ts';
import { vapidKeys } from './senders/vapid.ts';

export { messageAcknowledged } from './hooks.ts';
export { acknowledgeAbout, demoInbox } from './messages.ts';
export { type AccountTelling, tell, tellAccounts, type Telling } from './tell.ts';
export type { TemplateName } from './templates.ts';

export const notify = defineModule({
  name: 'notify',
  migrations: new URL('../migrations/', import.meta.url),
  permissions: { 'notify.manage': { by: ['system-admin'] } },
  events: [messageTold, inboxChanged],
  hooks: [messageAcknowledged],
  routes: notifyRoutes,
  plugin: registerDevInbox,
  jobs: { 'notify.deliver': deliver, 'notify.forget': forget },
  cron: { 'notify.forget': '17 3 * * *' },
  keep: keepDelivering,
  // The first look makes the keys: browsers subscribe under them for years.
  start: (rt) => {
    vapidKeys(rt);
    return Promise.resolve();
  },
});
