/** Cameras and looks laid straight into the tables, as the register and the API would. */
import { newId } from '@wangge/contract-kit';
import type { TestTown } from '@wangge/kernel/testkit';
import { giveTicket } from '../../../src/watch/tickets.ts';

/** @returns the camera's identifier */
export async function layCamera(
  { owner, clock }: TestTown,
  mainUrl: string,
  subUrl: string | null = null,
): Promise<string> {
  const id = newId();
  const at = new Date(clock.nowMs());
  const source = { kind: 'rtsp', mainUrl, subUrl, user: null };
  await owner.query(
    `insert into video_cameras (id, key, version, name, class, lon, lat, area_id, area_path, has_ptz, has_speaker, duties,
       recording, source_kind, source, created_at, updated_at)
     values ($1, $2, 1, '村口', 'public', 119.5, 31.4, $2, '990101/', false, false, '{}', '{"mode":"off"}', 'rtsp', $3, $4, $4)`,
    [id, newId(), source, at],
  );
  return id;
}

export async function layView({ owner, clock }: TestTown, cameraId: string, variant = 'main'): Promise<string> {
  const id = newId();
  await owner.query(
    `insert into video_views (id, camera_id, account_name, kind, variant, asked_at) values ($1, $2, '值班员', 'live', $3, $4)`,
    [id, cameraId, variant, new Date(clock.nowMs())],
  );
  return id;
}

/** A new look with its ticket. */
export async function ticketFor(
  town: TestTown,
  cameraId: string,
  variant = 'main',
): Promise<{ view: string; text: string }> {
  const view = await layView(town, cameraId, variant);
  const { text } = await town.rt.system('video', (tx) => giveTicket(tx, view));
  return { view, text };
}
