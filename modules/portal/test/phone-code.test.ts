import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendCode, spendCode } from '../src/phone-codes.ts';
import { codeFor, errorsOf, fieldOf, openPortalTown, type PortalTown, Visitor } from './support.ts';

let town: PortalTown;
beforeAll(async () => {
  town = await openPortalTown();
});
afterAll(() => town.close());

let next = 0;
function newPhone(): string {
  return `139${String(10_000_000 + next++)}`;
}
const key = '01930000-0000-7000-8000-000000000001';
const otherKey = '01930000-0000-7000-8000-000000000002';
const send = (phone: string, address = '203.0.113.9') =>
  town.rt.system('portal', (tx) => sendCode(tx, phone, address, 'zh'));
const use = (phone: string, code: string, useKey = key) =>
  town.rt.system('portal', (tx) => spendCode(tx, phone, code, useKey));
const wrong = (code: string): string => (code === '000000' ? '111111' : '000000');

describe('a code', () => {
  it('is stored neither in the clear nor with the number', async () => {
    const phone = newPhone();
    await send(phone);
    const code = await codeFor(town, phone);
    const rows = await town.owner.query('select row_to_json(c)::text as row from portal_phone_codes c');
    for (const { row } of rows.rows) {
      expect(row).not.toContain(phone);
      expect(row).not.toContain(`"${code}"`);
    }
  });
  it('is right once, for the form it was used for also twice, and for nothing else', async () => {
    const phone = newPhone();
    await send(phone);
    const code = await codeFor(town, phone);
    expect(await use(phone, code)).toEqual({ kind: 'right' });
    expect(await use(phone, code)).toEqual({ kind: 'right' });
    expect(await use(phone, code, otherKey)).toEqual({ kind: 'gone' });
    expect(await use(newPhone(), code)).toEqual({ kind: 'gone' });
  });
  it('bears five tries, also at once', async () => {
    const phone = newPhone();
    await send(phone);
    const code = await codeFor(town, phone);
    expect(await use(phone, wrong(code))).toEqual({ kind: 'wrong', left: 4 });
    const tries = await Promise.all(Array.from({ length: 6 }, () => use(phone, wrong(code))));
    expect(tries.filter((t) => t.kind === 'wrong')).toHaveLength(3);
    expect(await use(phone, code)).toEqual({ kind: 'gone' });
  });
  it('lives ten minutes, and another one voids it', async () => {
    const phone = newPhone();
    await send(phone);
    const first = await codeFor(town, phone);
    town.clock.advance(61_000);
    await send(phone);
    const second = await codeFor(town, phone);
    expect((await use(phone, first)).kind).toBe(first === second ? 'right' : 'wrong');
    town.clock.advance(10 * 60_000);
    expect(await use(phone, second)).toEqual({ kind: 'gone' });
  });
  it('is sent once a minute, ten times a day, sixty times an hour to an address', async () => {
    const phone = newPhone();
    const at = '203.0.113.20';
    const both = await Promise.all([send(phone, at), send(phone, at)]);
    expect(both.map((d) => d.kind).toSorted()).toEqual(['send', 'wait']);
    for (let i = 1; i < 10; i++) {
      town.clock.advance(60_000);
      expect((await send(phone, at)).kind).toBe('send');
    }
    town.clock.advance(60_000);
    expect((await send(phone, at)).kind).toBe('too-many');
    town.clock.advance(24 * 3600_000);
    expect((await send(phone, at)).kind).toBe('send');
    for (let i = 0; i < 59; i++) expect((await send(newPhone(), at)).kind).toBe('send');
    expect((await send(newPhone(), at)).kind).toBe('too-many');
    expect((await send(newPhone(), '203.0.113.21')).kind).toBe('send');
  });
});

describe('a report with a phone', () => {
  const fields = { description: '留电话', contact: 'phone' };

  it('is made after the right code, with the number sealed; the double click too', async () => {
    const phone = newPhone();
    const visitor = new Visitor(town);
    const { url, f } = await visitor.openForm(town);
    const step = await visitor.postFiles(url, { ...fields, f, category: town.category, phone });
    expect(step.html).toContain('139****');
    const action = `/q/${town.token}/report/code`;
    const draft = fieldOf(step.html, 'draft');
    expect(draft).not.toContain(phone);
    const code = await codeFor(town, phone);
    const bad = await visitor.post(action, { draft, code: wrong(code), do: 'confirm' });
    expect([bad.status, errorsOf(bad.html)]).toEqual([422, ['code']]);
    expect(errorsOf((await visitor.post(action, { draft, code: '12', do: 'confirm' })).html)).toEqual(['code']);
    const again = await visitor.post(action, { draft, code: '', do: 'again' });
    expect([again.status, /请 \d+ 秒后再试/.test(again.html)]).toEqual([429, true]);
    const both = await Promise.all([
      visitor.post(action, { draft, code, do: 'confirm' }),
      visitor.post(action, { draft, code, do: 'confirm' }),
    ]);
    expect(both.map((p) => p.status)).toEqual([303, 303]);
    expect(new Set(both.map((p) => p.location?.split('?')[0])).size).toBe(1);
    const rows = await town.owner.query(
      `select anonymous, reporter_phone from incidents_incidents where description = '留电话'`,
    );
    expect(rows.rows).toHaveLength(1);
    expect(rows.rows[0].anonymous).toBe(false);
    expect(rows.rows[0].reporter_phone).not.toContain(phone);
    // Verified a moment ago: the next report asks for no code.
    const more = await visitor.openForm(town);
    const next = await visitor.postFiles(more.url, {
      f: more.f,
      category: town.category,
      description: '第二件',
      contact: 'phone',
      phone: '',
    });
    expect(next.status).toBe(303);
  });

  it('may still be sent anonymously', async () => {
    const visitor = new Visitor(town);
    const { url, f } = await visitor.openForm(town);
    const phone = newPhone();
    const step = await visitor.postFiles(url, { ...fields, f, description: '改匿名', category: town.category, phone });
    const sent = await visitor.post(`/q/${town.token}/report/code`, {
      draft: fieldOf(step.html, 'draft'),
      do: 'anonymous',
    });
    expect(sent.status).toBe(303);
    const rows = await town.owner.query(
      `select anonymous, reporter_phone from incidents_incidents where description = '改匿名'`,
    );
    expect(rows.rows).toEqual([{ anonymous: true, reporter_phone: null }]);
  });

  it('refuses an altered draft', async () => {
    const visitor = new Visitor(town);
    for (const draft of ['', 'v1.a.b.c', 'x'.repeat(3000)]) {
      const answer = await visitor.post(`/q/${town.token}/report/code`, { draft, code: '123456' });
      expect(answer.status).toBe(403);
    }
  });
});
