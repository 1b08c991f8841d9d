import { newId, type Role } from '@wangge/contract-kit';
import type { Actor } from '@wangge/kernel';
import { openTestTown, testActor, type TestTown, until } from '@wangge/kernel/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readPresets } from '../../src/ptz/presets.ts';
import { steerCamera } from '../../src/ptz/steer.ts';
import { modules } from '../gb/support.ts';
import { OnvifCamera } from '../onvif/onvif-camera.ts';

const password = 'camera-2026';
const town_ = '990101/990101100/';
const grid = `${town_}990101100201/990101100201001/`;
const camera = new OnvifCamera(password);
let town: TestTown;
let port: number;
let id: string;

const actor = (role: Role, areaPath: string, name: string): Actor =>
  testActor([{ role, areaId: newId(), areaPath, departmentId: null }], newId(), name);
const leader = actor('leader', town_, '镇长');
const dispatcher = actor('dispatcher', town_, '调度');
const police = actor('police', town_, '民警');
const head = actor('grid-head', grid, '网格长');
const member = actor('grid-member', grid, '网格员');
const stranger = actor('grid-head', `${town_}990101100202/`, '外村');
const right = { do: 'move', pan: 1, tilt: 0, zoom: 0 } as const;
const steer = (by: Actor, command: Parameters<typeof steerCamera>[3] = right) => steerCamera(town.rt, by, id, command);

async function enter(more: { hasPtz?: boolean; retired?: boolean; port?: number } = {}): Promise<string> {
  const cameraId = newId();
  const sealed = town.rt.keys.encrypt('video.camera-password', password);
  await town.owner.query(
    `insert into video_cameras (id, key, version, name, class, lon, lat, area_id, area_path, has_ptz, has_speaker, duties,
       recording, source_kind, source, source_password, created_at, updated_at, retired_at)
     values ($1, $2, 1, '村口', 'public', 119, 31, $3, $4, $5, false, '{}', '{}', 'onvif', $6, $7, now(), now(), $8)`,
    [
      cameraId,
      newId(),
      newId(),
      grid,
      more.hasPtz ?? true,
      { kind: 'onvif', host: '127.0.0.1', port: more.port ?? port, user: 'admin' },
      sealed,
      more.retired ? new Date() : null,
    ],
  );
  return cameraId;
}
const audits = async (action: string): Promise<unknown[]> =>
  (
    await town.owner.query(
      'select actor_name, details from kernel_audit where action = $1 and subject_id = $2 order by seq',
      [action, id],
    )
  ).rows;

beforeAll(async () => {
  port = await camera.start();
  town = await openTestTown(modules);
});
afterAll(async () => {
  await town?.close();
  camera.close();
});
beforeEach(async () => {
  id = await enter();
  camera.told.length = 0;
});

describe('turning a camera', () => {
  it('holds it for ten seconds, and stops it', async () => {
    expect(await steer(head)).toEqual({ heldByName: '网格长', heldUntilMs: town.clock.nowMs() + 10_000 });
    await until(() => camera.told.includes('Stop'), 'the stop');
    expect(camera.told).toEqual(['move 1 0 PT1S', 'Stop']);
  });

  it('is taken by a higher post from a lower one; equal ones wait until it is let go', async () => {
    await steer(head);
    await steer(police);
    await expect(steer(head)).rejects.toMatchObject({
      code: 'guard-failed',
      details: { guard: 'held', heldByName: '民警', heldUntilMs: town.clock.nowMs() + 10_000 },
    });
    await steer(dispatcher);
    await expect(steer(leader)).rejects.toMatchObject({ details: { heldByName: '调度' } });
    await expect(steer(police)).rejects.toMatchObject({ details: { guard: 'held' } });
    town.clock.advance(10_000);
    expect((await steer(head)).heldByName).toBe('网格长');
  });

  it('is had by one of many who ask at once', async () => {
    const asked = await Promise.allSettled(
      Array.from({ length: 8 }, (_, n) => steer(actor('police', town_, `民警${n}`))),
    );
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('stands in the audit trail once for each time it was held', async () => {
    for (let n = 0; n < 5; n++) await steer(head);
    await steer(police);
    town.clock.advance(11_000);
    await steer(police);
    expect(await audits('video.steer')).toEqual([
      { actor_name: '网格长', details: null },
      { actor_name: '民警', details: { takenFrom: '网格长' } },
      { actor_name: '民警', details: null },
    ]);
  });

  it('is for those who may, and for cameras that can', async () => {
    await expect(steer(member)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(steer(stranger)).rejects.toMatchObject({ code: 'not-found' });
    id = await enter({ hasPtz: false });
    await expect(steer(leader)).rejects.toMatchObject({ details: { guard: 'no-ptz' } });
    id = await enter({ retired: true });
    await expect(steer(leader)).rejects.toMatchObject({ details: { guard: 'retired' } });
    id = await enter({ port: 1 });
    await expect(steer(leader)).rejects.toMatchObject({ details: { guard: 'device-offline' } });
  });

  it('names positions, and finds those that the camera had', async () => {
    expect(await readPresets(town.rt, head, id)).toEqual({ items: [{ preset: 1, name: '大门' }] });
    await steer(head, { do: 'set', preset: 4, name: '桥' });
    expect((await readPresets(town.rt, member, id)).items).toEqual([
      { preset: 1, name: '大门' },
      { preset: 4, name: '桥' },
    ]);
    await steer(head, { do: 'go', preset: 1 });
    expect(camera.told.at(-1)).toBe('go Preset_7');
    await steer(head, { do: 'forget', preset: 4 });
    expect((await readPresets(town.rt, head, id)).items).toEqual([{ preset: 1, name: '大门' }]);
    expect(await audits('video.set-preset')).toEqual([{ actor_name: '网格长', details: { name: '桥', preset: 4 } }]);
  });
});
