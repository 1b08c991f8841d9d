import { afterEach, describe, expect, it } from 'vitest';
import { contentOf, Notifier, Subscription, type SipEndpoint, type SipRequest } from '@wangge/sip';
import { ManualClock } from '@wangge/sip/testkit';
import { at, openEndpoint } from './pair.ts';

const open: SipEndpoint[] = [];
afterEach(async () => {
  for (const endpoint of open.splice(0)) await endpoint.close();
});

/** A device that notifies, and a platform on a clock of its own. */
async function pair(maxExpires = 600) {
  const clock = new ManualClock();
  const notifiers: Notifier[] = [];
  const asked: SipRequest[] = [];
  const ends: string[] = [];
  const device = await openEndpoint({
    onRequest(transaction) {
      asked.push(transaction.request);
      const contact = device.contact('2', transaction.source);
      notifiers.push(new Notifier(device, transaction, { contact, maxExpires, onEnd: () => ends.push('notifier') }));
    },
  });
  const platform = await openEndpoint({ clock });
  open.push(device, platform);
  const remote = at(device, 'udp');
  const heard: string[] = [];
  let wake = (): void => undefined;
  const subscribe = (expires = 3600) =>
    Subscription.open(platform, {
      uri: 'sip:2@h',
      from: '<sip:1@h>',
      to: '<sip:2@h>',
      contact: platform.contact('1', remote),
      remote,
      event: 'Catalog;id=1',
      expires,
      content: () => contentOf('text/plain', 'query'),
      onNotify: (request) => {
        heard.push(request.body.toString());
        wake();
      },
      onEnd: (reason) => ends.push(reason),
    });
  const until = async (done: () => boolean): Promise<void> => {
    while (!done()) await new Promise<void>((resolve) => (wake = resolve));
  };
  return { clock, device, platform, notifiers, asked, heard, ends, subscribe, until };
}

describe('subscriptions', () => {
  it('are notified in order', async () => {
    const { notifiers, heard, subscribe, until, asked } = await pair();
    await subscribe();
    expect(asked[0]!.headers.get('event')).toBe('Catalog;id=1');
    for (let n = 0; n < 20; n++) notifiers[0]!.notify(contentOf('text/plain', String(n)));
    await until(() => heard.length === 20);
    expect(heard).toEqual(Array.from({ length: 20 }, (_, n) => String(n)));
  });

  it('are refreshed inside their dialog before they run out', async () => {
    const { clock, device, notifiers, asked, subscribe } = await pair(60);
    await subscribe();
    const before = device.stats.received;
    clock.advance(29_000);
    expect(device.stats.received).toBe(before);
    const refreshed = Promise.withResolvers<void>();
    const { receive } = notifiers[0]!;
    Object.assign(notifiers[0]!, {
      receive: (transaction: Parameters<typeof receive>[0]) => {
        receive(transaction);
        refreshed.resolve();
      },
    });
    clock.advance(1000);
    await refreshed.promise;
    expect(asked).toHaveLength(1);
    expect(notifiers[0]!.over).toBe(false);
  });

  it('end when this side cancels', async () => {
    const { device, platform, ends, subscribe } = await pair();
    const subscription = await subscribe();
    await subscription.cancel();
    expect(ends).toEqual(['notifier']);
    expect(platform.dialogs.size + device.dialogs.size).toBe(0);
  });

  it('end when the device has forgotten them', async () => {
    const { clock, device, notifiers, ends, subscribe, platform } = await pair();
    await subscribe();
    device.dialogs.remove(notifiers[0]!);
    const sent = platform.stats.sent;
    clock.advance(570_000);
    expect(platform.stats.sent).toBeGreaterThan(sent);
    await expect.poll(() => ends).toEqual(['481 Call/Transaction Does Not Exist']);
  });
});
