/**
 * The demo town's people: invented roles, never names of persons. Numbers follow S22 (49 grid
 * members, 186 micro-grid members, 260 volunteers) with a team "1+3+N" in each grid.
 */
import { randomBytes } from 'node:crypto';
import { newId, type Role } from '@wangge/contract-kit';
import { areaIndex } from '@wangge/areas';
import { type Runtime, sql, type Tx } from '@wangge/kernel';
import { hashPassword } from '../passwords.ts';
import { sealPhone } from '../phones.ts';
import { tellStaffChanged } from '../events.ts';
import { type DemoAccount, writeDemoAccounts } from './demo-accounts.ts';
import { demoDepartments, seedDepartments } from './departments.ts';

/** Told on the sign-in page, so it protects nothing; the demo listens on this machine alone. */
const openPassword = 'wangge-demo';

interface Person {
  readonly login: string;
  readonly name: string;
  readonly role: Role;
  readonly areaId: string;
  readonly department?: string;
  readonly publicPhone?: string;
  /** May sign in, and is listed on the sign-in page of a local demo. */
  readonly demo?: true;
}

const digits = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
/** 1–999 in Chinese words: 十二, 一百零三. */
export function chineseNumber(n: number): string {
  if (n < 10) return digits[n] ?? String(n);
  if (n < 20) return `十${n % 10 === 0 ? '' : (digits[n % 10] ?? '')}`;
  if (n < 100) return `${digits[Math.floor(n / 10)] ?? ''}十${n % 10 === 0 ? '' : (digits[n % 10] ?? '')}`;
  const rest = n % 100;
  const tail =
    rest === 0
      ? ''
      : rest < 10
        ? `零${digits[rest] ?? ''}`
        : rest < 20
          ? `一${chineseNumber(rest)}`
          : chineseNumber(rest);
  return `${digits[Math.floor(n / 100)] ?? ''}百${tail}`;
}
function servicePhone(n: number): string {
  return `000-555${String(1000 + n).padStart(4, '0')}`;
}

/** Everyone, in a fixed order, so that a second run makes the same people. */
function peopleOf(rt: Runtime): Person[] {
  const areas = areaIndex(rt).all();
  const at = (level: string) => areas.filter((a) => a.level === level).toSorted((a, b) => a.code.localeCompare(b.code));
  const town = at('town')[0];
  if (!town) throw new Error('seed the areas first');
  const people: Person[] = [
    { login: 'diaodu', name: '一号调度员', role: 'dispatcher', areaId: town.id, demo: true },
    { login: 'diaodu2', name: '二号调度员', role: 'dispatcher', areaId: town.id },
    { login: 'lingdao', name: '值班领导', role: 'leader', areaId: town.id, demo: true },
    { login: 'admin', name: '系统管理员', role: 'system-admin', areaId: town.id, demo: true },
    { login: 'anquan', name: '安全管理员', role: 'security-admin', areaId: town.id, demo: true },
    { login: 'shenji', name: '审计管理员', role: 'audit-admin', areaId: town.id, demo: true },
  ];
  for (const { code, short } of demoDepartments) {
    for (const n of [1, 2]) {
      const demo = code === 'cgd' && n === 1 ? ({ demo: true } as const) : {};
      const name = `${short}${chineseNumber(n)}号处置员`;
      people.push({
        login: `${code}${n}`,
        name,
        role: 'department-handler',
        areaId: town.id,
        department: code,
        ...demo,
      });
    }
  }
  for (const [i, village] of at('village').entries()) {
    people.push({
      login: `cun${i + 1}`,
      name: `${chineseNumber(i + 1)}号村干部`,
      role: 'village-cadre',
      areaId: village.id,
      publicPhone: servicePhone(100 + i),
    });
    if (i % 3 === 0)
      people.push({
        login: `mj${i / 3 + 1}`,
        name: `${chineseNumber(i / 3 + 1)}号民警`,
        role: 'police',
        areaId: village.id,
      });
    if (i % 4 === 0)
      people.push({
        login: `ys${i / 4 + 1}`,
        name: `${chineseNumber(i / 4 + 1)}号家庭医生`,
        role: 'doctor',
        areaId: village.id,
      });
  }
  for (const [i, grid] of at('grid').entries()) {
    const first = i === 0 ? ({ demo: true } as const) : {};
    people.push({
      login: `wgz${i + 1}`,
      name: `${chineseNumber(i + 1)}号网格长`,
      role: 'grid-head',
      areaId: grid.id,
      publicPhone: servicePhone(200 + i),
      ...first,
    });
    people.push({
      login: `wgy${i + 1}`,
      name: `${chineseNumber(i + 1)}号网格员`,
      role: 'grid-member',
      areaId: grid.id,
      publicPhone: servicePhone(300 + i),
      ...first,
    });
  }
  const micro = at('micro-grid');
  for (const [i, area] of micro.entries()) {
    people.push({
      login: `wwg${i + 1}`,
      name: `${chineseNumber(i + 1)}号微网格员`,
      role: 'micro-grid-member',
      areaId: area.id,
      publicPhone: servicePhone(400 + i),
    });
  }
  const volunteers = Math.min(260, micro.length * 2);
  for (let i = 0; i < volunteers; i++) {
    const area = micro[i % micro.length];
    if (area)
      people.push({
        login: `zyz${i + 1}`,
        name: `${chineseNumber(i + 1)}号志愿者`,
        role: 'volunteer',
        areaId: area.id,
      });
  }
  return people;
}

async function insertPeople(
  tx: Tx,
  people: readonly Person[],
  passwordHashes: ReadonlyMap<string, string>,
): Promise<void> {
  const index = areaIndex(tx.rt);
  const departments = new Map(
    (await tx.rows<{ id: string; code: string }>(sql`select id, code from staff_departments`)).map((d) => [
      d.code,
      d.id,
    ]),
  );
  const rows = people.map((p) => {
    const phone = sealPhone(tx.rt.keys, p.publicPhone ?? null);
    const area = index.get(p.areaId);
    return {
      id: newId(),
      post_id: newId(),
      login: p.login,
      name: p.name,
      role: p.role,
      area_id: p.areaId,
      area_path: area?.path ?? '',
      department_id: p.department === undefined ? null : (departments.get(p.department) ?? null),
      public_phone: p.publicPhone ?? null,
      phone_sealed: phone.sealed,
      phone_mask: phone.mask,
      password_hash: passwordHashes.get(p.login) ?? null,
    };
  });
  const json = JSON.stringify(rows);
  await tx.run(sql`insert into staff_accounts (id, login, name, phone_sealed, phone_mask, password_hash)
    select id, login, name, phone_sealed, phone_mask, password_hash
    from jsonb_to_recordset(${json}::jsonb) as r(id uuid, login text, name text, phone_sealed text, phone_mask text, password_hash text)
    on conflict (login) do nothing`);
  await tx.run(sql`insert into staff_posts (id, account_id, role, area_id, area_path, department_id, public_phone)
    select r.post_id, a.id, r.role, r.area_id, r.area_path, r.department_id, r.public_phone
    from jsonb_to_recordset(${json}::jsonb) as r(post_id uuid, login text, role text, area_id uuid, area_path text, department_id uuid, public_phone text)
    join staff_accounts a on a.login = r.login on conflict do nothing`);
  // Some are out in the field from the start, each at the middle of their area.
  await tx.run(sql`insert into staff_duty (account_id, since, lon, lat, taken_at)
    select a.id, ${new Date(tx.nowMs)}, (r.place->>'lon')::float8, (r.place->>'lat')::float8, ${new Date(tx.nowMs)}
    from jsonb_to_recordset(${JSON.stringify(people.flatMap((p, i) => (p.role === 'grid-member' && i % 3 !== 0 ? [{ login: p.login, place: index.get(p.areaId)?.center ?? null }] : [])))}::jsonb)
      as r(login text, place jsonb) join staff_accounts a on a.login = r.login where r.place is not null
    on conflict do nothing`);
  tellStaffChanged(tx, null);
}

/**
 * Makes the demo's people once; a second call finds them and changes nothing.
 * @param randomPasswords for a demo that others can reach: told to the caller, never on the sign-in page
 * @returns accounts to try; empty when the people were there already
 */
export async function seedStaff(rt: Runtime, options: { randomPasswords?: boolean } = {}): Promise<DemoAccount[]> {
  await seedDepartments(rt);
  const people = peopleOf(rt);
  const known = await rt.system('seed', (tx) => tx.maybe(sql`select 1 from staff_accounts where login = 'diaodu'`));
  if (known) return [];
  const demo = people.filter((p) => p.demo);
  const accounts = demo.map((p) => ({
    login: p.login,
    name: p.name,
    role: p.role,
    password: options.randomPasswords ? randomBytes(9).toString('base64url') : openPassword,
  }));
  const hashes = new Map<string, string>();
  for (const account of accounts) hashes.set(account.login, await hashPassword(account.password));
  await rt.system('seed', (tx) => insertPeople(tx, people, hashes));
  if (!options.randomPasswords) await writeDemoAccounts(rt, accounts);
  return accounts;
}
