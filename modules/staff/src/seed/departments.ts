/** Departments of the demo town; categories of incidents name them by code. */
import { type Runtime, sql } from '@wangge/kernel';
import { saveDepartmentWith } from '../actions/departments.ts';

/** Numbers are of a kind that no exchange gives out. */
export const demoDepartments = [
  { code: 'zzb', short: '综治办', name: '综合治理办公室', phone: '000-5550001' },
  { code: 'pcs', short: '派出所', name: '派出所', phone: '000-5550002' },
  { code: 'yjb', short: '应急办', name: '应急管理办公室', phone: '000-5550003' },
  { code: 'cgd', short: '城管队', name: '城市管理执法队', phone: '000-5550004' },
  { code: 'hws', short: '环卫所', name: '环境卫生所', phone: '000-5550005' },
  { code: 'gjb', short: '规建办', name: '规划建设办公室', phone: '000-5550006' },
  { code: 'nyb', short: '农业办', name: '农业农村办公室', phone: '000-5550007' },
  { code: 'slz', short: '水利站', name: '水利站', phone: '000-5550008' },
  { code: 'mzb', short: '民政办', name: '民政和社会事务办公室', phone: '000-5550009' },
  { code: 'sfs', short: '司法所', name: '司法所', phone: '000-5550010' },
  { code: 'wsy', short: '卫生院', name: '卫生院', phone: '000-5550011' },
  { code: 'gds', short: '供电所', name: '供电所', phone: '000-5550012' },
  { code: 'xcb', short: '宣传办', name: '宣传办公室', phone: '000-5550013' },
] as const;

export async function seedDepartments(rt: Runtime): Promise<void> {
  await rt.system('seed', async (tx) => {
    for (const d of demoDepartments) {
      const known = await tx.maybe(sql`select 1 from staff_departments where code = ${d.code}`);
      // The governance office answers around the clock.
      if (!known) await saveDepartmentWith(tx, d.code, { ...d, isDuty: d.code === 'zzb' });
    }
  });
}
