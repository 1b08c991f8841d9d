import type { RouteCall, RouteShape } from '@wangge/contract-kit';
import { apiUrl } from './call.ts';
import { errorOfResponse, networkError } from './call-error.ts';
import { requestUrl } from './request-url.ts';

export interface Downloaded {
  readonly file: Blob;
  /** As the server named it. */
  readonly name: string;
  readonly headers: Headers;
}

export interface DownloadOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called for every piece: bytes so far, unpacked, and what the server said beforehand. */
  readonly onProgress?: (bytes: number, headers: Headers) => void;
}

/**
 * Fetches the file that a route answers. It may take as long as it takes: there is no time limit but the
 * caller's own signal.
 *
 * @throws CallError for every answer that is not a success, and for one that broke off
 * @throws DOMException (AbortError) when the caller's own signal ended it
 */
export async function download<R extends RouteShape>(
  route: R,
  input: RouteCall<R>,
  options: DownloadOptions = {},
): Promise<Downloaded> {
  const { params, query } = input as { params?: unknown; query?: unknown };
  const { signal, onProgress } = options;
  try {
    const response = await fetch(apiUrl(requestUrl(route.path, params, query)), {
      credentials: 'same-origin',
      ...(signal ? { signal } : {}),
    });
    if (!response.ok) throw await errorOfResponse(response);
    const { headers } = response;
    const pieces: Uint8Array<ArrayBuffer>[] = [];
    let bytes = 0;
    const reader = response.body?.getReader();
    for (;;) {
      const piece = await reader?.read();
      if (!piece || piece.done) break;
      pieces.push(piece.value);
      bytes += piece.value.length;
      onProgress?.(bytes, headers);
    }
    const type = headers.get('content-type') ?? 'application/octet-stream';
    return { file: new Blob(pieces, { type }), name: nameOf(headers.get('content-disposition')), headers };
  } catch (error) {
    if (signal?.aborted) throw error;
    // fetch and its reader report every network fault as TypeError.
    if (error instanceof TypeError) throw networkError(error);
    throw error;
  }
}

function nameOf(disposition: string | null): string {
  return /filename="([^"]+)"/.exec(disposition ?? '')?.[1] ?? 'file';
}
