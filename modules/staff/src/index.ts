/** People: accounts, sessions, departments, posts, teams, duty and positions. */
import { type AreaIndex, areasPublishing } from '@wangge/areas';
import { defineModule, onHook, type Runtime, sql, type Tx } from '@wangge/kernel';
import { forgetPositions } from './actions/duty.ts';
import { positionChanged, staffChanged } from './contract.ts';
import { staffPermissions } from './permissions.ts';
import { staffRoutes } from './routes.ts';
import { SessionCache, sessionCookie } from './sessions.ts';

export { type Contact, contactsOf, phoneForSending } from './actions/contacts.ts';
export { departmentByCode, departmentsById, dutyDepartment, saveDepartmentWith } from './actions/departments.ts';
export {
  accountNames,
  handlersOf,
  membersFor,
  type PublicContact,
  publicContactOf,
  type StaffMember,
} from './actions/duty.ts';
export { teamOf } from './actions/posts.ts';
export { addUser, resetUser } from './actions/users.ts';
export type { DemoAccount } from './seed/demo-accounts.ts';
export { demoDepartments } from './seed/departments.ts';
export { seedStaff } from './seed/seed-staff.ts';
export { codeAt } from './second-factor.ts';

const caches = new WeakMap<Runtime, SessionCache>();

/** Posts follow their area when its path changes. */
async function movePosts(tx: Tx, index: AreaIndex): Promise<void> {
  const paths = JSON.stringify(index.all().map((a) => ({ id: a.id, path: a.path })));
  await tx.run(sql`update staff_posts p set area_path = n.path
    from jsonb_to_recordset(${paths}::jsonb) as n(id uuid, path text) where n.id = p.area_id and n.path <> p.area_path`);
}

export const staff = defineModule({
  name: 'staff',
  migrations: new URL('../migrations/', import.meta.url),
  permissions: staffPermissions,
  events: [staffChanged, positionChanged],
  routes: staffRoutes,
  jobs: {
    'staff.forget-positions': async (rt) => {
      await rt.system('staff', forgetPositions);
    },
  },
  // At night in China.
  cron: { 'staff.forget-positions': '13 19 * * *' },
  on: [onHook(areasPublishing, (tx, { index }) => movePosts(tx, index))],
  authenticate: (rt, cookies, address, more) => {
    const token = cookies[sessionCookie];
    if (token === undefined || token.length > 100) return Promise.resolve(null);
    return caches.get(rt)?.find(token, address, more?.passive) ?? Promise.resolve(null);
  },
  start: (rt) => {
    const cache = new SessionCache(rt);
    caches.set(rt, cache);
    return Promise.resolve(() => {
      cache.close();
      return Promise.resolve();
    });
  },
});
