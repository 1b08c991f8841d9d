/** One way to tell people: messages at the desk, and text messages to telephones. */
import { defineModule, handle } from '@wangge/kernel';
import { listMessages, messageTold, readMessages } from './contract.ts';
import { registerDevInbox } from './dev-inbox.ts';
import { deliver, forget } from './jobs.ts';
import { markRead, ownMessages } from './messages.ts';

export { demoInbox } from './messages.ts';
export { type AccountTelling, tell, tellAccounts, type Telling } from './tell.ts';
export type { TemplateName } from './templates.ts';

export const notify = defineModule({
  name: 'notify',
  migrations: new URL('../migrations/', import.meta.url),
  events: [messageTold],
  routes: [
    handle(listMessages, (c) => c.tx((tx) => ownMessages(tx, c.query))),
    handle(readMessages, (c) => c.tx((tx) => markRead(tx, c.body.ids))),
  ],
  plugin: registerDevInbox,
  jobs: { 'notify.deliver': deliver, 'notify.forget': forget },
  cron: { 'notify.forget': '17 3 * * *' },
});
