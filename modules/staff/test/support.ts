/** A town with the demo's areas and people. */
import { areas, seedAreas } from '@wangge/areas';
import { demoSeed, generateDemoTown } from '@wangge/geo/town';
import { openTestTown, type TestTown } from '@wangge/kernel/testkit';
import { seedStaff, staff } from '../src/index.ts';
import type { DemoAccount } from '../src/seed/demo-accounts.ts';

export interface StaffTown extends TestTown {
  readonly accounts: ReadonlyMap<string, DemoAccount>;
  /** Signs in and gives the cookie header. */
  signIn(login: string): Promise<string>;
}

export async function openStaffTown(more: Parameters<typeof openTestTown>[1] = {}): Promise<StaffTown> {
  const town = await openTestTown([areas, staff], more);
  await seedAreas(town.rt, generateDemoTown(demoSeed));
  const accounts = new Map((await seedStaff(town.rt)).map((a) => [a.login, a]));
  return {
    ...town,
    accounts,
    async signIn(login) {
      const answer = await town.app.inject({
        method: 'POST',
        url: '/api/session',
        headers: { 'x-wangge': '1' },
        payload: { login, password: accounts.get(login)?.password ?? '' },
      });
      const cookie = answer.cookies.find((c) => c.name === 'wangge_session');
      if (!cookie) throw new Error(`${login}: ${answer.body}`);
      return `wangge_session=${cookie.value}`;
    },
  };
}
