/** Who acts: an account with its posts, a resident, an outside client, or the platform itself. */
import { roles, type Role } from '@wangge/contract-kit';
import pg from 'pg';

export interface ActorPost {
  readonly role: Role;
  readonly areaId: string;
  readonly areaPath: string;
  readonly departmentId: string | null;
}

export interface Actor {
  readonly kind: 'account' | 'resident' | 'client' | 'anonymous' | 'system';
  /** Account id, resident id or client id; null for the anonymous and the platform. */
  readonly id: string | null;
  /** Shown in timelines and in the audit. */
  readonly name: string;
  readonly posts: readonly ActorPost[];
  readonly sessionId?: string;
  readonly address?: string;
}

/** The platform itself, named by the module that acts: sees and changes everything its code asks for. */
export function systemActor(name: string): Actor {
  return { kind: 'system', id: null, name, posts: [] };
}
export const anonymousActor: Actor = { kind: 'anonymous', id: null, name: 'anonymous', posts: [] };

export interface Reach {
  readonly system: boolean;
  /** Paths of areas whose subtrees are reached. */
  readonly areaPaths: readonly string[];
  readonly departmentIds: readonly string[];
  readonly accountId: string | null;
}

const reaches = new WeakMap<Actor, Reach>();

/** What data an actor reaches through posts, before orders and own reports. */
export function reachOf(actor: Actor): Reach {
  let reach = reaches.get(actor);
  if (!reach) {
    const paths = actor.posts.filter((p) => roles[p.role].reach === 'area').map((p) => p.areaPath);
    // A path below another adds nothing.
    const areaPaths = [...new Set(paths)].filter((p) => !paths.some((q) => q !== p && p.startsWith(q)));
    const departmentIds = [
      ...new Set(
        actor.posts.flatMap((p) =>
          roles[p.role].reach === 'department' && p.departmentId !== null ? [p.departmentId] : [],
        ),
      ),
    ];
    reach = {
      system: actor.kind === 'system',
      areaPaths: areaPaths.toSorted(),
      departmentIds: departmentIds.toSorted(),
      accountId: actor.id,
    };
    reaches.set(actor, reach);
  }
  return reach;
}

/** Town or county: whoever reaches such a path reaches all that a town's data hold. */
function coversTown(path: string): boolean {
  return path.split('/').length - 1 <= 2;
}

const scopeKeys = new WeakMap<Actor, string>();

/** Two actors with one key see the same rows, so that an answer made for one may serve the other. */
export function scopeKey(actor: Actor): string {
  let key = scopeKeys.get(actor);
  if (key === undefined) {
    key = makeScopeKey(actor);
    scopeKeys.set(actor, key);
  }
  return key;
}

function makeScopeKey(actor: Actor): string {
  const reach = reachOf(actor);
  if (reach.system) return 'system';
  const town = reach.areaPaths.find(coversTown);
  const permissionKey = [...new Set(actor.posts.map((p) => p.role))].toSorted().join('+');
  if (town !== undefined) return `${permissionKey}@${reach.areaPaths.join(',')}`;
  return `${actor.kind}:${actor.id ?? ''}:${permissionKey}@${reach.areaPaths.join(',')}`;
}

const preludes = new WeakMap<Actor, string>();

/**
 * `BEGIN` and the settings that row-level security reads, as one round trip. Values are escaped by
 * `pg`, since a text of several statements takes no parameters.
 */
export function prelude(actor: Actor): string {
  let text = preludes.get(actor);
  if (text === undefined) {
    const reach = reachOf(actor);
    const settings: Record<string, string> = {
      'wangge.system': reach.system ? actor.name : '',
      'wangge.account': reach.accountId ?? '',
      'wangge.kind': actor.kind,
      'wangge.areas': `{${reach.areaPaths.map((p) => JSON.stringify(p)).join(',')}}`,
      'wangge.departments': `{${reach.departmentIds.join(',')}}`,
      'wangge.roles': `{${[...new Set(actor.posts.map((p) => p.role))].join(',')}}`,
    };
    const calls = Object.entries(settings).map(
      ([key, value]) => `set_config(${pg.escapeLiteral(key)},${pg.escapeLiteral(value)},true)`,
    );
    text = `begin;select ${calls.join(',')}`;
    preludes.set(actor, text);
  }
  return text;
}
