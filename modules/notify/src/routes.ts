/** Handlers of the notify routes. */
import { handle, type Handler } from '@wangge/kernel';
import * as channels from './actions/manage-channels.ts';
import * as deliveries from './actions/see-deliveries.ts';
import * as c from './contract.ts';
import { acknowledgeOwn, markRead, ownMessages } from './messages.ts';
import { readOwnPreferences, saveOwnPreferences } from './preferences.ts';
import { ownBrowsers, subscribe, unsubscribe } from './push-store.ts';
import { vapidKeys } from './senders/vapid.ts';

const ok = { ok: true } as const;

export const notifyRoutes: readonly Handler[] = [
  handle(c.listMessages, (call) => call.tx((tx) => ownMessages(tx, call.query))),
  handle(c.readMessages, (call) => call.tx((tx) => markRead(tx, call.body.ids))),
  handle(c.acknowledgeMessage, (call) => call.tx((tx) => acknowledgeOwn(tx, call.params.id))),
  handle(c.readPreferences, (call) => call.tx(readOwnPreferences)),
  handle(c.savePreferences, (call) => call.tx((tx) => saveOwnPreferences(tx, call.body))),
  handle(c.readPush, async (call) => ({
    publicKey: vapidKeys(call.rt).publicKey,
    devices: await call.tx(ownBrowsers),
  })),
  handle(c.subscribePush, (call) =>
    call.tx((tx) => subscribe(tx, call.body, call.request.headers['user-agent'] ?? '')),
  ),
  handle(c.unsubscribePush, (call) => call.tx((tx) => unsubscribe(tx, call.body))),
  handle(c.listChannels, (call) => call.tx(channels.listAll)),
  handle(c.createChannel, (call) => call.tx((tx) => channels.create(tx, call.body))),
  handle(c.updateChannel, (call) => call.tx((tx) => channels.update(tx, call.params.id, call.body))),
  handle(c.deleteChannel, async (call) => {
    await call.tx((tx) => channels.remove(tx, call.params.id));
    return ok;
  }),
  handle(c.testChannel, async (call) => {
    const row = await call.tx((tx) => channels.auditTest(tx, call.params.id));
    return channels.tryOut(call.rt, row, call.body.to);
  }),
  handle(c.listDeliveries, (call) => call.tx((tx) => deliveries.deliveriesPage(tx, call.query))),
  handle(c.deliveryTotals, async (call) => ({ totals: await call.tx((tx) => deliveries.totals(tx, call.query.days)) })),
  handle(c.retryDelivery, async (call) => {
    await call.tx((tx) => deliveries.retry(tx, call.params.id));
    return ok;
  }),
];
