/** Answers as a file that the other system reads as it reads its own. */
import type { Readable } from 'node:stream';
import { type Call, sendTable } from '@wangge/kernel';
import type { answerHotline as route } from '../contract/hotline.ts';
import { answersSince, answerTable } from './answers.ts';
import { findSource } from './sources.ts';

/** One file holds a year of a busy hotline. */
const mostAnswers = 20_000;

/** @throws AppError `not-found` */
export async function exportAnswers(call: Call<typeof route>): Promise<Readable> {
  const { rt, params, query } = call;
  const { source, answers } = await rt.system('integrations', async (tx) => {
    const found = await findSource(tx, params.id);
    const since = { ms: query.sinceMs, outerNumber: '' };
    const { answers: list } = await answersSince(tx, found.id, since, mostAnswers);
    tx.audit({
      action: 'integrations.export-answers',
      subject: { kind: 'hotline-source', id: found.id },
      purpose: 'export',
      details: { answers: list.length, by: call.actor.name },
    });
    return { source: found, answers: list };
  });
  const { columns, rows } = answerTable(source, answers, query.lang);
  return sendTable(call, query.format, 'answers', {
    title: source.name.replace(/[[\]:*?/\\]/g, ' ').slice(0, 31),
    zone: source.mapping.zone,
    columns: columns.map((heading) => ({ heading, kind: 'text' })),
    pages: (async function* () {
      yield await Promise.resolve(rows);
    })(),
  });
}
