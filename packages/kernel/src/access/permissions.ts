/** Permission = role × (area subtree | own department | assigned to me | reported by me). */
import { AppError, roles, type Role } from '@wangge/contract-kit';
import type { Actor } from './actor.ts';

export interface PermissionRule {
  /** Roles that hold it: within their post's area or department, or anywhere for administrators. */
  readonly by?: readonly Role[];
  /** Held by anyone for what is theirs. */
  readonly own?: readonly ('assigned' | 'reported')[];
}
export type PermissionTable = Readonly<Record<string, PermissionRule>>;

/** What a permission is asked for; leave it out to ask "anywhere at all?". */
export interface Target {
  readonly areaPath?: string | null;
  readonly departmentIds?: readonly string[];
  readonly assigneeIds?: readonly string[];
  readonly reporterId?: string | null;
}

/** May this actor do it (to this target)? Pure: the matrix test runs over it and over HTTP. */
export function can(table: PermissionTable, actor: Actor, permission: string, target?: Target): boolean {
  if (actor.kind === 'system') return true;
  const rule = table[permission];
  if (!rule) throw new Error(`permission ${permission} is not declared`);
  if (actor.kind !== 'account') return false;
  const posts = actor.posts.filter((p) => rule.by?.includes(p.role) ?? false);
  if (!target) return posts.length > 0 || (rule.own?.length ?? 0) > 0;
  for (const post of posts) {
    const reach = roles[post.role].reach;
    if (reach === 'none') return true;
    if (reach === 'area' && target.areaPath != null && target.areaPath.startsWith(post.areaPath)) return true;
    if (reach === 'department' && post.departmentId !== null && target.departmentIds?.includes(post.departmentId))
      return true;
  }
  if (actor.id === null) return false;
  if (rule.own?.includes('assigned') && target.assigneeIds?.includes(actor.id)) return true;
  return (rule.own?.includes('reported') ?? false) && target.reporterId === actor.id;
}

export function authorise(table: PermissionTable, actor: Actor, permission: string, target?: Target): void {
  if (!can(table, actor, permission, target)) {
    throw new AppError(actor.kind === 'anonymous' ? 'unauthenticated' : 'forbidden', { details: { permission } });
  }
}

/** Names of all permissions an actor holds somewhere: the front ends hide the rest. */
export function permissionsOf(table: PermissionTable, actor: Actor): string[] {
  return Object.keys(table).filter((name) => can(table, actor, name));
}
