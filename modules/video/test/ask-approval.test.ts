/** Asking a second person for a restricted camera. */
import { approvals, useApproval } from '@wangge/approvals';
import { newId } from '@wangge/contract-kit';
import { type IncidentTown, openIncidentTown } from '@wangge/incidents/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { video } from '../src/index.ts';
import { type ApprovalWish, askForCamera } from '../src/watch/ask-approval.ts';
import { makeCamera } from './fixtures.ts';

let town: IncidentTown;
beforeAll(async () => {
  town = await openIncidentTown([approvals, video], { accounts: ['dispatcher', 'leader'] });
});
afterAll(() => town.close());

const wish: Omit<ApprovalWish, 'key'> = {
  kind: 'video.playback',
  purpose: 'search',
  reason: '找走失老人',
  fromMs: Date.UTC(2026, 10, 1, 0),
  toMs: Date.UTC(2026, 10, 1, 1),
};
const ask = (login: string, id: string, more: Partial<ApprovalWish> = {}) =>
  town.rt.tx(town.as(login), (tx) => askForCamera(tx, id, { key: newId(), ...wish, ...more }));

it('is for restricted cameras, by those who could look back, for a span', async () => {
  const open = await makeCamera(town);
  const closed = await makeCamera(town, { class: 'restricted' });
  const key = newId();
  const first = await ask('dispatcher', closed.id, { key });
  expect(await ask('dispatcher', closed.id, { key })).toEqual(first);
  const { rows } = await town.owner.query('select title, details, subject_id from approvals_requests');
  expect(rows).toEqual([
    {
      title: '村口 2026-11-01 08:00:00 – 2026-11-01 09:00:00',
      details: { fromMs: wish.fromMs, toMs: wish.toMs },
      subject_id: closed.id,
    },
  ]);
  await expect(ask('dispatcher', open.id)).rejects.toMatchObject({ details: { guard: 'not-restricted' } });
  await expect(ask('member', closed.id)).rejects.toMatchObject({ code: 'forbidden' });
  await expect(ask('neighbour', closed.id)).rejects.toMatchObject({ code: 'not-found' });
  await expect(ask('leader', closed.id, { toMs: wish.fromMs })).rejects.toMatchObject({ code: 'invalid-field' });
  await expect(
    town.rt.tx(town.as('dispatcher'), (tx) =>
      useApproval(tx, first.approvalId, {
        kind: 'video.playback',
        subjectId: closed.id,
        accountId: town.as('dispatcher').id ?? '',
      }),
    ),
  ).rejects.toMatchObject({ details: { guard: 'approval-missing' } });
});
