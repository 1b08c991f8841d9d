import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newId } from '@wangge/contract-kit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { anchorFile } from '../../src/audit/anchors.ts';
import { openSealer, type Sealer } from '../../src/audit/sealer.ts';
import { type AuditVerdict, sql, verifyAudit } from '../../src/index.ts';
import { openTestTown, testActor, type TestTown, until } from '../../src/testkit/index.ts';
import { signedIn } from '../support/signed-in.ts';

const sessions = signedIn();
const auditor = testActor(
  [{ role: 'audit-admin', areaId: newId(), areaPath: '', departmentId: null }],
  newId(),
  '审计',
);
const dispatcher = testActor([{ role: 'dispatcher', areaId: newId(), areaPath: '1/', departmentId: null }]);
let town: TestTown;
let sealer: Sealer;

beforeEach(async () => {
  town = await openTestTown([sessions.module]);
  const opened = await openSealer(town.rt);
  if (!opened) throw new Error('another sealer is at work');
  sealer = opened;
});
afterEach(async () => {
  await sealer.close();
  await town.close();
});

async function write(count: number, action = 'probe.act'): Promise<void> {
  await town.rt.tx(dispatcher, async (tx) => {
    for (let n = 0; n < count; n++) {
      tx.audit({ action, subject: { kind: 'thing', id: String(n) }, details: { n, text: '㐀 𠮷 "quoted"' } });
    }
    await Promise.resolve();
  });
}
async function writeSealAnchor(count: number): Promise<void> {
  await write(count);
  await sealer.seal();
  await sealer.anchor(true);
}
/** As somebody who holds the database: triggers do not stop him. */
async function attack(...statements: string[]): Promise<void> {
  const client = await town.owner.connect();
  try {
    await client.query('begin');
    await client.query('set local session_replication_role = replica');
    for (const statement of statements) await client.query(statement);
    await client.query('commit');
  } finally {
    client.release();
  }
}
const kinds = (verdict: AuditVerdict) => verdict.findings.map((f) => [f.kind, f.seq]);

describe('the audit trail', () => {
  it('takes no change from the application, and none by accident from the owner', async () => {
    await writeSealAnchor(1);
    for (const [table, column] of [
      ['kernel_audit', 'action'],
      ['kernel_audit_seals', 'algo'],
    ]) {
      for (const statement of [`update ${table} set ${column} = 'x'`, `delete from ${table}`, `truncate ${table}`]) {
        await expect(town.owner.query(statement)).rejects.toThrow(/append-only/);
        await expect(town.rt.pool.query(statement)).rejects.toThrow(/permission denied/);
      }
      await expect(town.rt.pool.query(`select 1 from ${table}`)).rejects.toThrow(/permission denied/);
    }
  });

  it('is sealed within a second while jobs run, by one sealer of all', async () => {
    expect(await openSealer(town.rt)).toBeNull();
    await sealer.close();
    await town.startJobs();
    await write(3);
    const started = performance.now();
    await until(async () => {
      const { rows } = await town.owner.query<{ n: string }>('select count(*) as n from kernel_audit_seals');
      return Number(rows[0]?.n) === 3;
    }, 'the seals');
    expect(performance.now() - started).toBeLessThan(2000);
    await until(() => existsSync(anchorFile(town.dataDir)), 'the first anchor');
    expect(await verifyAudit(town.rt)).toEqual({ ok: true, rows: 3, sealedRows: 3, unsealedRows: 0, findings: [] });
  });

  it('verifies across batches, rolled back numbers, late commits and a new sealer', async () => {
    await write(2100);
    await expect(
      town.rt.tx(dispatcher, async (tx) => {
        tx.audit({ action: 'probe.never' });
        await tx.flush();
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    const slow = await town.owner.connect();
    await slow.query('begin');
    await slow.query(`insert into kernel_audit (actor_kind, actor_name, action) values ('system', 'x', 'probe.late')`);
    await write(3);
    expect(await sealer.seal()).toBe(2103);
    await slow.query('commit');
    slow.release();
    expect(await sealer.seal()).toBe(1);
    await sealer.anchor(true);
    await sealer.close();
    const next = await openSealer(town.rt);
    if (!next) throw new Error('the lock was not given back');
    sealer = next;
    await writeSealAnchor(2);
    await write(4);
    expect(await verifyAudit(town.rt)).toEqual({
      ok: true,
      rows: 2110,
      sealedRows: 2106,
      unsealedRows: 4,
      findings: [],
    });
  });
});

describe('verifying finds', () => {
  it('an altered row, whichever column it is', async () => {
    await writeSealAnchor(9);
    await attack(
      `update kernel_audit set actor_name = 'somebody else' where seq = 2`,
      `update kernel_audit set at = at + interval '1 microsecond' where seq = 4`,
      `update kernel_audit set details = '{}' where seq = 6`,
      `update kernel_audit set purpose = 'none' where seq = 8`,
    );
    const verdict = await verifyAudit(town.rt);
    expect([verdict.ok, kinds(verdict)]).toEqual([
      false,
      [
        ['altered', 2],
        ['altered', 4],
        ['altered', 6],
        ['altered', 8],
      ],
    ]);
  });

  it('a row deleted in the middle, with and without its seal', async () => {
    await writeSealAnchor(9);
    await attack('delete from kernel_audit where seq in (3, 6)', 'delete from kernel_audit_seals where seq = 6');
    expect(kinds(await verifyAudit(town.rt))).toEqual([
      ['gap', 3],
      ['gap', 7],
    ]);
  });

  it('a deleted row whose successors were renumbered', async () => {
    await writeSealAnchor(5);
    await attack(
      'delete from kernel_audit where seq = 3',
      'delete from kernel_audit_seals where seq = 3',
      'update kernel_audit_seals set position = position - 1 where position > 3',
    );
    const verdict = await verifyAudit(town.rt);
    expect(verdict.findings.map((f) => f.kind)).toEqual(expect.arrayContaining(['altered', 'cut-tail']));
  });

  it('a tail cut from the rows alone, and from both tables', async () => {
    await writeSealAnchor(9);
    await attack('delete from kernel_audit where seq > 6');
    expect(kinds(await verifyAudit(town.rt))).toEqual([['cut-tail', 7]]);
    await attack('delete from kernel_audit_seals where seq > 6');
    const verdict = await verifyAudit(town.rt);
    expect(kinds(verdict)).toEqual([['cut-tail', null]]);
    expect(verdict.findings[0]?.text).toMatch(/9 sealed rows; the chain has 6/);
  });

  it('everything gone at once', async () => {
    await writeSealAnchor(4);
    await attack('truncate kernel_audit, kernel_audit_seals');
    expect(kinds(await verifyAudit(town.rt))).toEqual([['cut-tail', null]]);
  });

  it('a chain that was rewritten as a whole', async () => {
    await writeSealAnchor(5);
    await attack(`update kernel_audit set actor_name = 'somebody else' where seq = 2`, 'truncate kernel_audit_seals');
    await sealer.close();
    const forger = await openSealer(town.rt);
    if (!forger) throw new Error('the lock was not given back');
    sealer = forger;
    await sealer.seal();
    expect(kinds(await verifyAudit(town.rt))).toEqual([['altered', 5]]);
  });

  it('a forged anchor, a broken line, and an anchor of an unknown key', async () => {
    await writeSealAnchor(3);
    const file = anchorFile(town.dataDir);
    const [line = ''] = readFileSync(file, 'utf8').split('\n');
    appendFileSync(file, `${line.replace('"position":3', '"position":2')}\nrubbish\n`);
    expect(kinds(await verifyAudit(town.rt))).toEqual([
      ['bad-signature', null],
      ['bad-signature', null],
    ]);
    writeFileSync(file, `${line.replace(/"key":"./, '"key":"x')}\n`);
    const verdict = await verifyAudit(town.rt);
    expect(kinds(verdict)).toEqual([
      ['bad-signature', null],
      ['anchor-missing', null],
    ]);
    expect(verdict.findings[0]?.text).toMatch(/public half is not in keys/);
  });

  it('anchors that are gone, all or the later ones', async () => {
    await writeSealAnchor(3);
    const file = anchorFile(town.dataDir);
    const early = readFileSync(file, 'utf8');
    await writeSealAnchor(3);
    writeFileSync(file, early);
    // As if the later rows had been sealed minutes after the anchor that is left.
    await attack(`update kernel_audit_seals set sealed_at = sealed_at + interval '130 s' where position > 3`);
    expect(kinds(await verifyAudit(town.rt, Date.now() + 200_000))).toEqual([['anchor-missing', 4]]);
    rmSync(file);
    expect(kinds(await verifyAudit(town.rt))).toEqual([['anchor-missing', null]]);
  });
});

describe('anchors', () => {
  it('come once a minute at most, and survive a line torn by a power cut', async () => {
    await write(1);
    await sealer.seal();
    expect(await sealer.anchor()).toBe(true);
    await write(1);
    await sealer.seal();
    expect(await sealer.anchor()).toBe(false);
    const file = anchorFile(town.dataDir);
    appendFileSync(file, '{"v":1,"atMs":12');
    expect(await verifyAudit(town.rt)).toMatchObject({ ok: true });
    expect(await sealer.anchor(true)).toBe(true);
    expect(await sealer.anchor(true)).toBe(false);
    expect(readFileSync(file, 'utf8').trim().split('\n')).toHaveLength(2);
    expect(await verifyAudit(town.rt)).toMatchObject({ ok: true });
    expect(existsSync(join(town.dataDir, 'keys/audit-sign.pem'))).toBe(true);
  });
});

describe('over HTTP', () => {
  const get = (query: string, by = auditor) =>
    town.app.inject({ method: 'GET', url: `/api/audit?${query}`, headers: sessions.as(by) });

  it('shows pages, newest first, filtered', async () => {
    await writeSealAnchor(3);
    await write(2, 'other.act');
    const first = (await get('limit=2')).json<{ items: { seq: number; sealed: boolean }[]; nextCursor: string }>();
    expect(first.items.map((i) => [i.seq, i.sealed])).toEqual([
      [5, false],
      [4, false],
    ]);
    const second = (await get(`limit=10&cursor=${first.nextCursor}`)).json<typeof first>();
    expect(second.items.map((i) => i.seq)).toEqual([3, 2, 1]);
    expect(second).toMatchObject({
      nextCursor: null,
      items: [{ sealed: true, actorName: '测试员', details: { n: 2 } }, {}, {}],
    });
    const count = async (query: string) => (await get(query)).json<typeof first>().items.length;
    expect(await count('action=other.act')).toBe(2);
    expect(await count('action=probe.')).toBe(3);
    expect(await count(`actor=${dispatcher.id}`)).toBe(5);
    expect(await count('actor=%E6%B5%8B%E8%AF%95')).toBe(5);
    expect(await count('actor=nobody')).toBe(0);
    expect(await count('toMs=1000')).toBe(0);
    expect(await count('fromMs=9007199254740991')).toBe(0);
    expect((await get('cursor=x')).json()).toMatchObject({ error: { code: 'invalid-field', field: 'cursor' } });
  });

  it('verifies for auditors, and is closed to others in policy and in the database', async () => {
    await writeSealAnchor(3);
    const verify = (by: typeof auditor) =>
      town.app.inject({ method: 'POST', url: '/api/audit/verify', headers: sessions.as(by) });
    expect((await verify(auditor)).json()).toMatchObject({ ok: true, sealedRows: 3, unsealedRows: 1 });
    expect((await verify(dispatcher)).statusCode).toBe(403);
    expect((await get('', dispatcher)).statusCode).toBe(403);
    const past = town.rt.tx(dispatcher, (tx) =>
      tx.rows(sql`select * from kernel_audit_page(null, null, null, null, null, 1)`),
    );
    await expect(past).rejects.toMatchObject({ code: 'forbidden' });
  });
});
