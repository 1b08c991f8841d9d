/** People for tests who are signed in already: hashing a password for each would take longer than the test. */
import { newId, type Role } from '@wangge/contract-kit';
import { type Actor, type ActorPost, type Runtime, sql } from '@wangge/kernel';
import { testActor } from '@wangge/kernel/testkit';
import { openSession, sessionCookie } from './sessions.ts';

export interface Seat {
  readonly id: string;
  readonly name: string;
  /** Header of a request in this person's session. */
  readonly cookie: string;
  readonly actor: Actor;
}
export interface SeatPost {
  readonly role: Role;
  readonly area: { readonly id: string; readonly path: string };
  readonly departmentId?: string | null;
}

/** An account with these posts and an open session; nobody knows its password, since it has none. */
export async function seat(rt: Runtime, posts: readonly SeatPost[], name = '测试员'): Promise<Seat> {
  const id = newId();
  const held = posts.map(({ role, area, departmentId = null }): ActorPost => ({
    role,
    areaId: area.id,
    areaPath: area.path,
    departmentId,
  }));
  const token = await rt.system('test', async (tx) => {
    await tx.run(sql`insert into staff_accounts (id, login, name) values (${id}, ${`seat-${id}`}, ${name})`);
    for (const { role, areaId, areaPath, departmentId } of held) {
      await tx.run(sql`insert into staff_posts (id, account_id, role, area_id, area_path, department_id)
        values (${newId()}, ${id}, ${role}, ${areaId}, ${areaPath}, ${departmentId})`);
    }
    const session = await openSession(
      tx,
      id,
      held.map((p) => p.role),
      { userAgent: 'test', address: '127.0.0.1' },
    );
    return session.token;
  });
  return { id, name, cookie: `${sessionCookie}=${token}`, actor: testActor(held, id, name) };
}
