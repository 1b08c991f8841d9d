/** Files into a ZIP, as they are: pictures do not get smaller. */
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { Readable } from 'node:stream';
import { ZipFile } from 'yazl';

export interface ZipPart {
  readonly name: string;
  readonly content: { readonly path: string } | { readonly bytes: Buffer };
}

export async function writeZip(path: string, parts: readonly ZipPart[]): Promise<void> {
  const zip = new ZipFile();
  for (const { name, content } of parts) {
    if ('path' in content) zip.addFile(content.path, name, { compress: false });
    else zip.addBuffer(content.bytes, name, { compress: false });
  }
  zip.end();
  await pipeline(zip.outputStream as Readable, createWriteStream(path, { mode: 0o600, flush: true }));
}
