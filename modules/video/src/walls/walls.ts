/** Walls of cameras: one's own, and those that others share. */
import { AppError } from '@wangge/contract-kit';
import { sql, type Tx } from '@wangge/kernel';
import type { Wall, WallPlan } from '../contract.ts';

interface WallRow extends Omit<WallPlan, 'size'> {
  readonly id: string;
  readonly version: number;
  readonly accountId: string;
  readonly byName: string;
  readonly size: WallPlan['size'];
  readonly changedAt: Date;
}
const selected = sql`select id, version, account_id as "accountId", account_name as "byName", name, size, cells, shared, tour,
    changed_at as "changedAt" from video_walls`;
/** Somebody who needs more has a program for it. */
const mostWalls = 100;

function show(tx: Tx, { accountId, changedAt, ...wall }: WallRow): Wall {
  return { ...wall, own: accountId === tx.actor.id, changedAtMs: changedAt.getTime() };
}

/** One's own first, by name. */
export async function listWalls(tx: Tx): Promise<Wall[]> {
  const rows = await tx.rows<WallRow>(
    sql`${selected} order by account_id is distinct from ${tx.actor.id}::uuid, name, id limit 500`,
  );
  return rows.map((row) => show(tx, row));
}

/**
 * The identifier is the client's, so that the same save again makes no second one.
 *
 * @throws AppError `invalid-field` (more cells than fit), `stale-edit`, `forbidden` (of another person), `not-found`,
 *   `guard-failed` with guard `wall-limit`
 */
export async function saveWall(tx: Tx, id: string, version: number, wall: WallPlan): Promise<Wall> {
  if (wall.cells.length > wall.size) throw new AppError('invalid-field', { field: 'wall.cells' });
  const cells = JSON.stringify(wall.cells);
  const tour = wall.tour === null ? null : JSON.stringify(wall.tour);
  const known = await tx.maybe<WallRow>(sql`${selected} where id = ${id}`);
  if (known && known.accountId !== tx.actor.id) throw new AppError('forbidden');
  if (!known && version > 0) throw new AppError('not-found');
  if (!known) await checkLimit(tx);
  const changed = known
    ? await tx.run(sql`update video_walls set version = version + 1, account_name = ${tx.actor.name}, name = ${wall.name},
          size = ${wall.size}, cells = ${cells}::jsonb, shared = ${wall.shared}, tour = ${tour}::jsonb,
          changed_at = ${new Date(tx.nowMs)}
        where id = ${id} and version = ${version}`)
    : await tx.run(sql`insert into video_walls (id, version, account_id, account_name, name, size, cells, shared, tour, changed_at)
        values (${id}, 1, ${tx.actor.id}, ${tx.actor.name}, ${wall.name}, ${wall.size}, ${cells}::jsonb, ${wall.shared},
          ${tour}::jsonb, ${new Date(tx.nowMs)})
        on conflict (id) do nothing`);
  const now = await tx.maybe<WallRow>(sql`${selected} where id = ${id}`);
  // A client's identifier that somebody else has, who does not share it.
  if (!now || now.accountId !== tx.actor.id) throw new AppError('forbidden');
  if (changed === 0 && !(version === 0 && now.version === 1 && isSame(now, wall)))
    throw new AppError('stale-edit', { field: 'version', details: { current: now.version } });
  return show(tx, now);
}

/** What is not there is deleted already. @throws AppError `forbidden` (of another person) */
export async function deleteWall(tx: Tx, id: string): Promise<void> {
  const known = await tx.maybe<WallRow>(sql`${selected} where id = ${id}`);
  if (known && known.accountId !== tx.actor.id) throw new AppError('forbidden');
  await tx.run(sql`delete from video_walls where id = ${id}`);
}

async function checkLimit(tx: Tx): Promise<void> {
  const { n } = await tx.one<{ n: number }>(
    sql`select count(*)::int as n from video_walls where account_id = ${tx.actor.id}`,
  );
  if (n >= mostWalls) throw new AppError('guard-failed', { details: { guard: 'wall-limit', most: mostWalls } });
}
function isSame(row: WallRow, wall: WallPlan): boolean {
  const textOf = ({ name, size, cells, shared, tour }: WallPlan): string =>
    JSON.stringify([name, size, cells, shared, tour && [tour.cameraIds, tour.dwellS, tour.movingOnly]]);
  return textOf(row) === textOf(wall);
}
