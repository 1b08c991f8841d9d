import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newId } from '@wangge/contract-kit';
import type { IncidentSource } from '@wangge/incidents/contract';
import { type Rule, ruleSchema } from '../src/contract.ts';
import { decidingRule, plainText, readyRules, type ReportFacts } from '../src/ruling/match-rule.ts';
import { reachOfRules, type World } from '../src/ruling/reach-rules.ts';

const areas = { a: '1/2/a/', b: '1/2/b/', ab: '1/2/' } as const;
const pathOf = (id: string): string | undefined => areas[id as keyof typeof areas];

function rule(when: Partial<Rule['when']> = {}, more: Partial<Rule> = {}): Rule {
  return {
    id: newId(),
    name: '规则',
    enabled: true,
    when: { categoryCodes: [], areaIds: [], sources: [], days: 'any', hours: null, words: [], ...when },
    parties: [{ kind: 'own-member', required: true }],
    severity: null,
    ...more,
  };
}
const base = {
  categoryCode: 'noise.night',
  parentCode: 'noise',
  path: areas.a,
  source: 'resident',
  text: '夜间施工噪声',
};
type Report = Omit<ReportFacts, 'time'> & { minute: number; working: boolean };
const report = (more: Partial<Report> = {}): ReportFacts => {
  const { minute = 600, working = true, ...rest } = more;
  return { ...base, source: 'resident', ...rest, time: () => ({ minute, working }) };
};
const decides = (r: Rule, facts: ReportFacts): boolean => decidingRule(readyRules([r], pathOf), facts) !== null;

describe('one rule', () => {
  const matrix: readonly [string, Partial<Rule['when']>, Partial<Report>, boolean][] = [
    ['no condition', {}, {}, true],
    ['its category', { categoryCodes: ['noise.night'] }, {}, true],
    ['its heading', { categoryCodes: ['noise'] }, {}, true],
    ['another category', { categoryCodes: ['road'] }, {}, false],
    ['one of several', { categoryCodes: ['road', 'noise'] }, {}, true],
    ['its area', { areaIds: ['a'] }, {}, true],
    ['an area above', { areaIds: ['ab'] }, {}, true],
    ['an area beside', { areaIds: ['b'] }, {}, false],
    ['an area that is gone', { areaIds: ['gone'] }, {}, false],
    ['its source', { sources: ['resident'] }, {}, true],
    ['another source', { sources: ['member'] }, {}, false],
    ['a working day', { days: 'working' }, { working: true }, true],
    ['a working day, on a day off', { days: 'working' }, { working: false }, false],
    ['a day off', { days: 'off' }, { working: false }, true],
    ['within the hours', { hours: { fromMin: 540, toMin: 660 } }, { minute: 540 }, true],
    ['at their end', { hours: { fromMin: 540, toMin: 660 } }, { minute: 660 }, false],
    ['over midnight, late', { hours: { fromMin: 1320, toMin: 360 } }, { minute: 1439 }, true],
    ['over midnight, early', { hours: { fromMin: 1320, toMin: 360 } }, { minute: 0 }, true],
    ['over midnight, by day', { hours: { fromMin: 1320, toMin: 360 } }, { minute: 360 }, false],
    ['until midnight', { hours: { fromMin: 1320, toMin: 1440 } }, { minute: 1439 }, true],
    ['a word of the text', { words: ['施工'] }, {}, true],
    ['one of the words', { words: ['塌方', '噪声'] }, {}, true],
    ['no word of it', { words: ['塌方'] }, {}, false],
    ['a word written otherwise', { words: ['ＫＴＶ'] }, { text: '楼下 ktv 太吵' }, true],
    ['a word with a blank in the text', { words: ['噪声'] }, { text: '噪 声' }, true],
    ['nothing but punctuation', { words: ['。'] }, {}, false],
  ];
  it.each(matrix)('%s', (_name, when, more, expected) => {
    expect(decides(rule(when), report(more))).toBe(expected);
  });

  it('needs all its conditions, and none of a disabled one', () => {
    const all = { categoryCodes: ['noise'], areaIds: ['a'], sources: ['resident'], words: ['施工'] } as const;
    const when = {
      ...all,
      categoryCodes: [...all.categoryCodes],
      areaIds: ['a'],
      words: ['施工'],
      sources: ['resident' as const],
    };
    expect(decides(rule(when), report())).toBe(true);
    for (const wrong of [
      { categoryCode: 'x', parentCode: null },
      { path: '1/2/b/' },
      { source: 'member' as const },
      { text: '' },
    ]) {
      expect([wrong, decides(rule(when), report(wrong))]).toEqual([wrong, false]);
    }
    expect(decides(rule(when, { enabled: false }), report())).toBe(false);
  });

  it('is refused where nobody would have to answer, and where it does nothing', () => {
    expect(ruleSchema.safeParse(rule()).success).toBe(true);
    expect(ruleSchema.safeParse(rule({}, { parties: [] })).success).toBe(false);
    expect(ruleSchema.safeParse(rule({}, { parties: [], severity: 'urgent' })).success).toBe(true);
    expect(ruleSchema.safeParse(rule({}, { parties: [{ kind: 'own-member', required: false }] })).success).toBe(false);
    expect(ruleSchema.safeParse(rule({ hours: { fromMin: 60, toMin: 60 } })).success).toBe(false);
  });
});

const codes = [
  { code: 'noise.night', parentCode: 'noise', isPublic: true },
  { code: 'noise.day', parentCode: 'noise', isPublic: true },
  { code: 'road.hole', parentCode: 'road', isPublic: false },
];
const world: World = {
  kinds: codes.flatMap(({ code, parentCode, isPublic }) =>
    (isPublic ? ['resident', 'member'] : ['member']).map((source) => ({ code, parentCode, source })),
  ),
  paths: [areas.ab, areas.a, areas.b],
};
const vocabulary = ['塌', '塌方', '方桥', '灯'];
const subset = <T>(values: readonly T[]) => fc.subarray([...values]);
const anyWhen: fc.Arbitrary<Rule['when']> = fc.record({
  categoryCodes: fc.oneof(fc.constant<string[]>([]), subset(['noise', 'noise.night', 'noise.day', 'road', 'closed'])),
  areaIds: fc.oneof(fc.constant<string[]>([]), subset(['a', 'b', 'ab', 'gone'])),
  sources: fc.oneof(fc.constant<IncidentSource[]>([]), subset<IncidentSource>(['resident', 'member'])),
  days: fc.constantFrom('any' as const, 'working' as const, 'off' as const),
  hours: fc.constantFrom(
    null,
    { fromMin: 480, toMin: 1080 },
    { fromMin: 1080, toMin: 480 },
    { fromMin: 0, toMin: 720 },
  ),
  words: fc.oneof(fc.constant<string[]>([]), subset(vocabulary)),
});
const anyRules = fc.array(
  fc.record({ when: anyWhen, enabled: fc.boolean() }).map(({ when, enabled }) => rule(when, { enabled })),
  { maxLength: 7 },
);
/** Every report that could be told from another by these rules. */
function* everyReport(): Generator<ReportFacts> {
  const texts = ['', ...vocabulary, '塌方桥', '塌灯', '灯方桥'];
  for (const { code, parentCode, source } of world.kinds)
    for (const path of world.paths)
      for (const minute of [0, 479, 480, 719, 720, 1079, 1080, 1439])
        for (const working of [true, false])
          for (const text of texts)
            yield report({
              categoryCode: code,
              parentCode,
              path,
              source: source as IncidentSource,
              minute,
              working,
              text,
            });
}

const allReports = [...everyReport()];

describe('the list', () => {
  it('is decided by the first enabled rule that matches, whatever follows', () => {
    fc.assert(
      fc.property(anyRules, fc.nat(), (rules, n) => {
        const ready = readyRules(rules, pathOf);
        const facts = allReports[n % allReports.length] ?? report();
        const alone = ready.filter((r) => decidingRule([r], facts) !== null);
        expect(decidingRule(ready, facts)).toBe(alone[0] ?? null);
      }),
      { numRuns: 300 },
    );
  });

  it('knows exactly which rules can decide anything, against every report there is', () => {
    fc.assert(
      fc.property(anyRules, (rules) => {
        const ready = readyRules(rules, pathOf);
        const decided = new Set<string>();
        const fitted = new Set<string>();
        for (const facts of allReports) {
          for (const r of ready) {
            // As if it were enabled; the earlier ones as they are.
            if (decidingRule([{ ...r, enabled: true }], facts)) {
              fitted.add(r.id);
              const earlier = ready.slice(0, r.place - 1);
              if (!decidingRule(earlier, facts)) decided.add(r.id);
            }
          }
        }
        for (const [i, { verdict }] of reachOfRules(ready, world).entries()) {
          const id = ready[i]?.id ?? '';
          expect(verdict).toBe(decided.has(id) ? 'some' : fitted.has(id) ? 'shadowed' : 'none');
        }
      }),
      { numRuns: 60 },
    );
  });

  it('names the rules that take everything, also together', () => {
    const rules = [rule({ days: 'working' }), rule({ days: 'off' }), rule({ words: ['灯'] })];
    const [, , last] = reachOfRules(readyRules(rules, pathOf), world);
    expect(last).toEqual({ verdict: 'shadowed', by: [1, 2] });
  });

  it('judges a hundred rules that differ everywhere in a moment', () => {
    const rules = Array.from({ length: 100 }, (_, i) =>
      rule({
        hours: { fromMin: (i * 13) % 1440, toMin: ((i * 29) % 1440) + 1 },
        words: [`词${i}`],
        areaIds: [['a', 'b', 'ab'][i % 3] ?? 'a'],
        days: (['any', 'working', 'off'] as const)[i % 3] ?? 'any',
      }),
    ).filter((r) => r.when.hours?.fromMin !== r.when.hours?.toMin);
    const begin = performance.now();
    reachOfRules(readyRules([...rules, rule({ words: ['词'] })], pathOf), world);
    expect(performance.now() - begin).toBeLessThan(1500);
  });
});

it('compares texts without width, case, blanks and punctuation', () => {
  expect(plainText(' Ｋ。t V，1 ')).toBe('ktv1');
});
