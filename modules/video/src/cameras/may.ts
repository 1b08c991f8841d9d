/** Who may do what with a camera. */
import type { Actor, Runtime } from '@wangge/kernel';
import type { Camera, CameraClass } from '../contract.ts';

export interface JudgedCamera {
  readonly class: CameraClass;
  readonly areaPath: string;
  readonly ownerAccountId: string | null;
  readonly pausedAt: Date | null;
  readonly retiredAt: Date | null;
  readonly hasPtz: boolean;
}
export type CameraRights = Camera['may'];

/** At a household only these look, besides its owner. */
const householdRoles: ReadonlySet<string> = new Set(['police', 'dispatcher', 'leader']);

/**
 * What a camera's class, its owner's pause and its retirement leave of the caller's permissions. During a pause
 * nobody looks live, and only the owner looks back; a copy can still be asked for by law.
 */
export function rightsAt(rt: Runtime, actor: Actor, camera: JudgedCamera): CameraRights {
  const target = { areaPath: camera.areaPath, reporterId: camera.ownerAccountId };
  const owns = actor.kind === 'account' && actor.id !== null && actor.id === camera.ownerAccountId;
  const inUse = camera.retiredAt === null;
  const paused = camera.pausedAt !== null;
  const atHome = (permission: string): boolean =>
    camera.class !== 'household' || owns || actor.kind === 'system' || rt.can(postsAtHome(actor), permission, target);
  const may = (permission: string): boolean => rt.can(actor, permission, target) && atHome(permission);
  return {
    watch: inUse && !paused && may('video.watch'),
    playback: (!paused || owns) && may('video.playback'),
    export: may('video.export'),
    steer: inUse && !paused && camera.hasPtz && may('video.steer'),
    edit: rt.can(actor, 'video.edit', target),
    pause: owns && inUse,
  };
}

/** The same person with no other post than those that count at a household. */
function postsAtHome(actor: Actor): Actor {
  return { ...actor, posts: actor.posts.filter((post) => householdRoles.has(post.role)) };
}
