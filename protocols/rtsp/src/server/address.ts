/** The address of a request: path of the stream, query, and what tells the track. */

export interface RequestAddress {
  readonly path: string;
  readonly query: URLSearchParams;
}

const maxPath = 512;

/** Undefined where it is no address of RTSP, or its path climbs or is overlong. */
export function parseAddress(uri: string): RequestAddress | undefined {
  const match = /^rtsp:\/\/[^/?]*(\/[^?]*)?(?:\?(.*))?$/is.exec(uri);
  if (match === null) return undefined;
  let path: string;
  try {
    path = decodeURIComponent(match[1] ?? '').replace(/^\/+|\/+$/g, '');
  } catch {
    return undefined;
  }
  if (path.length > maxPath || path.split('/').includes('..') || hasControl(path)) return undefined;
  return { path, query: new URLSearchParams(match[2] ?? '') };
}

/** Which of the controls the address of a SETUP ends with; −1 for none. */
export function trackOf(uri: string, controls: readonly string[]): number {
  const tail = uri.replace(/\/+$/, '');
  return controls.findIndex((control) => control !== '' && (tail === control || tail.endsWith(`/${control}`)));
}

/** The address without the control of the track: players ask for the stream by it too. */
export function withoutTrack(uri: string, controls: readonly string[]): string {
  const index = trackOf(uri, controls);
  return index < 0 ? uri : uri.replace(/\/+$/, '').slice(0, -controls[index]!.length);
}

function hasControl(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) < 32 || text.charCodeAt(at) === 127) return true;
  return false;
}
