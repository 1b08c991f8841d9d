/**
 * Part of a service worker: shows what is pushed, and opens what it is about. No module, since workers of some
 * browsers take none; builds put it beside or behind the rest of a worker.
 */

interface Pushed {
  readonly title: string;
  readonly body: string;
  /** Path on this site. */
  readonly url: string;
  readonly tag: string;
  readonly urgent: boolean;
}
/** The part of the worker's scope that is used here (the `webworker` types clash with those of pages). */
interface PushEventLike extends Event {
  readonly data: { json(): Pushed } | null;
  waitUntil(work: Promise<unknown>): void;
}
interface ClickEventLike extends Event {
  readonly notification: Notification;
  waitUntil(work: Promise<unknown>): void;
}
interface OpenPage {
  readonly url: string;
  focus(): Promise<unknown>;
  postMessage(message: unknown): void;
}
interface PushScope {
  addEventListener(type: 'push', listener: (event: PushEventLike) => void): void;
  addEventListener(type: 'notificationclick', listener: (event: ClickEventLike) => void): void;
  readonly registration: ServiceWorkerRegistration;
  readonly clients: {
    matchAll(options: { type: 'window'; includeUncontrolled: boolean }): Promise<readonly OpenPage[]>;
    openWindow(url: string): Promise<unknown>;
  };
}
const pushScope = globalThis as unknown as PushScope;

pushScope.addEventListener('push', (event) => {
  const pushed = event.data?.json();
  if (!pushed) return;
  event.waitUntil(
    pushScope.registration.showNotification(pushed.title, {
      body: pushed.body,
      // A repetition takes the place of the first.
      tag: pushed.tag,
      icon: '/field/icon-192.png',
      requireInteraction: pushed.urgent,
      data: { url: pushed.url },
    }),
  );
});

pushScope.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(showPage(String((event.notification.data as { url?: unknown } | null)?.url ?? '/')));
});

/** A page of ours that is open is not loaded anew: something may be half written in it. */
async function showPage(path: string): Promise<void> {
  const url = new URL(path, location.origin);
  if (url.origin !== location.origin) return;
  const app = url.pathname.split('/')[1] ?? '';
  const pages = await pushScope.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const open = pages.find((page) => new URL(page.url).pathname.startsWith(`/${app}/`));
  if (!open) {
    await pushScope.clients.openWindow(url.href);
    return;
  }
  await open.focus();
  open.postMessage({ open: url.pathname + url.search });
}

export {};
