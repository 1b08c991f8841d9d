/** Which pages may use a worker: those of this platform. */
import type { IncomingMessage } from 'node:http';

/** Null: the request comes from no page of a browser, or from one of ours; else the origin that is refused. */
export function foreignOrigin(request: IncomingMessage, publicUrl: string): string | null {
  const { origin } = request.headers;
  if (origin === undefined) return null;
  const page = URL.parse(origin);
  if (page === null) return origin;
  if (page.origin === new URL(publicUrl).origin) return null;
  // Without a configured address people use several names of this machine: the page came from the same one.
  const here = URL.parse(`http://${request.headers.host ?? ''}`);
  return here !== null && here.hostname === page.hostname ? null : origin;
}
