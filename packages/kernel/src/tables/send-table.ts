/** A table as the answer to a request: a file that the browser saves. */
import { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
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
const packing = { level: 1, chunkSize: 128 * 1024, writableHighWaterMark: 1024 * 1024 };

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
  if (!/\bgzip\b/.test(request.headers['accept-encoding'] ?? '')) return text;
  reply.header('content-encoding', 'gzip').header('vary', 'accept-encoding');
  const packed = createGzip(packing);
  text.once('error', (error) => packed.destroy(error));
  packed.once('close', () => text.destroy());
  return text.pipe(packed);
}
