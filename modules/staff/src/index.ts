/** People: accounts, sessions, departments, posts, teams, duty and positions. */
import { areasPublishing, previewPublishing } from '@wangge/areas';
import { defineModule, onHook, type Runtime } from '@wangge/kernel';
import { forgetPositions } from './actions/duty.ts';
import { positionChanged, staffChanged } from './contract.ts';
import { movePosts, previewPosts } from './move-posts.ts';
import { staffPermissions } from './permissions.ts';
import { staffRoutes } from './routes.ts';
import { SessionCache, sessionCookie } from './sessions.ts';

export { type Contact, contactsOf, phoneForSending } from './actions/contacts.ts';
export { type HeldSkill, receivers, skillsOf, staffedDepartments } from './actions/ability.ts';
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
  on: [
    onHook(areasPublishing, (tx, { index }) => movePosts(tx, index)),
    onHook(previewPublishing, async (tx, { index, answer }) => {
      const { posts, unstaffed } = await previewPosts(tx, index);
      answer.posts.push(...posts);
      answer.unstaffed.push(...unstaffed);
    }),
  ],
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
