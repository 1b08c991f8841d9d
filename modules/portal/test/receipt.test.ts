import { moveIncident, systemMove } from '@wangge/incidents';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  closeIncident,
  codeFor,
  errorsOf,
  fieldOf,
  incidentOf,
  openPortalTown,
  type PortalTown,
  Visitor,
} from './support.ts';

let town: PortalTown;
beforeAll(async () => {
  town = await openPortalTown();
});
afterAll(() => town.close());

const dayMs = 24 * 3600_000;
let next = 0;
/** A phone of its own for each test: limits count by phone. */
function newPhone(): string {
  return `138${String(10_000_000 + next++)}`;
}

async function object(
  visitor: Visitor,
  home: string,
  phone: string,
): Promise<{ status: number; location: string | null; html: string }> {
  const form = await visitor.get(`${home}/objection`);
  const step = await visitor.post(`${home}/objection`, { f: fieldOf(form.html, 'f'), reason: '灯又灭了', phone });
  expect(step.status).toBe(200);
  return visitor.post(`${home}/objection/code`, {
    draft: fieldOf(step.html, 'draft'),
    code: await codeFor(town, phone),
    do: 'confirm',
  });
}

describe('a receipt', () => {
  it('opens for its token only, and names nobody', async () => {
    const visitor = new Visitor(town);
    const receipt = await visitor.report(town);
    const { id } = await incidentOf(town, receipt);
    await town.rt.system('test', (tx) =>
      moveIncident(
        tx,
        id,
        { move: 'accept', version: 0 },
        { hats: ['dispatcher'], anyVersion: true, actorName: '张三丰' },
      ),
    );
    const page = await visitor.get(receipt);
    expect(page.html).toContain('已受理');
    expect(page.html).not.toContain('张三丰');
    for (const path of [`${receipt}x`, receipt.toUpperCase(), receipt.slice(0, -1), '/r/', '/r/%00', `/r/${id}`]) {
      expect([403, 404, 400]).toContain((await visitor.get(path)).status);
    }
  });

  it('tells a watching page that something happened', async () => {
    const receipt = await new Visitor(town).report(town);
    const ask = async (): Promise<unknown> =>
      (await town.app.inject({ url: `/api/portal/receipts/${receipt.slice(3)}` })).json();
    expect(await ask()).toEqual({ state: 'reported', updatedAtMs: town.clock.nowMs() });
    const wrong = await town.app.inject({ url: '/api/portal/receipts/aaaaaaaaaaaaaaaaaaaaaa' });
    expect([wrong.statusCode, wrong.json().error.code]).toEqual([403, 'wrong-token']);
  });

  it('is withdrawn with a reason, once, and not after work has begun', async () => {
    const visitor = new Visitor(town);
    const receipt = await visitor.report(town);
    const form = await visitor.get(`${receipt}/withdraw`);
    const f = fieldOf(form.html, 'f');
    const without = await visitor.post(`${receipt}/withdraw`, { f, reason: '  ' });
    expect([without.status, errorsOf(without.html)]).toEqual([422, ['reason']]);
    for (let i = 0; i < 2; i++) {
      const done = await visitor.post(`${receipt}/withdraw`, { f, reason: '已经好了' });
      expect(done.location).toBe(`${receipt}?done=withdrawn`);
    }
    expect((await visitor.get(receipt)).html).toContain('已撤回');

    const other = await visitor.report(town);
    const late = fieldOf((await visitor.get(`${other}/withdraw`)).html, 'f');
    await closeIncident(town, (await incidentOf(town, other)).id);
    const refused = await visitor.post(`${other}/withdraw`, { f: late, reason: '晚了' });
    expect(refused.status).toBe(409);
    expect(refused.html).toContain('不能撤回');
  });

  it('is rated after closing, once', async () => {
    const visitor = new Visitor(town);
    const receipt = await visitor.report(town);
    expect((await visitor.get(receipt)).html).not.toContain(`${receipt}/rating`);
    const { id } = await incidentOf(town, receipt);
    await closeIncident(town, id);
    const f = fieldOf((await visitor.get(receipt)).html, 'f');
    const bad = await visitor.post(`${receipt}/rating`, { f, response: '9', text: '很快<b>' });
    expect([bad.status, errorsOf(bad.html)]).toEqual([422, ['resolved', 'response', 'satisfied']]);
    expect(bad.html).toContain('很快&lt;b&gt;');
    const rating = { f, response: '5', resolved: 'yes', satisfied: '4', text: '很快' };
    const [one, two] = await Promise.all([
      visitor.post(`${receipt}/rating`, rating),
      visitor.post(`${receipt}/rating`, { ...rating, satisfied: '1' }),
    ]);
    expect([one.status, two.status]).toEqual([303, 303]);
    const rows = await town.owner.query(
      'select rating_response, rating_resolved, rating_text from incidents_incidents where id = $1',
      [id],
    );
    expect(rows.rows).toEqual([{ rating_response: 5, rating_resolved: true, rating_text: '很快' }]);
    expect((await visitor.get(receipt)).html).toContain('您已评价');
  });
});

it('is rated once more after it was done again', async () => {
  const visitor = new Visitor(town);
  const receipt = await visitor.report(town);
  const { id } = await incidentOf(town, receipt);
  await closeIncident(town, id);
  const rate = async (satisfied: string) =>
    visitor.post(`${receipt}/rating`, {
      f: fieldOf((await visitor.get(receipt)).html, 'f'),
      response: '2',
      resolved: 'no',
      satisfied,
      text: '',
    });
  await rate('1');
  expect((await visitor.get(receipt)).html).toContain('您已评价');
  await object(visitor, receipt, newPhone());
  await town.owner.query('update incidents_incidents set open_orders = 1 where id = $1', [id]);
  const facts = { hats: ['dispatcher', 'verifier'], anyVersion: true } as const;
  const move = (body: object) =>
    town.rt.system('test', (tx) => moveIncident(tx, id, { version: 0, ...body } as never, facts));
  await move({ move: 'grant-reopen', reason: '再去一次' });
  town.clock.advance(3600_000);
  await town.owner.query('update incidents_incidents set open_orders = 0 where id = $1', [id]);
  await town.rt.system('test', (tx) => systemMove(tx, id, 'respond', { respondedOrders: 1 }));
  await move({ move: 'close' });
  const page = (await visitor.get(receipt)).html;
  expect(page).toContain('可以再评价一次');
  expect(page).toContain('响应 2 分，满意 1 分');
  expect((await rate('5')).location).toBe(`${receipt}?done=rated`);
  // A page that was left open asks once more: the newest judgement stays.
  await visitor.post(`${receipt}/rating`, {
    f: fieldOf(page, 'f'),
    response: '1',
    resolved: 'no',
    satisfied: '1',
    text: '',
  });
  expect((await visitor.get(receipt)).html).toContain('满意 5 分');
});

describe('an objection', () => {
  it('needs a phone, works once per person and within 15 days', async () => {
    const visitor = new Visitor(town);
    const receipt = await visitor.report(town);
    const { id } = await incidentOf(town, receipt);
    expect((await visitor.get(`${receipt}/objection`)).location).toBe(receipt);
    await closeIncident(town, id);
    const form = await visitor.get(`${receipt}/objection`);
    const bad = await visitor.post(`${receipt}/objection`, { f: fieldOf(form.html, 'f'), reason: '', phone: '' });
    expect([bad.status, errorsOf(bad.html)]).toEqual([422, ['reason', 'phone']]);

    const phone = newPhone();
    const done = await object(visitor, receipt, phone);
    expect(done.location).toBe(`${receipt}?done=objection`);
    expect((await visitor.get(receipt)).html).toContain('已申请重办');

    await town.rt.system('test', (tx) =>
      moveIncident(
        tx,
        id,
        { move: 'refuse-reopen', version: 0, reason: '现场已复查' },
        { hats: ['dispatcher'], anyVersion: true },
      ),
    );
    expect((await visitor.get(receipt)).html).toContain('现场已复查');
    // The number stays verified for a while, so no second code is asked for.
    const again = await visitor.post(`${receipt}/objection`, {
      f: fieldOf((await visitor.get(`${receipt}/objection`)).html, 'f'),
      reason: '再说一次',
      phone: '',
    });
    expect([again.status, again.html.includes('已经申请过一次')]).toEqual([409, true]);

    const late = await visitor.report(town);
    await closeIncident(town, (await incidentOf(town, late)).id);
    const open = fieldOf((await visitor.get(`${late}/objection`)).html, 'f');
    town.clock.advance(15 * dayMs + 1000);
    expect((await visitor.get(`${late}/objection`)).location).toBe(late);
    // The form was opened in time and sent too late; its number has to be verified anew.
    const other = newPhone();
    const step = await visitor.post(`${late}/objection`, { f: open, reason: '晚了', phone: other });
    const refused = await visitor.post(`${late}/objection/code`, {
      draft: fieldOf(step.html, 'draft'),
      code: await codeFor(town, other),
      do: 'confirm',
    });
    expect([refused.status, refused.html.includes('超过可以申请的期限')]).toEqual([409, true]);
  });

  it('is open to a neighbour who knows the number, who sees progress and no words', async () => {
    const receipt = await new Visitor(town).report(town, { description: '我家门前的秘密' });
    const { id, number } = await incidentOf(town, receipt);
    await closeIncident(town, id);
    const neighbour = new Visitor(town);
    expect((await neighbour.get(`/p/${number}`)).status).toBe(404);
    const phone = newPhone();
    const f = fieldOf((await neighbour.get('/follow')).html, 'f');
    const step = await neighbour.post('/follow', { f, number: number.replace('-', ' '), phone });
    const code = await codeFor(town, phone);
    const found = await neighbour.post('/follow/code', { draft: fieldOf(step.html, 'draft'), code, do: 'confirm' });
    expect(found.location).toBe(`/p/${number}`);
    const page = await neighbour.get(`/p/${number}`);
    expect(page.html).toContain('已办结');
    expect(page.html).not.toContain('秘密');
    const form = await neighbour.get(`/p/${number}/objection`);
    const done = await neighbour.post(`/p/${number}/objection`, {
      f: fieldOf(form.html, 'f'),
      reason: '我家也没解决',
      phone: '',
    });
    expect(done.location).toBe(`/p/${number}?done=objection`);
  });

  it('cannot take the draft of another report along', async () => {
    const visitor = new Visitor(town);
    const [one, two] = [await visitor.report(town), await visitor.report(town)];
    await closeIncident(town, (await incidentOf(town, one)).id);
    await closeIncident(town, (await incidentOf(town, two)).id);
    const f = fieldOf((await visitor.get(`${one}/objection`)).html, 'f');
    const step = await visitor.post(`${one}/objection`, { f, reason: 'x', phone: newPhone() });
    const stolen = await visitor.post(`${two}/objection/code`, { draft: fieldOf(step.html, 'draft'), code: '000000' });
    expect(stolen.status).toBe(403);
  });
});

describe('following', () => {
  it('finds the own report by number and phone, and all of the phone without a number', async () => {
    const phone = newPhone();
    const visitor = new Visitor(town);
    const { url, f } = await visitor.openForm(town);
    const step = await visitor.postFiles(url, {
      f,
      category: town.category,
      description: '留电话的上报',
      contact: 'phone',
      phone: `+86 ${phone}`,
    });
    const sent = await visitor.post(`/q/${town.token}/report/code`, {
      draft: fieldOf(step.html, 'draft'),
      code: await codeFor(town, phone),
      do: 'confirm',
    });
    const receipt = sent.location?.split('?')[0] ?? '';
    const { number } = await incidentOf(town, receipt);
    town.clock.advance(3600_000);
    const later = new Visitor(town);
    const form = fieldOf((await later.get('/follow')).html, 'f');
    const asked = await later.post('/follow', { f: form, number, phone });
    expect(asked.html).toContain('138****');
    const found = await later.post('/follow/code', {
      draft: fieldOf(asked.html, 'draft'),
      code: await codeFor(town, phone),
      do: 'confirm',
    });
    expect(found.location).toBe(receipt);
    const mine = await later.get('/mine');
    expect(mine.html).toContain(`href="${receipt}"`);
    expect((await new Visitor(town).get('/mine')).location).toBe('/follow');
  });

  it('sends a code whether or not there is such a number', async () => {
    const visitor = new Visitor(town);
    const f = fieldOf((await visitor.get('/follow')).html, 'f');
    const phone = newPhone();
    const step = await visitor.post('/follow', { f, number: '20200101-000001', phone });
    expect(step.status).toBe(200);
    const answer = await visitor.post('/follow/code', {
      draft: fieldOf(step.html, 'draft'),
      code: await codeFor(town, phone),
      do: 'confirm',
    });
    expect(answer.html).toContain('没有找到这个编号');
    const bad = await visitor.post('/follow', { f, number: 'abc', phone: 'xyz' });
    expect(errorsOf(bad.html)).toEqual(['number', 'phone']);
  });
});
