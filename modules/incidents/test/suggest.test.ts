/** Suggestions on a real database: an empty town, learning, a killed learner, who may, what residents get. */
import { newId } from '@wangge/contract-kit';
import type { Tx } from '@wangge/kernel';
import { until } from '@wangge/kernel/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askForLesson, listLessons, turnLesson } from '../src/actions/manage-lessons.ts';
import { suggestCategories } from '../src/actions/suggest-categories.ts';
import { saveCategory } from '../src/categories/save-category.ts';
import { loadCategories } from '../src/categories/book.ts';
import type { Lesson } from '../src/contract.ts';
import { reportIncident } from '../src/index.ts';
import { learnCategories } from '../src/suggest/category-lesson.ts';
import { beginLesson, currentLesson, teach } from '../src/suggest/lessons.ts';
import { type IncidentTown, openIncidentTown } from '../src/testkit.ts';

let town: IncidentTown;
beforeAll(async () => {
  town = await openIncidentTown();
});
afterAll(() => town.close());

const ask = (text: string, more: { publicOnly?: boolean; areaId?: string } = {}) =>
  town.rt.tx(town.as('member'), (tx) => suggestCategories(tx, { text, ...more }));
const asAdmin = <T>(fn: (tx: Tx) => Promise<T>): Promise<T> => town.rt.tx(town.as('admin'), fn);
const lesson = async (): Promise<Lesson> => {
  const { lessons } = await asAdmin(listLessons);
  const found = lessons.find((one) => one.subject === 'category');
  if (!found) throw new Error('no lesson');
  return found;
};
const version = async (): Promise<unknown> =>
  (await town.owner.query("select version, learned_at from incidents_lessons where subject = 'category'")).rows[0];

const stories: Readonly<Record<string, readonly string[]>> = {
  'patrol.lamp': ['路灯不亮晚上看不见', '太阳能灯坏了', '灯杆上的灯一闪一闪'],
  'environment.rubbish': ['垃圾堆了好几天没人清', '垃圾桶满了很臭', '路边都是垃圾'],
  'dispute.family': ['夫妻吵架请调解', '老人没人赡养儿子不管', '婆媳天天吵架'],
};
/** Closed at once by whoever settled it, as a member in the field does; each by somebody else. */
async function closed(count: number): Promise<void> {
  const codes = Object.keys(stories);
  await town.rt.system('test', async (tx) => {
    for (let i = 0; i < count; i++) {
      const code = codes[i % codes.length]!;
      const text = stories[code]![Math.floor(i / codes.length) % 3]!;
      await reportIncident(tx, `member:${newId()}`, {
        categoryCode: code,
        description: `${text}，电话 1381234${String(1000 + i)}，联系人张小${'一二三四五六七'[i % 7]}`,
        areaId: town.grids[i % 2]!.id,
        quiet: true,
        reporterPhone: `1390000${1000 + i}`,
      });
    }
  });
  await town.owner.query("update incidents_incidents set state = 'closed' where state <> 'closed'");
}

describe('a town without a past', () => {
  it('goes by the names of its categories, and says so', async () => {
    expect(await ask('村口路灯又坏了')).toMatchObject({
      basis: 'names',
      suggestions: [{ categoryCode: 'patrol.lamp', share: null, words: ['路灯'] }],
    });
    expect(await ask('……')).toEqual({ basis: 'names', suggestions: [] });
  });

  it('has too few to learn from, which is told and no failure', async () => {
    await closed(5);
    await learnCategories(town.rt);
    expect(await lesson()).toMatchObject({ learning: false, learnedAtMs: null, problem: 'too-few', examples: null });
    expect((await ask('路灯坏了')).basis).toBe('names');
  });
});

describe('what was learned', () => {
  beforeAll(async () => {
    await closed(240);
    await learnCategories(town.rt);
  });

  it('suggests with a share and the words that counted', async () => {
    const { basis, suggestions } = await ask('我们巷子里的灯不亮了');
    expect(basis).toBe('learned');
    expect(suggestions[0]).toMatchObject({ categoryCode: 'patrol.lamp' });
    expect(suggestions[0]?.share).toBeGreaterThan(0.5);
    expect(suggestions[0]?.words.join()).toContain('灯');
  });

  it('is shown with its quality and without anybody’s name or number', async () => {
    const shown = await lesson();
    expect(shown).toMatchObject({ enabled: true, learning: false, problem: null, examples: 245 });
    expect(shown.quality).toMatchObject({ tested: 49, top1: 1 });
    expect(shown.strongest.map((one) => one.label)).toContain('dispute.family');
    const { model } = await town.rt.system('test', (tx) => currentLesson(tx, 'category'));
    for (const token of model?.features.keys() ?? []) {
      expect(token).not.toMatch(/张小|^[^@].*\d/);
    }
  });

  it('offers residents public categories only, and nobody a closed one', async () => {
    expect((await ask('夫妻吵架请调解')).suggestions[0]?.categoryCode).toBe('dispute.family');
    const forAll = await ask('夫妻吵架请调解', { publicOnly: true });
    expect(forAll.suggestions.map((one) => one.categoryCode)).not.toContain('dispute.family');
    const lamp = await town.rt.system('test', async (tx) => (await loadCategories(tx)).get('patrol.lamp'));
    if (!lamp) throw new Error('no category');
    const { code, ...body } = lamp;
    await asAdmin((tx) => saveCategory(tx, code, { ...body, active: false }));
    expect((await ask('路灯不亮')).suggestions.map((one) => one.categoryCode)).not.toContain('patrol.lamp');
    await asAdmin((tx) => saveCategory(tx, code, body));
  });

  it('bears a place outside, as if none had been given', async () => {
    const asked = { text: '垃圾没人清', place: { lon: 0, lat: 0 } };
    const found = await town.rt.tx(town.as('member'), (tx) => suggestCategories(tx, asked));
    expect(found.suggestions[0]?.categoryCode).toBe('environment.rubbish');
  });

  it('can be switched off and on again', async () => {
    await asAdmin((tx) => turnLesson(tx, 'category', false));
    expect(await ask('路灯不亮')).toEqual({ basis: 'off', suggestions: [] });
    await asAdmin((tx) => turnLesson(tx, 'category', true));
    expect((await ask('路灯不亮')).suggestions[0]?.categoryCode).toBe('patrol.lamp');
    const refused = town.rt.tx(town.as('dispatcher'), (tx) => turnLesson(tx, 'category', false));
    await expect(refused).rejects.toMatchObject({ code: 'forbidden' });
    await expect(town.rt.tx(town.as('dispatcher'), listLessons)).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('a learner', () => {
  it('that fails half way leaves the lesson before it', async () => {
    const before = await version();
    await town.rt.system('test', (tx) => beginLesson(tx, 'category'));
    async function* broken(): AsyncGenerator<never[]> {
      yield [];
      await Promise.reject(new Error('the database went away'));
    }
    await expect(teach(town.rt, 'category', broken(), [])).rejects.toThrow('went away');
    expect(await version()).toEqual(before);
    expect(await lesson()).toMatchObject({ problem: 'failed', learning: false, examples: 245 });
    expect((await ask('路灯不亮')).suggestions[0]?.categoryCode).toBe('patrol.lamp');
  });

  it('that was killed leaves it too; for ten minutes nobody else begins, then somebody may', async () => {
    const before = await version();
    const begin = () => town.rt.system('test', (tx) => beginLesson(tx, 'category'));
    expect(await begin()).toBe(true);
    expect(await begin()).toBe(false);
    expect(await lesson()).toMatchObject({ learning: true });
    await learnCategories(town.rt);
    expect(await version()).toEqual(before);
    town.clock.advance(10 * 60_000 + 1);
    expect(await lesson()).toMatchObject({ learning: false });
    await learnCategories(town.rt);
    expect(await lesson()).toMatchObject({ problem: null, learning: false, learnedAtMs: town.clock.nowMs() });
    expect(await version()).not.toEqual(before);
  });

  it('begins when an administrator asks, in the jobs process, and other processes hear of it', async () => {
    const heard: string[] = [];
    const stop = town.rt.live.subscribe((events) => heard.push(...events.map((e) => e.type)));
    town.clock.advance(60_000);
    await asAdmin((tx) => askForLesson(tx, 'category'));
    await town.startJobs();
    await until(async () => (await lesson()).learnedAtMs === town.clock.nowMs(), 'the lesson', 30_000);
    await until(() => heard.filter((type) => type === 'incidents.lesson-changed').length > 1, 'begun and done');
    stop();
    expect(await lesson()).toMatchObject({ problem: null, learning: false });
  });
});
