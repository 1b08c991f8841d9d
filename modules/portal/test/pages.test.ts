import { readdir, readFile } from 'node:fs/promises';
import { areaIndex } from '@wangge/areas';
import { brotliCompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPortalTown, type PortalTown, Visitor } from './support.ts';

let town: PortalTown;
let limited: PortalTown;
beforeAll(async () => {
  town = await openPortalTown();
  limited = await openPortalTown({ publicUrl: 'http://127.0.0.1:8080', rateLimits: true });
});
afterAll(async () => {
  await town.close();
  await limited.close();
});

describe('every page', () => {
  it('speaks the language that was asked for, and remembers it and the size of letters', async () => {
    const visitor = new Visitor(town, { 'accept-language': 'zh-CN' });
    expect((await visitor.get('/')).html).toContain('lang="zh-CN"');
    const english = await visitor.get('/?lang=en&size=large');
    expect(english.html).toMatch(/<html lang="en" class="large">/);
    const next = await visitor.get('/follow');
    expect(next.html).toMatch(/<html lang="en" class="large">/);
    expect(next.html).toContain('Follow a report');
    // A page with a form brings it along; one without has a link.
    expect(next.html).toContain('formaction="/follow?size=normal"');
    expect((await visitor.get('/find')).html).toContain('href="/find?size=normal"');
  });
  it('has one heading, landmarks, labels for all fields, and no script or style inside', async () => {
    const visitor = new Visitor(town);
    const receipt = await visitor.report(town);
    const paths = [
      '/',
      '/find',
      '/privacy',
      '/follow',
      `/q/${town.token}`,
      `/q/${town.token}/report`,
      receipt,
      `${receipt}/withdraw`,
    ];
    const problems: string[] = [];
    for (const path of [...paths, (await visitor.openForm(town)).url]) {
      const { html, headers } = await visitor.get(path);
      const check = (ok: boolean, what: string): void => void (ok || problems.push(`${path}: ${what}`));
      check(html.match(/<h1/g)?.length === 1, 'one heading');
      check(/<main id="main">[^]*<\/main>/.test(html), 'main');
      check(!/<script>|<style|\son[a-z]+="|style="/.test(html), 'script or style inside');
      check(String(headers['content-security-policy']).includes("script-src 'self'"), 'policy');
      const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map((m) => m[1]);
      check(new Set(ids).size === ids.length, 'ids are unique');
      for (const [, id] of html.matchAll(/<(?:input|textarea)(?![^>]*type="hidden")[^>]*\sid="([^"]+)"/g))
        check(html.includes(`for="${id}"`), `label of ${id}`);
    }
    expect(problems).toEqual([]);
  });
  it('quotes every attribute in its source', async () => {
    const folder = new URL('../src/pages/', import.meta.url);
    for (const file of await readdir(folder)) {
      const text = await readFile(new URL(file, folder), 'utf8');
      for (const template of text.match(/html`[^]*?`/g) ?? []) expect(template).not.toMatch(/\s[a-z-]+=\$\{/);
    }
  });
  it('answers failures as pages', async () => {
    const visitor = new Visitor(town);
    const wrong = await visitor.get('/q/0000000000?lang=en');
    expect([wrong.status, wrong.html.includes('The link is not right')]).toEqual([403, true]);
    const form = await visitor.post('/follow', {});
    expect([form.status, form.html.includes('<main')]).toEqual([403, true]);
  });
  it('is small', async () => {
    const { html } = await new Visitor(town).get(`/q/${town.token}`);
    expect(brotliCompressSync(html).length).toBeLessThan(3000);
  });
});

describe('signs', () => {
  it('are for those who may print them, each for the own area', async () => {
    const stranger = new Visitor(town);
    expect((await stranger.get('/signs/all')).status).toBe(401);
    expect((await stranger.get(`/signs/${town.token}`)).status).toBe(401);
    const get = async (url: string, login: string) =>
      town.app.inject({ url, headers: { cookie: await town.signIn(login), accept: 'text/html' } });
    const all = await get('/signs/all', 'admin');
    const microGrids = areaIndex(town.rt)
      .all()
      .filter((a) => a.level === 'micro-grid');
    expect(all.statusCode).toBe(200);
    expect(all.body.match(/<article class="sign"/g)).toHaveLength(microGrids.length);
    expect(all.body).toContain(`aria-label="https://town.example/q/${town.token}"`);
    const head = await get('/signs/all', 'wgz1');
    const own = head.body.match(/<article class="sign"/g)?.length ?? 0;
    expect(own > 0 && own < microGrids.length).toBe(true);
    const village = areaIndex(town.rt)
      .all()
      .find((a) => a.level === 'village');
    const some = await get(`/signs/all?areaId=${village?.id}`, 'admin');
    expect(some.body.match(/<article class="sign"/g)).toHaveLength(
      microGrids.filter((a) => a.path.startsWith(village?.path ?? '-')).length,
    );
    expect((await get('/signs/all?areaId=x', 'admin')).statusCode).toBe(400);
    expect((await get('/signs/0000000000', 'admin')).statusCode).toBe(403);
  });
  it('are refused while the public address is this machine itself', async () => {
    const cookie = await limited.signIn('admin');
    for (const url of ['/signs/all', `/signs/${limited.token}`]) {
      const answer = await limited.app.inject({ url, headers: { cookie } });
      expect([answer.statusCode, answer.body.includes('PUBLIC_URL')]).toEqual([409, true]);
    }
  });
});

describe('limits', () => {
  it('hold back an address that sends too many forms, and say until when', async () => {
    const visitor = new Visitor(limited);
    const { url, f } = await visitor.openForm(limited);
    const answers = [];
    for (let i = 0; i < 35; i++) answers.push(await visitor.postFiles(url, { f }));
    const held = answers.filter((a) => a.status === 429);
    expect(held).toHaveLength(5);
    expect(held[0]?.html).toContain('操作太频繁');
    expect(Number(held[0]?.headers['retry-after'])).toBeGreaterThan(0);
  });
});
