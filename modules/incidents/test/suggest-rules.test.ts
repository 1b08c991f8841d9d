/** The learner alone: what it keeps, what it never keeps, what it says and when it is silent. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { suggestByName } from '../src/suggest/by-name.ts';
import { learn } from '../src/suggest/learn.ts';
import { packModel, unpackModel } from '../src/suggest/model-file.ts';
import type { Example } from '../src/suggest/prepare.ts';
import { strongestWords } from '../src/suggest/strongest.ts';
import { stripPersonal } from '../src/suggest/strip-personal.ts';
import { suggest } from '../src/suggest/suggest.ts';
import { tokensOf } from '../src/suggest/tokens.ts';

const kinds: Readonly<Record<string, readonly string[]>> = {
  lamp: ['路灯不亮', '路灯坏了晚上看不见', '灯杆上的灯不亮了', '路灯一闪一闪'],
  rubbish: ['垃圾没人清', '垃圾堆在路边很臭', '垃圾桶满了', '路边都是垃圾'],
  noise: ['半夜施工太吵', '广场舞声音太大', '装修吵得睡不着', '音响声音太大扰民'],
};
const places = ['村口', '学校门口', '东街', '祠堂旁', '桥头'];
/** As many as asked for, of each kind in turn, each from somebody else. */
function examples(count: number): Example[] {
  const labels = Object.keys(kinds);
  return Array.from({ length: count }, (_, i) => {
    const label = labels[i % labels.length]!;
    const texts = kinds[label]!;
    const text = `${places[i % places.length]!}${texts[Math.floor(i / labels.length) % texts.length]!}`;
    return { text, label, marks: [`@${i % 4}`], who: `person ${i}` };
  });
}
const { model, quality } = learn(examples(300));

describe('a suggestion', () => {
  it('names the category, how likely, and the words that counted', () => {
    const [first, ...others] = suggest(model, '巷子里的路灯又不亮了');
    expect(first).toMatchObject({ label: 'lamp' });
    expect(first?.share).toBeGreaterThan(0.7);
    expect(first?.words.join()).toMatch(/灯/);
    expect(first?.words.every((word) => '巷子里的路灯又不亮了'.includes(word))).toBe(true);
    expect(others.every((one) => one.share < first!.share)).toBe(true);
  });

  it.each(['', ' ', '？！', '12345', 'zzzz qqqq', '魑魅魍魉', '👍👍'])('is not made of nothing: %j', (text) => {
    expect(suggest(model, text)).toEqual([]);
  });

  it('leaves out what may not be chosen and does not puff up the rest', () => {
    const all = suggest(model, '路灯不亮，垃圾没人清');
    const some = suggest(model, '路灯不亮，垃圾没人清', [], (label) => label !== all[0]?.label);
    expect(some.some((one) => one.label === all[0]?.label)).toBe(false);
    for (const one of some) expect(one.share).toBe(all.find((other) => other.label === one.label)?.share);
  });

  it('tells which of the marks spoke for it', () => {
    const byPlace = examples(200).map((e, i) => ({
      ...e,
      text: '',
      label: i % 2 ? 'a' : 'b',
      marks: [i % 2 ? '@1' : '@2'],
    }));
    const lesson = learn(byPlace.map((e, i) => ({ ...e, who: `${i}` })));
    expect(suggest(lesson.model, '', ['@1'])[0]).toMatchObject({ label: 'a', words: [], marks: ['@1'] });
  });

  it('holds for any text at all: at most three, falling shares, words of the text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 80 }),
        fc.constantFrom('', '路灯', '垃圾', '吵'),
        (text, more) => {
          const asked = `${text}${more}`;
          const found = suggest(model, asked);
          expect(found.length).toBeLessThanOrEqual(3);
          const shares = found.map((one) => one.share);
          expect(shares).toEqual(shares.toSorted((a, b) => b - a));
          for (const one of found)
            for (const word of one.words) expect(asked.normalize('NFKC').toLowerCase()).toContain(word);
        },
      ),
    );
  });
});

describe('learning', () => {
  it('gives the same from the same', () => {
    expect(learn(examples(300)).model).toEqual(model);
  });

  it('is judged by the newest fifth, beside the commonest label', () => {
    expect(quality).toMatchObject({ tested: 60, top1: 1, top3: 1 });
    expect(quality?.baseline).toBeCloseTo(1 / 3, 1);
    expect(learn(examples(60)).quality).toBeNull();
  });

  it('keeps no word that fewer than three reports say, nor one person’s that sent it ten times', () => {
    const twice = ['甲', '乙'].map((who): Example => ({
      text: '鸢尾巷路灯不亮',
      label: 'lamp',
      marks: ['@rare'],
      who,
    }));
    const again = Array.from({ length: 10 }, (): Example => ({
      text: '鸳鸯楼路灯不亮',
      label: 'lamp',
      marks: [],
      who: '丙',
    }));
    const lesson = learn([...examples(90), ...twice, ...again]);
    for (const secret of ['鸢尾', '鸢', '尾巷', '@rare', '鸳鸯', '鸯楼'])
      expect(lesson.model.features.has(secret)).toBe(false);
    const third = learn([...examples(90), ...twice, { ...twice[0]!, who: '丁' }]);
    expect(third.model.features.has('鸢尾')).toBe(true);
  });

  it('holds that rule whatever is said', () => {
    const word = fc.stringMatching(/^[甲乙丙丁戊己庚辛]{1,6}$/);
    const report = fc.record({
      text: word,
      who: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
      label: fc.constantFrom('x', 'y'),
    });
    fc.assert(
      fc.property(fc.array(report, { minLength: 1, maxLength: 40 }), (reports) => {
        const lesson = learn(reports.map((r) => ({ ...r, marks: [] })));
        for (const token of lesson.model.features.keys()) {
          const said = reports.filter((r) => r.text.includes(token)).map((r) => `${r.who} ${r.text}`);
          expect(new Set(said).size).toBeGreaterThanOrEqual(3);
        }
      }),
    );
  });

  it('takes a category’s name for an example of it', () => {
    const lesson = learn(examples(90), [{ label: 'river', text: '河道巡查' }]);
    expect(suggest(lesson.model, '今天河道巡查')[0]?.label).toBe('river');
  });

  it('tells the strongest words by label, and nothing that is no word', () => {
    const words = strongestWords(model);
    expect(words.get('rubbish')?.[0]).toMatch(/垃圾/);
    for (const list of words.values()) expect(list.some((word) => word.startsWith('@'))).toBe(false);
  });

  it('bears a town with one category, and no example at all', () => {
    const one = learn(examples(90).map((e) => ({ ...e, label: 'all' })));
    expect(suggest(one.model, '路灯不亮').map((s) => s.label)).toEqual([]);
    expect(suggest(learn([], [{ label: 'lamp', text: '路灯故障' }]).model, '路灯故障').length).toBeLessThanOrEqual(1);
  });
});

describe('a stored model', () => {
  it('comes back as it was', () => {
    const back = unpackModel(packModel(model));
    expect(back).toEqual(model);
  });
  it('is none when it was cut short or is something else', () => {
    const bytes = packModel(model);
    for (const length of [0, 10, bytes.length - 1]) expect(unpackModel(bytes.subarray(0, length))).toBeNull();
    expect(unpackModel(Buffer.from('{"format":2}\n'))).toBeNull();
    expect(unpackModel(Buffer.concat([bytes, Buffer.alloc(4)]))).toBeNull();
  });
});

describe('personal data', () => {
  it.each([
    ['我叫张伟，电话13812345678，路灯坏了', ['张伟', '138']],
    ['电话 138-1234-5678 或 ０５５０－３０２１２３４', ['138', '５５０', '0550']],
    ['身份证34112219900101123X的老人走失', ['341122', '123x']],
    ['一三八幺二三四五六七八打不通', ['一三八', '幺二三']],
    ['皖M·12345停在路口', ['皖m', '12345']],
    ['加微信 wang_xiaoming88 或 a.b@mail.com', ['xiaoming', 'mail']],
    ['联系人：李桂芳', ['李桂', '桂芳']],
    ['王建国先生家漏水', ['王建', '建国']],
    ['李师傅不来修', ['李']],
    ['户主欧阳明和邻居吵架', ['欧阳', '阳明']],
  ])('%s', (text, secrets) => {
    const tokens = tokensOf(text);
    for (const secret of secrets) expect(tokens.some((token) => token.includes(secret))).toBe(false);
  });
  it('is all that goes', () => {
    expect(stripPersonal('路灯不亮，王师傅没来').replaceAll(' ', '')).toBe('路灯不亮,师傅没来');
    expect(tokensOf('高压线垂下来')).toContain('高压线');
  });
  it('never leaves a digit', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer(), (text, number) => {
        for (const token of tokensOf(`${text}${number}`)) expect(token).not.toMatch(/\d/);
      }),
    );
  });
});

describe('before anything was learned', () => {
  const categories = [
    { label: 'patrol.lamp', names: ['路灯故障', 'Street lamp out'] },
    { label: 'patrol.road', names: ['道路破损', 'Damaged road'] },
    { label: 'publicity.fire', names: ['防火宣传', 'Fire prevention'] },
    { label: 'publicity.fraud', names: ['反诈宣传', 'Fraud prevention'] },
  ];
  it('names are looked for in the text', () => {
    expect(suggestByName(categories, '村口路灯又坏了')).toEqual([{ label: 'patrol.lamp', words: ['路灯'] }]);
    expect(suggestByName(categories, 'the street lamp is broken')[0]).toMatchObject({ label: 'patrol.lamp' });
    expect(suggestByName(categories, '开展防火宣传')[0]).toEqual({ label: 'publicity.fire', words: ['防火宣传'] });
    expect(suggestByName(categories, '有人吵架')).toEqual([]);
  });
});
