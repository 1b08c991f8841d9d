import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  errorsOf,
  fieldOf,
  incidentOf,
  openPortalTown,
  type PortalTown,
  smallPhoto,
  valuesOf,
  Visitor,
} from './support.ts';

let town: PortalTown;
beforeAll(async () => {
  town = await openPortalTown();
});
afterAll(() => town.close());

const evil = `"><script>alert('x')</script><img src=x onerror=alert(1)>`;

describe('the page behind a sign', () => {
  it('shows the member with one tap to call first, the duty number behind it, then the report', async () => {
    const { status, html } = await new Visitor(town).get(`/q/${town.token}`);
    expect(status).toBe(200);
    const call = html.indexOf('href="tel:0005551400"');
    const duty = html.indexOf('href="tel:0005550001"');
    const report = html.indexOf(`href="/q/${town.token}/report"`);
    expect([call, duty, report].every((at) => at > 0)).toBe(true);
    expect(call < duty && duty < report).toBe(true);
    expect(html).toContain('微网格员');
  });
  it('takes a token typed in small letters, and refuses a wrong one', async () => {
    expect((await new Visitor(town).get(`/q/${town.token.toLowerCase()}`)).status).toBe(200);
    const wrong = await new Visitor(town).get('/q/0000000000');
    expect(wrong.status).toBe(403);
    expect(wrong.html).toContain('链接不对');
  });
  it('leads from the village to every sign', async () => {
    const villages = (await new Visitor(town).get('/find')).html;
    const village = /href="(\/find\?village=\d+)"/.exec(villages)?.[1] ?? '';
    expect((await new Visitor(town).get(village)).html).toMatch(/href="\/q\/[0-9A-Z]{10}"/);
  });
});

describe('a report without script', () => {
  it('offers public categories only', async () => {
    const visitor = new Visitor(town);
    const kinds = (await visitor.get(`/q/${town.token}/report`)).html;
    expect(kinds).toContain(`kind=${town.kind}`);
    await town.owner.query('update incidents_categories set public = false where code = $1', [town.category]);
    expect((await visitor.openForm(town)).f).not.toBe('');
    expect(valuesOf((await visitor.get(`/q/${town.token}/report?kind=${town.kind}`)).html, 'category')).not.toContain(
      town.category,
    );
    await town.owner.query('update incidents_categories set public = true where code = $1', [town.category]);
  });

  it('ends in a receipt with the state in plain words', async () => {
    const visitor = new Visitor(town);
    const { url, f } = await visitor.openForm(town);
    const sent = await visitor.postFiles(
      url,
      { f, category: town.category, description: '村口垃圾桶满了', address: '村委会东侧', contact: 'anonymous' },
      [{ name: 'a.png', bytes: smallPhoto }],
    );
    expect(sent.status).toBe(303);
    expect(sent.location).toMatch(/^\/r\/[\w-]{22}\?new=1$/);
    const receipt = await visitor.get(sent.location ?? '');
    expect(receipt.html).toContain('已收到，谢谢您');
    expect(receipt.html).toContain('等待受理');
    expect(receipt.html).toContain('村口垃圾桶满了');
    expect(receipt.headers['cache-control']).toBe('no-store');
    const row = await town.owner.query(
      'select i.source, i.anonymous, i.photo_count, i.reported_area_id from incidents_incidents i where i.id = $1',
      [(await incidentOf(town, sent.location ?? '')).id],
    );
    expect(row.rows).toEqual([
      { source: 'resident', anonymous: true, photo_count: 1, reported_area_id: town.microGrid.id },
    ]);
  });

  it('takes the place of the phone, and keeps what was typed where that lies outside', async () => {
    const visitor = new Visitor(town);
    const { url, f } = await visitor.openForm(town);
    const fields = { f, category: town.category, description: '有人乱倒', contact: 'anonymous' };
    const outside = await visitor.postFiles(url, { ...fields, lon: '2.35', lat: '48.85', accuracy: '12' });
    expect(outside.status).toBe(422);
    expect(errorsOf(outside.html)).toEqual(['place']);
    expect(outside.html).toContain('有人乱倒');
    const without = await visitor.postFiles(url, { ...fields, lon: '2.35', lat: '48.85', noplace: '1' });
    expect(without.status).toBe(303);
    const center = town.microGrid.center;
    const inside = await visitor.report(town, { lon: String(center?.lon), lat: String(center?.lat), accuracy: '8' });
    const row = await town.owner.query('select lon, accuracy_m from incidents_incidents where id = $1', [
      (await incidentOf(town, inside)).id,
    ]);
    expect(row.rows).toEqual([{ lon: center?.lon, accuracy_m: 8 }]);
  });

  it('puts each mistake beside its field, keeps words and photos', async () => {
    const visitor = new Visitor(town);
    const { url, f } = await visitor.openForm(town);
    const bad = await visitor.postFiles(
      url,
      { f, description: '', address: '长'.repeat(201), contact: 'phone', phone: '12' },
      [
        { name: 'ok.png', bytes: smallPhoto },
        { name: 'text.jpg', bytes: Buffer.from('this is no photo at all') },
      ],
    );
    expect(bad.status).toBe(422);
    expect(errorsOf(bad.html)).toEqual(['category', 'description', 'photo', 'address', 'phone']);
    expect(bad.html).toContain('长'.repeat(201));
    const kept = valuesOf(bad.html, 'kept');
    expect(kept).toHaveLength(1);
    const good = await visitor.postFiles(url, {
      f: fieldOf(bad.html, 'f'),
      category: town.category,
      description: '现在对了',
      contact: 'anonymous',
      kept,
    });
    expect(good.status).toBe(303);
    const { id } = await incidentOf(town, good.location ?? '');
    expect((await town.owner.query('select 1 from kernel_files where owner_id = $1', [id])).rowCount).toBe(1);
  });

  it('leaves out a kept photo that was ticked, and one of another form', async () => {
    const visitor = new Visitor(town);
    const first = await visitor.openForm(town);
    const bad = await visitor.postFiles(first.url, { f: first.f, contact: 'anonymous' }, [
      { name: 'a', bytes: smallPhoto },
    ]);
    const kept = valuesOf(bad.html, 'kept');
    const second = await visitor.openForm(town);
    for (const fields of [
      { f: first.f, kept, drop: kept },
      { f: second.f, kept },
    ]) {
      const sent = await visitor.postFiles(first.url, {
        ...fields,
        category: town.category,
        description: '没有照片',
        contact: 'anonymous',
      });
      const row = await town.owner.query('select photo_count from incidents_incidents where id = $1', [
        (await incidentOf(town, sent.location ?? '')).id,
      ]);
      expect(row.rows).toEqual([{ photo_count: 0 }]);
    }
  });

  it('makes one incident of a form sent twice, also at once, also with other words', async () => {
    const visitor = new Visitor(town);
    const { url, f } = await visitor.openForm(town);
    const fields = { f, category: town.category, description: '按了两次', contact: 'anonymous' };
    const before = await town.owner.query('select count(*)::int as n from incidents_incidents');
    const both = await Promise.all([
      visitor.postFiles(url, fields, [{ name: 'a', bytes: smallPhoto }]),
      visitor.postFiles(url, fields, [{ name: 'a', bytes: smallPhoto }]),
    ]);
    const third = await visitor.postFiles(url, { ...fields, description: '改了几个字' });
    const paths = [...both, third].map((p) => p.location?.split('?')[0]);
    expect(new Set(paths).size).toBe(1);
    expect(third.location).toContain('again=1');
    expect((await visitor.get(third.location ?? '')).html).toContain('没有重复登记');
    const after = await town.owner.query('select count(*)::int as n from incidents_incidents');
    expect(after.rows[0].n - before.rows[0].n).toBe(1);
  });

  it('refuses a form that is not ours', async () => {
    const visitor = new Visitor(town);
    const { url, f } = await visitor.openForm(town);
    const fields = { category: town.category, description: 'x', contact: 'anonymous' };
    for (const token of ['', 'a.b.c', `${f}x`, f.replace(/^./, (c) => (c === '0' ? '1' : '0'))]) {
      const answer = await visitor.postFiles(url, { ...fields, f: token }, [{ name: 'a', bytes: smallPhoto }]);
      expect(answer.status).toBe(403);
    }
    const abroad = new Visitor(town, { origin: 'https://evil.example' });
    expect((await abroad.postFiles(url, { ...fields, f })).status).toBe(403);
  });

  it('asks once more after a day, and does not make two of it', async () => {
    const visitor = new Visitor(town);
    const { url, f } = await visitor.openForm(town);
    town.clock.advance(25 * 3600_000);
    const fields = { category: town.category, description: '页面开了一天', contact: 'anonymous' };
    const late = await visitor.postFiles(url, { ...fields, f });
    expect(late.status).toBe(422);
    expect(late.html).toContain('打开太久');
    expect(late.html).toContain('页面开了一天');
    expect((await visitor.postFiles(url, { ...fields, f: fieldOf(late.html, 'f') })).status).toBe(303);
  });

  it('keeps rare characters and emoji, refuses what is too long or no text', async () => {
    const visitor = new Visitor(town);
    const words = '㐀𠮷 路灯😀\n第二行\n  缩进';
    const receipt = await visitor.report(town, { description: words });
    const row = await town.owner.query('select description from incidents_incidents where id = $1', [
      (await incidentOf(town, receipt)).id,
    ]);
    expect(row.rows).toEqual([{ description: words }]);
    for (const description of ['长'.repeat(2001), '空\u0000字', '铃\u0007声']) {
      const { url, f } = await visitor.openForm(town);
      const page = await visitor.postFiles(url, { f, category: town.category, description, contact: 'anonymous' });
      expect(page.status).toBe(422);
      expect(errorsOf(page.html)).toEqual(['description']);
    }
    const { url, f } = await visitor.openForm(town);
    const huge = await visitor.post(url, { f, category: town.category, description: '长'.repeat(200_000) });
    expect(huge.status).toBe(400);
    expect(huge.html).toContain('文字太长');
  });

  it('never lets what was typed become markup', async () => {
    const visitor = new Visitor(town);
    const { url, f } = await visitor.openForm(town);
    const fields = {
      category: evil,
      description: evil,
      address: evil,
      lon: evil,
      lat: evil,
      accuracy: evil,
      contact: evil,
      phone: evil,
      kept: evil,
    };
    const pages = [
      await visitor.postFiles(url, { f, ...fields, kept: [] }),
      await visitor.postFiles(url, { f, ...fields }),
      await visitor.get(`/q/${encodeURIComponent(evil)}`),
      await visitor.get(`/q/${town.token}/report?kind=${encodeURIComponent(evil)}`),
      await visitor.get(`/find?village=${encodeURIComponent(evil)}&lang=${encodeURIComponent(evil)}`),
      await visitor.get(`/r/${encodeURIComponent(evil)}`),
      await visitor.get(await visitor.report(town, { description: evil, address: evil })),
    ];
    for (const page of pages) {
      expect(page.html).not.toContain('<script>alert');
      expect(page.html).not.toContain('<img src=x');
      expect(page.html).toContain('<main');
    }
  });
});
