import { newId } from '@wangge/contract-kit';
import type { Device } from '@wangge/gb28181';
import { openTestTown, type TestTown, until } from '@wangge/kernel/testkit';
import { openGbSource, type RunningSip, startSip } from '@wangge/video/sip';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { passwordPurpose } from '../../src/gb/passwords.ts';
import { channelId, deviceId, modules, openDevice, password, Sender, sipOptions } from './support.ts';

let town: TestTown;
let sip: RunningSip;
let device: Device | undefined;
const sender = new Sender();
let answers = 0;

beforeAll(async () => {
  town = await openTestTown(modules, { nowMs: Date.now() });
  await town.owner.query(
    `insert into video_gb_devices (device_id, name, password, created_at, updated_at) values ($1, 'NVR', $2, now(), now())`,
    [deviceId, town.rt.keys.encrypt(passwordPurpose, password)],
  );
  sip = await startSip(town.rt, sipOptions);
});
afterAll(async () => {
  await device?.close();
  await sip?.close();
  await town?.close();
});

describe('a source of frames', () => {
  it('says why it has none, and has them once the device can', async () => {
    const cameraId = newId();
    await town.owner.query(
      `insert into video_cameras (id, key, version, name, class, lon, lat, area_id, area_path, has_ptz, has_speaker,
         duties, recording, source_kind, source, created_at, updated_at)
       values ($1, $2, 1, '村口', 'public', 119, 31, $3, '990101/', false, false, '{}', '{}', 'gb28181', $4, now(), now())`,
      [cameraId, newId(), newId(), { kind: 'gb28181', deviceId, channelId, transport: 'udp' }],
    );
    const problems: string[] = [];
    let frames = 0;
    const source = openGbSource(town.rt, { silentMs: 800 })(
      { cameraId, variant: 'main', source: { kind: 'gb28181', deviceId, channelId, transport: 'udp' }, password: null },
      {
        onTracks: () => undefined,
        onFrame: () => void frames++,
        onProblem: (problem) => void problems.push(problem),
      },
    );
    await until(() => problems.length > 0, 'the device is not there');
    expect(problems).toEqual(['offline']);

    device = await openDevice(deviceId, {
      open: async (request) => {
        answers++;
        // Full, then silent, then well.
        if (answers === 1) return undefined;
        const grant = await sender.open(request);
        return answers === 2 ? { ...grant, start: () => new Promise<void>(() => undefined) } : grant;
      },
    });
    const { sipPort, serverId } = sip;
    await new Promise<void>((done) => {
      device?.addUpper({ serverId, host: '127.0.0.1', port: sipPort, password, onOnline: done });
    });
    await until(() => frames > 20, 'frames', 25_000);
    const told = problems.filter((problem) => problem === 'faulty');
    expect(told).toHaveLength(2);
    const link = async () =>
      (await town.owner.query('select link from video_states where camera_id = $1', [cameraId])).rows[0] as {
        link: string;
      };
    await until(async () => (await link())?.link === 'online', 'its line is known');

    await device.close();
    device = undefined;
    await until(async () => (await link()).link === 'offline', 'its line is gone');
    source.close();
  });
});
