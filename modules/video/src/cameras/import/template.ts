/** The file that people fill in: headings, and one row as an example. */
import type { Readable } from 'node:stream';
import { type Call, sendTable } from '@wangge/kernel';
import type { importTemplate } from '../../contract.ts';
import { type ImportColumn, importColumns, importFields } from './columns.ts';

export function sendTemplate(call: Call<typeof importTemplate>): Promise<Readable> {
  const { format, lang } = call.query;
  const columns: ImportColumn[] = importFields.map((field) => importColumns[field]);
  const file = sendTable(call, format, 'cameras-template', {
    title: lang === 'zh' ? '摄像机' : 'Cameras',
    zone: call.rt.config.zone,
    columns: columns.map((column) => ({ heading: column[lang], kind: 'text', width: 16 })),
    pages: onePage([columns.map(({ example }) => example)]),
  });
  return Promise.resolve(file);
}
async function* onePage<R>(rows: readonly R[]): AsyncGenerator<readonly R[]> {
  yield await Promise.resolve(rows);
}
