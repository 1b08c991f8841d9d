/** Reports at the same moment share a transaction; each is judged, named and told as if it had come alone. */
import { newId } from '@wangge/contract-kit';
import { sql } from '@wangge/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reportTogether } from '../src/actions/report-together.ts';
import { readIncident, reportIncident, type ReportInput } from '../src/index.ts';
import { type IncidentTown, openIncidentTown } from '../src/testkit.ts';

let town: IncidentTown;
beforeAll(async () => {
  town = await openIncidentTown();
});
afterAll(() => town.close());

const plain = (more: Partial<ReportInput> = {}): ReportInput => ({
  categoryCode: 'environment.rubbish',
  description: '村口垃圾桶旁堆了很多垃圾',
  areaId: town.grids[0].id,
  ...more,
});
const send = (login: string, key: string, input: ReportInput) => reportTogether(town.rt, town.as(login), key, input);
/** Incidents per transaction that wrote them. */
async function perTransaction(ids: readonly string[]): Promise<number[]> {
  const { rows } = await town.owner.query<{ n: number }>(
    'select count(*)::int as n from incidents_incidents where id = any($1::uuid[]) group by xmin::text',
    [ids],
  );
  return rows.map((row) => row.n);
}

describe('reports at the same moment', () => {
  it('share a transaction, and each keeps its reporter, number, timeline, news and counts', async () => {
    const before = await town.owner.query<{ n: number }>(
      'select coalesce(sum(n), 0)::int as n from incidents_count_deltas',
    );
    const logins = ['member', 'neighbour', 'head', 'dispatcher', 'cadre', 'volunteer'];
    const made = await Promise.all(
      logins.map((login, i) =>
        send(
          login,
          `${login === 'dispatcher' ? 'dispatcher' : 'member'}:${newId()}`,
          plain({ description: `第 ${i} 件` }),
        ),
      ),
    );
    const ids = made.map(({ id }) => id);
    expect(new Set(made.map(({ number }) => number)).size).toBe(logins.length);
    expect(made.map(({ replayed }) => replayed)).not.toContain(true);
    // The first begins at once; those that came meanwhile went together.
    expect((await perTransaction(ids)).toSorted((a, b) => a - b)).toEqual([1, logins.length - 1]);
    for (const [i, login] of logins.entries()) {
      const incident = await town.rt.tx(town.as('dispatcher'), (tx) => readIncident(tx, ids[i] ?? ''));
      expect(incident).toMatchObject({ description: `第 ${i} 件`, state: 'registered', number: made[i]?.number });
      expect(incident.timeline.map((e) => [e.move, e.actorName])).toEqual([
        ['report', login],
        ['accept', '系统'],
        ['register', '系统'],
      ]);
    }
    const { rows: reporters } = await town.owner.query<{ id: string; account: string }>(
      'select incident_id as id, account_id as account from incidents_reporters where incident_id = any($1::uuid[])',
      [ids],
    );
    expect(new Map(reporters.map((r) => [r.id, r.account]))).toEqual(
      new Map(logins.map((login, i) => [ids[i], town.as(login).id])),
    );
    const { rows: news } = await town.owner.query<{ id: string; accounts: string[] }>(
      `select subject_id as id, account_ids as accounts from kernel_outbox where subject_id = any($1::text[])`,
      [ids],
    );
    expect(new Map(news.map((n) => [n.id, n.accounts]))).toEqual(
      new Map(logins.map((login, i) => [ids[i], [town.as(login).id]])),
    );
    const after = await town.owner.query<{ n: number }>(
      'select coalesce(sum(n), 0)::int as n from incidents_count_deltas',
    );
    expect((after.rows[0]?.n ?? 0) - (before.rows[0]?.n ?? 0)).toBe(logins.length);
  });

  it('of one key make one incident; another text under it is refused; a bad one spoils nobody', async () => {
    const key = `member:${newId()}`;
    const [first, again, other, closed, outside, good] = await Promise.allSettled([
      send('member', key, plain()),
      send('member', key, plain()),
      send('member', key, plain({ description: '别的事' })),
      send('member', `member:${newId()}`, plain({ categoryCode: 'no.such' })),
      send('member', `member:${newId()}`, plain({ areaId: undefined, place: { lon: 0, lat: 0 } })),
      send('head', `member:${newId()}`, plain()),
    ]);
    expect([first.status, again.status, good.status]).toEqual(['fulfilled', 'fulfilled', 'fulfilled']);
    const ids = [first, again].map((each) => (each.status === 'fulfilled' ? each.value.id : ''));
    expect(new Set(ids).size).toBe(1);
    expect(other).toMatchObject({ status: 'rejected', reason: { code: 'key-reused' } });
    expect(closed).toMatchObject({ status: 'rejected', reason: { field: 'categoryCode' } });
    expect(outside).toMatchObject({ status: 'rejected', reason: { code: 'place-outside' } });
  });

  it('by the hundred, each twice: one incident each', async () => {
    const keys = Array.from({ length: 120 }, () => `member:${newId()}`);
    const made = await Promise.all([...keys, ...keys.toReversed()].map((key) => send('member', key, plain())));
    expect(new Set(made.map(({ id }) => id)).size).toBe(keys.length);
    const { rows } = await town.owner.query<{ n: number }>(
      'select count(*)::int as n from incidents_incidents where client_key = any($1::text[])',
      [keys],
    );
    expect(rows[0]?.n).toBe(keys.length);
  });

  it('are not held up by one that waits for a lock', async () => {
    const key = `member:${newId()}`;
    // Somebody is in the middle of writing this key, and takes their time.
    let giveUp = (): void => undefined;
    let written = (): void => undefined;
    const isWritten = new Promise<void>((done) => (written = done));
    const slow = town.rt.tx(town.as('member'), async (tx) => {
      await reportIncident(tx, key, plain());
      written();
      await new Promise((_, fail) => (giveUp = () => fail(new Error('given up'))));
    });
    await isWritten;
    const waiting = send('member', key, plain());
    const behind = await Promise.all([
      send('head', `member:${newId()}`, plain()),
      send('cadre', `member:${newId()}`, plain()),
    ]);
    expect(behind.map(({ replayed }) => replayed)).toEqual([false, false]);
    giveUp();
    await expect(slow).rejects.toThrow('given up');
    expect((await waiting).replayed).toBe(false);
  });

  it('cannot be written by anybody but the platform', async () => {
    const asMember = town.rt.tx(town.as('member'), (tx) =>
      tx.rows(sql`select * from incidents_create_together('[]'::jsonb)`),
    );
    await expect(asMember).rejects.toMatchObject({ code: 'forbidden' });
  });
});
