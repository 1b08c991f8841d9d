/** A town with cameras that are recorded. */
import { approvals } from '@wangge/approvals';
import { newId } from '@wangge/contract-kit';
import { type IncidentTown, openIncidentTown } from '@wangge/incidents/testkit';
import { video } from '../src/index.ts';

export async function openVideoTown(accounts: readonly string[] = []): Promise<IncidentTown> {
  return openIncidentTown([approvals, video], { accounts });
}

export interface CameraWish {
  readonly id?: string;
  readonly class?: 'public' | 'restricted' | 'household';
  readonly ownerId?: string;
  readonly plan?: Record<string, unknown>;
}

/** A camera of the first grid, recorded always unless told otherwise; past the register's own functions. */
export async function layCamera(town: IncidentTown, wish: CameraWish = {}): Promise<string> {
  const id = wish.id ?? newId();
  const plan = { mode: 'always', variant: 'main', spans: [], floorDays: 30, ceilingDays: 90, ...wish.plan };
  await town.owner.query(
    `insert into video_cameras (id, key, version, name, class, lon, lat, area_id, area_path, has_ptz, has_speaker, duties,
       recording, source_kind, source, owner_account_id, created_at, updated_at)
     values ($1, $2, 1, '河边', $3, 119.5, 31.4, $4, $5, false, false, '{}', $6, 'rtsp', '{}', $7, now(), now())`,
    [id, newId(), wish.class ?? 'public', town.grids[0].id, town.grids[0].path, plan, wish.ownerId ?? null],
  );
  return id;
}
