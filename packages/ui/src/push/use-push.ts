import { call } from '@wangge/client';
import { readPush, subscribePush, unsubscribePush } from '@wangge/notify/contract';
import { useCallback, useEffect, useState } from 'react';
import { useRefresh } from '../data/use-call.ts';

/** `ask`: nobody was asked yet. `off`: allowed, and not turned on. */
export type PushState = 'looking' | 'unsupported' | 'denied' | 'ask' | 'off' | 'on';
export interface PushApp {
  readonly name: 'console' | 'field';
  readonly worker: string;
  readonly scope: string;
}

/** Not over plain HTTP, not in a private window of some browsers, not on an iPhone outside the home screen. */
function supported(): boolean {
  return 'serviceWorker' in navigator && 'PushManager' in globalThis && 'Notification' in globalThis;
}

async function current(app: PushApp): Promise<PushSubscription | null> {
  const registration = await navigator.serviceWorker.getRegistration(app.scope);
  return (await registration?.pushManager.getSubscription()) ?? null;
}

async function look(app: PushApp): Promise<PushState> {
  if (!supported()) return 'unsupported';
  if (Notification.permission === 'denied') return 'denied';
  if (await current(app)) return 'on';
  return Notification.permission === 'granted' ? 'off' : 'ask';
}

async function turnOn(app: PushApp): Promise<void> {
  if ((await Notification.requestPermission()) !== 'granted') return;
  const { publicKey } = await call(readPush, {});
  await navigator.serviceWorker.register(app.worker, { scope: app.scope, updateViaCache: 'none' });
  const registration = await navigator.serviceWorker.getRegistration(app.scope);
  if (!registration) throw new Error('no service worker');
  await active(registration);
  const before = await registration.pushManager.getSubscription();
  // Made under another key (a restored town), it would be refused for ever.
  await before?.unsubscribe();
  const made = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey });
  const { endpoint, keys } = made.toJSON();
  await call(subscribePush, {
    body: { endpoint: endpoint ?? '', p256dh: keys?.['p256dh'] ?? '', auth: keys?.['auth'] ?? '', app: app.name },
  });
}

function active(registration: ServiceWorkerRegistration): Promise<void> {
  const worker = registration.active ?? registration.waiting ?? registration.installing;
  if (!worker || worker.state === 'activated' || registration.active) return Promise.resolve();
  const { promise, resolve } = Promise.withResolvers<void>();
  worker.addEventListener('statechange', () => {
    if (worker.state === 'activated' || worker.state === 'redundant') resolve();
  });
  return promise;
}

/** Whoever signs out on a machine is not told things there any more. Never fails: signing out matters more. */
export async function endPush(app: PushApp): Promise<void> {
  try {
    if (!supported()) return;
    const subscription = await current(app);
    if (!subscription) return;
    await call(unsubscribePush, { body: { endpoint: subscription.endpoint } });
    await subscription.unsubscribe();
  } catch {
    // The server forgets a browser that its push service does not know any more.
  }
}

/** State of pushing to this browser, and the switch. */
export function usePush(app: PushApp): {
  state: PushState;
  busy: boolean;
  failed: boolean;
  change: (on: boolean) => void;
} {
  const [state, setState] = useState<PushState>('looking');
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  const refresh = useRefresh();
  const see = useCallback(() => {
    look(app).then(setState, () => setState('unsupported'));
  }, [app]);
  useEffect(() => {
    see();
    // Somebody may come back from the settings of the browser.
    document.addEventListener('visibilitychange', see);
    return () => document.removeEventListener('visibilitychange', see);
  }, [see]);
  const change = useCallback(
    (on: boolean) => {
      setBusy(true);
      setFailed(false);
      (on ? turnOn(app) : endPush(app))
        .catch(() => setFailed(true))
        .finally(() => {
          setBusy(false);
          see();
          void refresh(readPush);
        });
    },
    [app, refresh, see],
  );
  return { state, busy, failed, change };
}

/** A notification was tapped while a page of ours was open: goes where it points. */
export function onPushOpened(go: (path: string) => void): () => void {
  const workers = navigator.serviceWorker as ServiceWorkerContainer | undefined;
  const hear = (event: MessageEvent): void => {
    const open = (event.data as { open?: unknown } | null)?.open;
    if (typeof open === 'string' && open.startsWith('/')) go(open);
  };
  workers?.addEventListener('message', hear);
  // Messages that came before the page was ready wait for this.
  workers?.startMessages();
  return () => workers?.removeEventListener('message', hear);
}
