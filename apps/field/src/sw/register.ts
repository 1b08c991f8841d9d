/** Puts the service worker to work, and tells when a new version waits. */
let waiting: ServiceWorker | null = null;
const listeners = new Set<() => void>();

function set(next: ServiceWorker | null): void {
  waiting = next;
  listeners.forEach((tell) => tell());
}

/** Browsers offer it only over HTTPS (or on the same machine); elsewhere the page works with a link only. */
export function registerWorker(): void {
  const workers = navigator.serviceWorker as ServiceWorkerContainer | undefined;
  if (!workers) return;
  const hadOne = workers.controller !== null;
  workers.addEventListener('controllerchange', () => {
    // The first one takes over nothing that is shown; a later one comes with other scripts.
    if (hadOne) location.reload();
  });
  workers
    .register('/field/sw.js', { scope: '/field/', updateViaCache: 'none' })
    .then(follow)
    // While developing there is none.
    .catch(() => undefined);
}

function follow(registration: ServiceWorkerRegistration): void {
  const look = (): void => {
    // Without one at work, the new one begins by itself.
    if (registration.waiting && navigator.serviceWorker.controller) set(registration.waiting);
  };
  look();
  registration.addEventListener('updatefound', () => {
    const coming = registration.installing;
    coming?.addEventListener('statechange', look);
  });
  // An app on the home screen is rarely closed.
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) registration.update().catch(() => undefined);
  });
}

export function hasUpdate(): boolean {
  return waiting !== null;
}
export function onUpdate(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
/** Lets the new version begin; the page is loaded anew. Drafts and what waits stay. */
export function takeUpdate(): void {
  waiting?.postMessage('begin');
}
