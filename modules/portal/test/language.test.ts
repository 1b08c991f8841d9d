import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { langOf } from '../src/web/preferences.ts';
import { openPortalTown, type PortalTown, Visitor } from './support.ts';

describe('the language that a browser prefers', () => {
  it.each([
    [undefined, 'zh'],
    ['', 'zh'],
    ['zh-CN,zh;q=0.9,en;q=0.8', 'zh'],
    ['en-US,en;q=0.9,zh-CN;q=0.8', 'en'],
    ['EN', 'en'],
    ['en;q=0.5, zh;q=0.7', 'zh'],
    ['zh;q=0.5 , en ; q=0.7', 'en'],
    ['en,zh', 'zh'],
    ['en;q=0', 'zh'],
    ['zh;q=0,en;q=0.1', 'en'],
    ['*', 'zh'],
    ['fr-FR,fr;q=0.9', 'zh'],
    ['fr,en;q=0.5', 'en'],
    ['fr,en;q=0.5,*;q=0.8', 'zh'],
    ['english', 'zh'],
    ['en;q=x', 'zh'],
    ['en;q=9', 'zh'],
    [`${'x,'.repeat(5000)}en`, 'zh'],
  ])('of %j is %s', (header, lang) => expect(langOf(header)).toBe(lang));
});

describe('a page', () => {
  let town: PortalTown;
  beforeAll(async () => {
    town = await openPortalTown();
  });
  afterAll(() => town.close());

  it('speaks it until somebody chooses, and then what was chosen', async () => {
    const visitor = new Visitor(town, { 'accept-language': 'en-US,en;q=0.9' });
    const lang = async (path: string): Promise<string | undefined> =>
      /<html lang="([^"]+)"/.exec((await visitor.get(path)).html)?.[1];
    expect([await lang('/'), await lang('/find'), await lang('/q/0000000000')]).toEqual(['en', 'en', 'en']);
    expect(await lang('/?lang=zh')).toBe('zh-CN');
    expect([await lang('/'), await lang('/q/0000000000')]).toEqual(['zh-CN', 'zh-CN']);
    expect(await lang('/?lang=xx')).toBe('zh-CN');
    expect(await lang('/?lang=en')).toBe('en');
  });
});
