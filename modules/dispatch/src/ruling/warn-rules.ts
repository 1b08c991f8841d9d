/** What is odd about rules, in words. Pure: facts about the town in, sentences out. */
import type { Severity } from '@wangge/incidents/contract';
import type { Rule, RuleWarning, RuleWarningKind } from '../contract.ts';
import { type ReadyRule } from './match-rule.ts';
import { type ReportKind, reachOfRules } from './reach-rules.ts';

export interface TownFacts {
  readonly categories: ReadonlyMap<
    string,
    { readonly name: { readonly zh: string; readonly en: string }; readonly open: boolean; readonly severity: Severity }
  >;
  readonly areas: ReadonlyMap<string, { readonly name: string; readonly path: string }>;
  readonly departments: ReadonlyMap<string, { readonly name: string; readonly staffed: boolean }>;
  /** Accounts that can receive an order. */
  readonly accounts: ReadonlySet<string>;
  /** Paths of grids that nobody answers for. */
  readonly emptyGrids: readonly { readonly name: string; readonly path: string }[];
  readonly kinds: readonly ReportKind[];
  readonly severityRank: (severity: Severity) => number;
}

type Words = { readonly zh: string; readonly en: string };

/** In the order of the rules; a rule that never decides comes with the reason first. */
export function warningsOf(rules: readonly Rule[], ready: readonly ReadyRule[], town: TownFacts): RuleWarning[] {
  const reach = reachOfRules(ready, { kinds: town.kinds, paths: [...town.areas.values()].map((a) => a.path) });
  return rules.flatMap((rule, i) => {
    const found: RuleWarning[] = [];
    const warn = (kind: RuleWarningKind, never: boolean, message: Words): void => {
      found.push({ ruleId: rule.id, kind, never, message });
    };
    const { verdict, by } = reach[i] ?? { verdict: 'some', by: [] };
    warnOfConditions(rule, town, verdict === 'none', warn);
    if (verdict === 'none' && found.every((w) => !w.never)) {
      warn('contradictory', true, {
        zh: '条件互相矛盾：没有哪一种上报能同时满足',
        en: 'The conditions contradict each other: no report can meet them all',
      });
    }
    if (verdict === 'shadowed') {
      const places = by.join('、');
      warn('shadowed', true, {
        zh: `永远轮不到：前面的规则 ${places} 已全部接走`,
        en: `Never its turn: earlier rules (${by.join(', ')}) take everything it would`,
      });
    }
    warnOfParties(rule, ready[i], town, warn);
    return found;
  });
}

type Warn = (kind: RuleWarningKind, never: boolean, message: Words) => void;

function warnOfConditions({ when }: Rule, town: TownFacts, isNone: boolean, warn: Warn): void {
  const unknown = when.categoryCodes.filter((code) => !town.categories.has(code));
  if (unknown.length > 0) {
    warn('unknown-category', isNone && unknown.length === when.categoryCodes.length, {
      zh: `没有这个类别：${unknown.join('、')}`,
      en: `No such category: ${unknown.join(', ')}`,
    });
  }
  const closed = when.categoryCodes.flatMap((code) => {
    const category = town.categories.get(code);
    return category && !category.open ? [category.name] : [];
  });
  if (closed.length > 0) {
    warn('closed-category', isNone && closed.length + unknown.length === when.categoryCodes.length, {
      zh: `类别已停用，不再接收上报：${closed.map((n) => n.zh).join('、')}`,
      en: `Closed, takes no reports any more: ${closed.map((n) => n.en).join(', ')}`,
    });
  }
  const gone = when.areaIds.filter((id) => !town.areas.has(id)).length;
  if (gone > 0) {
    warn('unknown-area', isNone && gone === when.areaIds.length, {
      zh: `有 ${gone} 个区域已不在现行划分里`,
      en: `${gone} of the areas are not in force any more`,
    });
  }
}

function warnOfParties(rule: Rule, ready: ReadyRule | undefined, town: TownFacts, warn: Warn): void {
  let able = 0;
  for (const party of rule.parties) {
    if (party.kind === 'own-member') {
      const empty = town.emptyGrids.filter(
        ({ path }) => ready?.paths == null || ready.paths.some((p) => path.startsWith(p) || p.startsWith(path)),
      );
      if (empty.length > 0) {
        const names = empty.slice(0, 3).map((g) => g.name);
        warn('area-without-member', false, {
          zh: `${empty.length} 个网格没有网格员（${names.join('、')}${empty.length > 3 ? '等' : ''}），由网格长或村干部接单`,
          en: `${empty.length} grids have no member (${names.join(', ')}${empty.length > 3 ? ', …' : ''}); the head or cadre gets the order`,
        });
      }
      if (party.required) able++;
    } else if (party.kind === 'department') {
      const department = town.departments.get(party.id);
      if (!department) warn('unknown-department', false, { zh: '部门已不存在', en: 'The department does not exist' });
      else if (!department.staffed) {
        warn('department-without-people', false, {
          zh: `${department.name}没有处置人员，派不过去`,
          en: `${department.name} has nobody who could take an order`,
        });
      } else if (party.required) able++;
    } else if (!town.accounts.has(party.id)) {
      warn('unknown-account', false, {
        zh: '指定的人已停用、离岗或不存在',
        en: 'The person named is disabled, has no post, or does not exist',
      });
    } else if (party.required) able++;
  }
  if (rule.parties.length > 0 && able === 0) {
    warn('nobody-required', false, {
      zh: '这条规则眼下派不给任何人，命中后改按默认派单',
      en: 'Nobody can be sent by this rule now: what it matches goes by the default',
    });
  }
  const { severity } = rule;
  if (severity === null || rule.when.categoryCodes.length === 0) return;
  const raised = rule.when.categoryCodes.some((code) => {
    const category = town.categories.get(code);
    return !category || town.severityRank(category.severity) < town.severityRank(severity);
  });
  if (!raised) {
    warn('severity-not-higher', false, {
      zh: '所选类别本来就有这个紧急程度，规则只升不降',
      en: 'The categories have this severity anyway; a rule only raises it',
    });
  }
}
