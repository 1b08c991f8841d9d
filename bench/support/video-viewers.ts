/** Cameras laid into the register and viewers as a worker sees them: tickets, sockets, what comes. */
import { newId } from '@wangge/contract-kit';
import { openRuntime, sql } from '@wangge/kernel';
import { giveTicket } from '@wangge/video/media';
import type { Platform } from './platform.ts';

/** Straight into the table, since a benchmark of pictures needs no forms. @returns identifiers in the order of addresses */
export async function layCameras(platform: Platform, urls: readonly string[]): Promise<string[]> {
  const owner = await openRuntime({ ...platform.config, databaseUrl: platform.config.ownerUrl }, []);
  try {
    const ids = urls.map(() => newId());
    const sources = urls.map((mainUrl) => JSON.stringify({ kind: 'rtsp', mainUrl, subUrl: null, user: null }));
    await owner.pool.query(
      `insert into video_cameras (id, key, version, name, class, lon, lat, area_id, area_path, has_ptz, has_speaker, duties,
         recording, source_kind, source, created_at, updated_at)
       select id, id, 1, '摄像机', 'public', 119.5, 31.4, id, '990101/', false, false, '{}', '{"mode":"off"}', 'rtsp',
         source::jsonb, now(), now() from unnest($1::uuid[], $2::text[]) as t (id, source)`,
      [ids, sources],
    );
    return ids;
  } finally {
    await owner.close();
  }
}

export interface Viewer {
  /** Messages of media so far, and their bytes. */
  chunks: number;
  bytes: number;
  /** The longest time between two of them, ms. */
  longestGapMs: number;
  close(): void;
}

/** Looks at a camera as a browser does. */
export async function openViewer(platform: Platform, cameraId: string): Promise<Viewer> {
  const viewId = newId();
  const { text } = await platform.rt.system('video', async (tx) => {
    await tx.run(sql`insert into video_views (id, camera_id, account_name, kind, variant, asked_at)
      values (${viewId}, ${cameraId}, '基准', 'live', 'main', ${new Date(tx.nowMs)})`);
    return giveTicket(tx, viewId);
  });
  const socket = new WebSocket(`${platform.url.replace(/^http/, 'ws')}/video/ws?ticket=${text}`);
  let lastMs: number | undefined;
  const viewer: Viewer = { chunks: 0, bytes: 0, longestGapMs: 0, close: () => socket.close() };
  socket.binaryType = 'arraybuffer';
  socket.addEventListener('message', ({ data }: MessageEvent<string | ArrayBuffer>) => {
    if (typeof data === 'string') return;
    const nowMs = performance.now();
    if (lastMs !== undefined) viewer.longestGapMs = Math.max(viewer.longestGapMs, nowMs - lastMs);
    lastMs = nowMs;
    viewer.chunks++;
    viewer.bytes += data.byteLength;
  });
  return viewer;
}
