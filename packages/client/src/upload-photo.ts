import type { PhotoTaken, UploadedFile } from '@wangge/kernel/contract';
import { send, type CallOptions } from './call.ts';

/**
 * Send one photo. The server checks its bytes, turns and shrinks it and drops its metadata.
 *
 * @param options `taken`: what this phone says of it
 * @throws CallError `file-too-large`, `not-an-image`, `image-too-large`, `disk-full`, `unavailable`
 */
export function uploadPhoto(
  file: Blob,
  { taken, ...options }: CallOptions & { readonly taken?: PhotoTaken | undefined } = {},
): Promise<UploadedFile> {
  const form = new FormData();
  // The server reads what stands before the file.
  if (taken) form.append('taken', JSON.stringify(taken));
  form.append('file', file, file instanceof File ? file.name : 'photo.jpg');
  return send<UploadedFile>(
    '/api/files',
    { method: 'POST', headers: { accept: 'application/json', 'x-wangge': '1' }, body: form },
    // A village's uplink may give 50 kB/s: three minutes for a large photo.
    { timeoutMs: 180_000, ...options },
  );
}
