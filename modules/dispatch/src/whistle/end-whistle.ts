/** A whistle ends, and the town says how it found each department. */
import type { Tx } from '@wangge/kernel';
import { demand, type Standing, stepWhistle, tellOf } from './step.ts';
import { callsOf, type Marks, whistlesOf, writeEnd, writeRating } from './store.ts';

function absentWords(calls: Standing['calls']): string | null {
  const absent = calls.filter((c) => c.presentMs === null).map((c) => c.departmentName);
  return absent.length === 0 ? null : `未到：${absent.join('、')}`;
}

/** @throws AppError `not-found`, `forbidden`, `move-not-allowed` */
export async function endWhistle(
  tx: Tx,
  id: string,
  asked: { readonly clientKey?: string | undefined; readonly reason?: string | undefined },
): Promise<void> {
  await stepWhistle(tx, id, asked.clientKey, 'end', async ({ whistle, calls, hats }) => {
    demand('end', hats, { state: whistle.state });
    await writeEnd(tx, id, tx.actor.name, asked.reason ?? null);
    const reason = [asked.reason, absentWords(calls)].filter((x) => x != null).join('；');
    await tellOf(tx, whistle, { move: 'end', reason: reason === '' ? null : reason });
  });
}

/** The incident is over, and with it what it called people for. The caller holds the incident's lock. */
export async function endWhistlesOf(tx: Tx, incidentId: string, reason: string): Promise<void> {
  for (const whistle of await whistlesOf(tx, incidentId)) {
    if (whistle.state !== 'sounded') continue;
    await writeEnd(tx, whistle.id, '系统', reason);
    const absent = absentWords(await callsOf(tx, [whistle.id]));
    const words = absent === null ? reason : `${reason}；${absent}`;
    await tellOf(tx, whistle, { move: 'end', reason: words, bySystem: true });
  }
}

/** @throws AppError `not-found`, `forbidden`, `move-not-allowed` (not ended), `guard-failed` (not called, rated already) */
export async function rateDepartment(
  tx: Tx,
  id: string,
  asked: Marks & { readonly clientKey?: string | undefined; readonly departmentId: string },
): Promise<void> {
  await stepWhistle(tx, id, asked.clientKey, 'rate', async ({ whistle, calls, hats }) => {
    const call = calls.find((c) => c.departmentId === asked.departmentId);
    demand('rate', hats, { state: whistle.state, called: call !== undefined, rated: call?.ratedMs != null });
    if (!call) return;
    await writeRating(tx, id, call.departmentId, asked);
    const marks = `态度 ${asked.attitude}，速度 ${asked.speed}，效果 ${asked.result}`;
    const reason = asked.words === undefined ? marks : `${marks}。${asked.words}`;
    await tellOf(tx, whistle, { move: 'rate', partyName: call.departmentName, reason });
  });
}
