/**
 * The service worker: keeps the page itself on the phone, so that it opens without signal. It never
 * touches an answer of the server; those are the page's own, and go with the sign-out.
 */

/** What was built, and a name that differs with it; written before this file by the build. */
declare const buildFiles: readonly string[];
declare const buildName: string;

/** The part of the worker's scope that is used here (the `webworker` types clash with those of pages). */
interface Waiting extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Fetching extends Event {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface Scope {
  addEventListener(type: 'install' | 'activate', listener: (event: Waiting) => void): void;
  addEventListener(type: 'fetch', listener: (event: Fetching) => void): void;
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
  skipWaiting(): Promise<void>;
  readonly registration: { readonly scope: string };
}
const scope = globalThis as unknown as Scope;

const prefix = 'wangge-field-';
const cacheName = prefix + buildName;
const page = buildFiles.find((file) => file.endsWith('/index.html')) ?? '/field/index.html';
const known = new Set(buildFiles);

scope.addEventListener('install', (event) => {
  const keep = async (): Promise<void> => {
    const cache = await caches.open(cacheName);
    // Past the browser's own cache, or an old page could come with new scripts.
    await cache.addAll(buildFiles.map((file) => new Request(file, { cache: 'reload' })));
  };
  event.waitUntil(keep());
});

scope.addEventListener('activate', (event) => {
  const tidy = async (): Promise<void> => {
    const old = (await caches.keys()).filter((name) => name.startsWith(prefix) && name !== cacheName);
    await Promise.all(old.map((name) => caches.delete(name)));
  };
  event.waitUntil(tidy());
});

scope.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin) return;
  const wanted = request.mode === 'navigate' ? page : url.pathname;
  if (!known.has(wanted)) return;
  event.respondWith(kept(wanted).then((answer) => answer ?? fetch(request)));
});

/** The person has said that it may begin. */
scope.addEventListener('message', (event) => {
  if (event.data === 'begin') void scope.skipWaiting();
});

async function kept(path: string): Promise<Response | undefined> {
  const cache = await caches.open(cacheName);
  return cache.match(path);
}

export {};
