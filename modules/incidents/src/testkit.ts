/** A town with areas, departments, categories and one account of each kind, for tests of this module and those below. */
import { newId, type Role } from '@wangge/contract-kit';
import { areaIndex, type AreaNode, areas, seedAreas } from '@wangge/areas';
import { demoSeed, generateDemoTown } from '@wangge/geo/town';
import type { Actor, Config, Module } from '@wangge/kernel';
import { openTestTown, testActor, type TestTown } from '@wangge/kernel/testkit';
import { notify } from '@wangge/notify';
import { addUser, demoDepartments, saveDepartmentWith, staff } from '@wangge/staff';
import { incidents, reportIncident, seedCategories, type ReportInput } from './index.ts';

export const demoTown = generateDemoTown(demoSeed);
/** A red square of 16 pixels. */
export const smallPhoto = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAABAAAAAQCAMAAAAoLQ9TAAAAA1BMVEX/AAAZ4gk3AAAACXBIWXMAAAPoAAAD6AG1e1JrAAAADklEQVQYlWNgGAUMSAAAARAAAVGhZwQAAAAASUVORK5CYII=',
  'base64',
);
export const password = 'a-long-password';

export interface IncidentTown extends TestTown {
  readonly root: AreaNode;
  /** Two grids of one village, and a grid of another village. */
  readonly grids: readonly [AreaNode, AreaNode, AreaNode];
  readonly departments: ReadonlyMap<string, string>;
  /** An actor of the account with this login. */
  as(login: string): Actor;
  /** Reports in the first grid as a member would, unless told otherwise. */
  report(more?: Partial<ReportInput> & { key?: string; as?: Actor }): Promise<{ id: string; number: string }>;
}

const logins: readonly { login: string; role: Role; at: 'town' | 'grid' | 'other' | 'village'; department?: string }[] =
  [
    { login: 'dispatcher', role: 'dispatcher', at: 'town' },
    { login: 'dispatcher2', role: 'dispatcher', at: 'town' },
    { login: 'leader', role: 'leader', at: 'town' },
    { login: 'admin', role: 'system-admin', at: 'town' },
    { login: 'head', role: 'grid-head', at: 'grid' },
    { login: 'member', role: 'grid-member', at: 'grid' },
    { login: 'neighbour', role: 'grid-member', at: 'other' },
    { login: 'cadre', role: 'village-cadre', at: 'village' },
    { login: 'volunteer', role: 'volunteer', at: 'grid' },
    { login: 'handler', role: 'department-handler', at: 'town', department: 'cgd' },
    { login: 'handler2', role: 'department-handler', at: 'town', department: 'cgd' },
    { login: 'fireman', role: 'department-handler', at: 'town', department: 'yjb' },
  ];

/** @param accounts which of the logins exist as accounts; the others are actors without one */
export async function openIncidentTown(
  more: readonly Module[] = [],
  config: Partial<Config> & { nowMs?: number; accounts?: readonly string[] } = {},
): Promise<IncidentTown> {
  const { accounts = [], ...rest } = config;
  const town = await openTestTown([areas, staff, notify, incidents, ...more], rest);
  await seedAreas(town.rt, demoTown);
  const departments = new Map<string, string>();
  for (const { code, name, phone } of demoDepartments) {
    const { id } = await town.rt.system('test', (tx) => saveDepartmentWith(tx, code, { name, phone }));
    departments.set(code, id);
  }
  await seedCategories(town.rt);
  const index = areaIndex(town.rt);
  const root = index.all().find((a) => a.level === 'town');
  const villages = index.all().filter((a) => a.level === 'village');
  const gridsOf = (i: number): AreaNode[] => [...index.children(villages[i]?.id ?? '')];
  const [first, second] = gridsOf(0);
  const [third] = gridsOf(1);
  const village = villages[0];
  if (!root || !village || !first || !second || !third) throw new Error('the demo town has changed its shape');
  const areaOf = { town: root, grid: first, other: second, village } as const;

  const actors = new Map<string, Actor>();
  for (const { login, role, at, department } of logins) {
    const area = areaOf[at];
    const post = {
      role,
      areaId: area.id,
      areaPath: area.path,
      departmentId: department === undefined ? null : (departments.get(department) ?? null),
    };
    const id = accounts.includes(login)
      ? (
          await addUser(town.rt, {
            login,
            name: login,
            password,
            role,
            areaCode: area.code,
            ...(department === undefined ? {} : { departmentCode: department }),
          })
        ).id
      : newId();
    actors.set(login, testActor([post], id, login));
  }
  const as = (login: string): Actor => {
    const actor = actors.get(login);
    if (!actor) throw new Error(`no actor ${login}`);
    return actor;
  };
  return {
    ...town,
    root,
    grids: [first, second, third],
    departments,
    as,
    report: ({ key, as: who, ...input } = {}) => {
      const actor = who ?? as('member');
      return town.rt.tx(actor, (tx) =>
        reportIncident(tx, key ?? `member:${newId()}`, {
          categoryCode: 'environment.rubbish',
          description: '村口垃圾桶旁堆了很多垃圾',
          areaId: first.id,
          ...input,
        }),
      );
    },
  };
}
