/** Where somebody holds a permission over people: a right comes with a post, and reaches as far as that post. */
import { type Role, roles } from '@wangge/contract-kit';
import type { Actor } from '@wangge/kernel';
import { staffPermissions } from './permissions.ts';

/** Paths of the areas below which the actor holds it; null: everywhere. */
export function pathsOf(actor: Actor, permission: keyof typeof staffPermissions): string[] | null {
  if (actor.kind === 'system') return null;
  const by: readonly Role[] = staffPermissions[permission].by;
  const posts = actor.posts.filter((p) => by.includes(p.role));
  return posts.some((p) => roles[p.role].reach === 'none') ? null : posts.map((p) => p.areaPath);
}
