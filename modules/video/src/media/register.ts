/** What the register says of the cameras that are being pulled. */
import { type Runtime, sql } from '@wangge/kernel';

export interface Standing {
  readonly id: string;
  /** Changes with every change of the camera. */
  readonly updatedAtMs: number;
  readonly retired: boolean;
  readonly paused: boolean;
}

/** Of these cameras; one that is not there at all is left out. */
export async function standingsOf(rt: Runtime, ids: readonly string[]): Promise<Map<string, Standing>> {
  const rows = await rt.system('video', (tx) =>
    tx.rows<{ id: string; updated_at: Date; retired: boolean; paused: boolean }>(sql`
      select id, updated_at, retired_at is not null as retired, paused_at is not null as paused
      from video_cameras where id = any(${ids}::uuid[])`),
  );
  return new Map(
    rows.map(({ id, updated_at, retired, paused }) => [id, { id, updatedAtMs: updated_at.getTime(), retired, paused }]),
  );
}
