/** SIPp as a thousand devices, against the process with its database. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openTestTown, type TestTown, until } from '@wangge/kernel/testkit';
import { askSip, type RunningSip, startSip } from '@wangge/video/sip';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { passwordPurpose } from '../../src/gb/passwords.ts';
import { modules, password, sipOptions } from './support.ts';

const sipp = '/usr/bin/sipp';
const there = existsSync(sipp) || process.env['WANGGE_REQUIRE_PEERS'] === '1';
const note = there ? '' : ' (skipped: SIPp is not installed, Debian package sip-tester)';
const scenario = new URL('../../../../protocols/gb28181/test/sipp/register.xml', import.meta.url).pathname;
const devices = 1000;
const ids = Array.from({ length: devices }, (_, n) => `3402000000132${String(n).padStart(7, '0')}`);

describe.skipIf(!there)(`SIPp as devices${note}`, () => {
  let town: TestTown;
  let sip: RunningSip;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gb-sipp-'));
    town = await openTestTown(modules, { nowMs: Date.now() });
    sip = await startSip(town.rt, { ...sipOptions, serverId: '34020000002000000001' });
    await town.owner.query(
      `insert into video_gb_devices (device_id, name, password, created_at, updated_at)
       select id, id, $1, now(), now() from unnest($2::text[]) as id`,
      [town.rt.keys.encrypt(passwordPurpose, password), ids],
    );
    await askSip(town.rt, 'reload', {});
  });
  afterAll(async () => {
    await sip?.close();
    await town?.close();
    await rm(folder, { recursive: true });
  });
  const online = async (): Promise<number> =>
    ((await town.owner.query('select count(*)::int as n from video_gb_devices where online')).rows[0] as { n: number })
      .n;

  it('register at once, stay over a restart, and are gone when the process finds them expired', async () => {
    const lines = ids.map((id) => `${id};[authentication username=${id} password=${password}]`);
    const file = join(folder, 'devices.csv');
    await writeFile(file, `SEQUENTIAL\n${lines.join('\n')}\n`);
    const port = String(20_000 + (process.pid % 20_000) + Math.floor(Math.random() * 2000));
    const args = ['-nostdin', `127.0.0.1:${sip.sipPort}`, '-sf', scenario, '-inf', file, '-i', '127.0.0.1', '-p', port];
    args.push('-m', String(devices), '-l', String(devices), '-r', String(devices), '-rp', '1000');
    const began = performance.now();
    await new Promise<void>((done, failed) => {
      execFile(sipp, args, { cwd: folder, timeout: 60_000 }, (error, stdout, stderr) =>
        error ? failed(new Error(`${error.message}\n${stderr.slice(-1000)}\n${stdout.slice(-1000)}`)) : done(),
      );
    });
    expect((performance.now() - began) / 1000).toBeLessThan(20);
    await until(async () => (await online()) === devices, 'all are online in the database');

    await sip.close();
    sip = await startSip(town.rt, { ...sipOptions, serverId: '34020000002000000001' });
    expect(sip.platform.devices().filter((one) => one.online)).toHaveLength(devices);
    await sip.close();

    await town.owner.query(
      `update video_gb_devices set registration = jsonb_set(registration, '{expiresAt}', '1') where device_id <> $1`,
      [ids[0]],
    );
    sip = await startSip(town.rt, { ...sipOptions, serverId: '34020000002000000001' });
    expect(await online()).toBe(1);
  });
});
