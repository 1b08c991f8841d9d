/** Handlers of the staff routes. */
import { areaIndex } from '@wangge/areas';
import { type Call, handle, type Handler } from '@wangge/kernel';
import { abilityOf, saveAbilityOf } from './actions/ability.ts';
import * as accounts from './actions/accounts.ts';
import { saveDepartmentWith } from './actions/departments.ts';
import * as duty from './actions/duty.ts';
import { logInWith, logOutOf } from './actions/log-in.ts';
import * as me from './actions/me.ts';
import * as posts from './actions/posts.ts';
import * as c from './contract.ts';
import { sessionCookie } from './sessions.ts';
import { listDepartmentRows } from './store.ts';
import { readDemoAccounts } from './seed/demo-accounts.ts';

function langOf(call: Pick<Call, 'request'>): 'zh' | 'en' {
  return /^en\b/i.test(call.request.headers['accept-language'] ?? '') ? 'en' : 'zh';
}
function cookieOptions(call: Pick<Call, 'rt'>) {
  return { path: '/', httpOnly: true, sameSite: 'lax', secure: call.rt.config.publicUrl.startsWith('https:') } as const;
}
const ok = { ok: true } as const;

export const staffRoutes: readonly Handler[] = [
  handle(c.logIn, async (call) => {
    const from = { userAgent: call.request.headers['user-agent'] ?? '', address: call.request.ip };
    const { token, actor } = await logInWith(call.rt, call.body, from);
    call.reply.setCookie(sessionCookie, token, cookieOptions(call));
    return call.rt.tx(actor, (tx) => me.readMe(tx, langOf(call)));
  }),
  handle(c.logOut, async (call) => {
    await call.tx((tx) => logOutOf(tx));
    call.reply.clearCookie(sessionCookie, cookieOptions(call));
    return ok;
  }),
  handle(c.getMe, (call) => call.tx((tx) => me.readMe(tx, langOf(call)))),
  handle(c.demoAccounts, async ({ rt }) => ({ accounts: await readDemoAccounts(rt) })),
  handle(c.changePassword, async (call) => {
    await call.tx((tx) => me.changeOwnPassword(tx, call.body.current, call.body.next));
    return ok;
  }),
  handle(c.setLanguage, (call) => call.tx((tx) => me.setOwnLanguage(tx, call.body.lang))),
  handle(c.enrolSecondFactor, (call) => call.tx((tx) => me.enrolSecondFactorWith(tx, call.body.totp))),
  handle(c.listSessions, async (call) => ({ sessions: await call.tx((tx) => me.ownSessions(tx)) })),
  handle(c.revokeSession, async (call) => {
    await call.tx((tx) => me.revokeOwnSession(tx, call.params.id));
    return ok;
  }),
  handle(c.listAccounts, (call) => {
    const path = call.query.areaId === undefined ? null : (areaIndex(call.rt).get(call.query.areaId)?.path ?? '-');
    return call.tx((tx) => accounts.listAccountsPage(tx, call.query, path));
  }),
  handle(c.createAccount, (call) => call.tx((tx) => accounts.createAccountWith(tx, call.body))),
  handle(c.updateAccount, (call) => call.tx((tx) => accounts.changeAccount(tx, call.params.id, call.body))),
  handle(c.revealPhone, async (call) => ({
    phone: await call.tx((tx) => accounts.revealPhoneOf(tx, call.params.id, call.body.purpose)),
  })),
  handle(c.readAbility, (call) => call.tx((tx) => abilityOf(tx, call.params.id))),
  handle(c.saveAbility, (call) => call.tx((tx) => saveAbilityOf(tx, call.params.id, call.body))),
  handle(c.addPost, (call) => call.tx((tx) => posts.addPostTo(tx, call.params.id, call.body))),
  handle(c.removePost, (call) => call.tx((tx) => posts.removePostById(tx, call.params.id))),
  handle(c.listDepartments, async (call) => ({ departments: await call.tx((tx) => listDepartmentRows(tx)) })),
  handle(c.saveDepartment, (call) => call.tx((tx) => saveDepartmentWith(tx, call.params.code, call.body))),
  handle(c.areaTeam, (call) => call.tx((tx) => posts.teamOf(tx, call.params.areaId))),
  handle(c.setDuty, (call) => call.tx((tx) => duty.setDutyTo(tx, call.body.onDuty, call.body.place))),
  handle(c.sharePosition, (call) => call.tx((tx) => duty.sharePositionAt(tx, call.body.place, call.body.takenAtMs))),
  handle(c.memberPositions, async (call) => ({ members: await call.tx((tx) => duty.positionsSeen(tx)) })),
];
