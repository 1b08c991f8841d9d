/** Who acts in the demo town's past: its own accounts, with their posts. */
import type { Actor } from '@wangge/kernel';
import type { Tx } from '@wangge/kernel';
import { membersFor, type StaffMember } from '@wangge/staff';

export interface Cast {
  readonly dispatchers: readonly Actor[];
  /** By account, for whoever an order goes to. */
  readonly byAccount: ReadonlyMap<string, Actor>;
  /** Handlers by department. */
  readonly handlers: ReadonlyMap<string, readonly Actor[]>;
  /** Members of the grid (or micro-grid) that a path lies in. */
  membersAt(path: string): readonly Actor[];
}

function actorOf(posts: readonly StaffMember[]): Actor {
  const [first] = posts;
  return {
    kind: 'account',
    id: first?.accountId ?? null,
    name: first?.name ?? '',
    posts: posts.map(({ role, areaId, areaPath, departmentId }) => ({ role, areaId, areaPath, departmentId })),
  };
}

/** @param townPath reaches everybody with a post in the town */
export async function castOf(tx: Tx, townPath: string): Promise<Cast> {
  const members = await membersFor(tx, townPath);
  const posts = new Map<string, StaffMember[]>();
  for (const m of members) posts.set(m.accountId, [...(posts.get(m.accountId) ?? []), m]);
  const byAccount = new Map([...posts].map(([id, own]) => [id, actorOf(own)]));
  const handlers = new Map<string, Actor[]>();
  const fieldByPath = new Map<string, Actor[]>();
  for (const m of members) {
    const actor = byAccount.get(m.accountId);
    if (!actor) continue;
    if (m.role === 'department-handler' && m.departmentId !== null) {
      handlers.set(m.departmentId, [...(handlers.get(m.departmentId) ?? []), actor]);
    }
    if (m.role === 'grid-member' || m.role === 'micro-grid-member') {
      fieldByPath.set(m.areaPath, [...(fieldByPath.get(m.areaPath) ?? []), actor]);
    }
  }
  return {
    dispatchers: members.filter((m) => m.role === 'dispatcher').flatMap((m) => byAccount.get(m.accountId) ?? []),
    byAccount,
    handlers,
    membersAt: (path) => {
      const codes = path.split('/').slice(0, -1);
      const prefixes = codes.map((_code, i) => `${codes.slice(0, i + 1).join('/')}/`);
      return prefixes.flatMap((p) => fieldByPath.get(p) ?? []);
    },
  };
}
