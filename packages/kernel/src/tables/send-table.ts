/** A table as the answer to a request: a file that the browser saves. */
import { Readable, type Transform } from 'node:stream';
import zlib from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { csvBytes } from './csv.ts';
import type { Table } from './table.ts';
import { xlsxStream } from './xlsx.ts';

export const tableMedia = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;
export type TableFormat = keyof typeof tableMedia;

/** Packing has a thread of its own: with room for the next page it works while that is made, not in between. */
const packing = { chunkSize: 128 * 1024, writableHighWaterMark: 1024 * 1024 };

/** Zstandard (RFC 8878) where the reader takes it and this Node.js has it: a third of gzip's work for a smaller file. */
function packerFor(accepted: string): { readonly name: string; readonly packed: Transform } | null {
  const takes = (name: string): boolean =>
    new RegExp(`\\b${name}\\b(?!\\s*;\\s*q=0(?:\\.0*)?(?:,|\\s|$))`).test(accepted);
  if (takes('zstd') && typeof zlib.createZstdCompress === 'function') {
    const params = { [zlib.constants.ZSTD_c_compressionLevel]: 1 };
    return { name: 'zstd', packed: zlib.createZstdCompress({ ...packing, params }) };
  }
  return takes('gzip') ? { name: 'gzip', packed: zlib.createGzip({ ...packing, level: 1 }) } : null;
}

/**
 * Sets the headers of a download and answers its body. A client that goes away ends the stream, and with it
 * the reading of the pages.
 *
 * @param name of the file, without its ending; letters, digits and dashes
 */
export function sendTable(
  { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  format: TableFormat,
  name: string,
  table: Table,
): Readable {
  reply
    .type(tableMedia[format])
    .header('content-disposition', `attachment; filename="${name}.${format}"`)
    .header('cache-control', 'no-store');
  if (format === 'xlsx') return xlsxStream(table);
  const text = Readable.from(csvBytes(table), { objectMode: false, highWaterMark: 64 * 1024 });
  const packer = packerFor(String(request.headers['accept-encoding'] ?? ''));
  if (packer === null) return text;
  const { name: encoding, packed } = packer;
  reply.header('content-encoding', encoding).header('vary', 'accept-encoding');
  text.once('error', (error) => packed.destroy(error));
  packed.once('close', () => text.destroy());
  return text.pipe(packed);
}
