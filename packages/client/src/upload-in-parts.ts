import { beginUpload, finishUpload, type PhotoTaken, type UploadedFile } from '@wangge/kernel/contract';
import { call, send, type CallOptions } from './call.ts';
import { CallError, isCallError } from './call-error.ts';
import { uploadPhoto } from './upload-photo.ts';

export interface PartsOptions extends CallOptions {
  /** Told after every part. */
  readonly onBytes?: (sent: number, all: number) => void;
  /** What this phone says of it. */
  readonly taken?: PhotoTaken | undefined;
  /** First pause after a broken link, in milliseconds; it doubles while nothing gets through. */
  readonly pauseMs?: number;
}

const smallestPart = 16 * 1024;
const largestPart = 512 * 1024;
/** A part that takes about a second loses little when the link breaks, and costs few questions. */
const wantedMs = 1000;
const fruitlessTries = 4;

/**
 * Send one photo over a link that may break at any moment: each time it goes on from what has arrived.
 *
 * @param id of the upload; the same one again, even after the page was killed, goes on where it stopped
 * @throws CallError as `uploadPhoto` does; `offline` after several tries that brought nothing across
 */
export async function uploadInParts(id: string, file: Blob, options: PartsOptions = {}): Promise<UploadedFile> {
  const bytes = await file.arrayBuffer();
  const sha256 = await hashOf(bytes);
  // Pages without HTTPS cannot hash.
  if (sha256 === null) return uploadPhoto(file, options);
  const { signal, onBytes, taken, pauseMs = 300 } = options;
  const type = file.type === '' ? 'image/jpeg' : file.type;
  const body = { id, sizeBytes: bytes.byteLength, sha256, type, ...(taken ? { taken } : {}) };
  let partBytes = 4 * smallestPart;
  let furthest = -1;
  let fruitless = 0;
  let restarts = 0;
  for (;;) {
    try {
      const begun = await call(beginUpload, { body }, { signal });
      if (begun.file) return begun.file;
      let { offset } = begun;
      while (offset < bytes.byteLength) {
        if (offset > furthest) fruitless = 0;
        furthest = Math.max(furthest, offset);
        onBytes?.(offset, bytes.byteLength);
        const began = performance.now();
        offset = await sendPart(id, offset, bytes.slice(offset, offset + partBytes), signal);
        partBytes = performance.now() - began < wantedMs ? Math.min(largestPart, partBytes * 2) : partBytes;
      }
      onBytes?.(bytes.byteLength, bytes.byteLength);
      return await call(finishUpload, { params: { id } }, { signal, timeoutMs: 60_000 });
    } catch (error) {
      if (!isCallError(error)) throw error;
      // The server has fewer bytes than we thought, or other ones: it says from where on.
      const again = isCallError(error, 'conflict') && typeof error.details['offset'] === 'number';
      if (again && ++restarts <= 3) continue;
      if (!error.offline || ++fruitless > fruitlessTries) throw error;
      partBytes = Math.max(smallestPart, partBytes / 2);
      await pause(pauseMs * 2 ** (fruitless - 1), signal);
    }
  }
}

async function sendPart(id: string, offset: number, part: ArrayBuffer, signal?: AbortSignal): Promise<number> {
  const answer = await send<{ offset: number }>(
    `/api/uploads/${id}/parts?offset=${offset}`,
    {
      method: 'PUT',
      headers: { accept: 'application/json', 'x-wangge': '1', 'content-type': 'application/octet-stream' },
      body: part,
    },
    { signal, timeoutMs: 30_000 },
  );
  // An answer that leads nowhere would lead there for ever.
  if (answer.offset <= offset) throw new CallError('unavailable', stuck, { offline: true });
  return answer.offset;
}
const stuck = { zh: '照片传输中断，稍后继续。', en: 'The photo was interrupted and goes on in a moment.' };

/** SHA-256, hexadecimal; null where the browser does not offer it. */
async function hashOf(bytes: ArrayBuffer): Promise<string | null> {
  const subtle = globalThis.crypto?.subtle as SubtleCrypto | undefined;
  if (!subtle) return null;
  const hash = new Uint8Array(await subtle.digest('SHA-256', bytes));
  return [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((done) => {
    const timer = setTimeout(done, ms);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      done();
    });
  });
}
