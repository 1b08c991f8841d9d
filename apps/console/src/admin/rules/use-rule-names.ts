import { listDepartments } from '@wangge/staff/contract';
import { useCall, usePick } from '@wangge/ui';
import { useAreas } from '@wangge/ui/map';
import { useMemo } from 'react';
import { useCategories } from '../../common/use-categories.ts';
import type { RuleNames } from './rule-words.ts';

/** Names of all that rules refer to; persons come with the rules. */
export function useRuleNames(people: ReadonlyMap<string, string>): RuleNames {
  const pick = usePick();
  const { nameOf } = useCategories();
  const { areas } = useAreas();
  const departments = useCall(listDepartments, {}, { freshMs: 60_000 });
  return useMemo(() => {
    const areaNames = new Map(areas.map((a) => [a.id, a.name]));
    const departmentNames = new Map((departments.data?.departments ?? []).map((d) => [d.id, d.name]));
    return {
      pick,
      category: nameOf,
      area: (id) => areaNames.get(id),
      department: (id) => departmentNames.get(id),
      person: (id) => people.get(id),
    };
  }, [pick, nameOf, areas, departments.data, people]);
}
