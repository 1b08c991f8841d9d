/** Routes of ONVIF. */
import { handle, sql } from '@wangge/kernel';
import * as contract from '../contract/onvif.ts';
import { discover } from './discover.ts';
import { profilesOf } from './head.ts';

export const onvifRoutes = [
  handle(contract.discoverCameras, async (c) => {
    const found = await discover();
    const rows = await c.tx((tx) =>
      tx.rows<{ host: string; port: number }>(sql`select source->>'host' as host, (source->>'port')::int as port
        from video_cameras where source_kind = 'onvif' and retired_at is null`),
    );
    const known = new Set(rows.map(({ host, port }) => `${host}:${port}`));
    return { items: found.map((one) => ({ ...one, entered: known.has(`${one.host}:${one.port}`) })) };
  }),
  handle(contract.onvifProfiles, async (c) => ({
    items: [...(await profilesOf({ ...c.body, mainProfile: null, subProfile: null }))],
  })),
];
