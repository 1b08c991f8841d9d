/** Posts a person may hold, and what a post lets them reach. Terms: FIELD glossary in docs/glossary.md. */
import { z } from 'zod';

/** How far a post's right to data reaches by itself. Orders and own reports come on top. */
export type Reach = 'area' | 'department' | 'none';

export const roles = {
  'grid-head': { reach: 'area', label: { zh: '网格长', en: 'Grid head' }, team: 1 },
  'grid-member': { reach: 'area', label: { zh: '网格员', en: 'Grid member' }, team: 2 },
  'micro-grid-member': {
    reach: 'area',
    label: { zh: '微网格员', en: 'Micro-grid member' },
    team: 3,
  },
  'village-cadre': { reach: 'area', label: { zh: '村干部', en: 'Village cadre' }, team: 2 },
  police: { reach: 'area', label: { zh: '民警', en: 'Police officer' }, team: 3 },
  doctor: { reach: 'none', label: { zh: '家庭医生', en: 'Doctor' }, team: 3 },
  volunteer: { reach: 'none', label: { zh: '志愿者', en: 'Volunteer' }, team: 3 },
  'department-handler': {
    reach: 'department',
    label: { zh: '部门处置员', en: 'Department handler' },
    team: 0,
  },
  dispatcher: { reach: 'area', label: { zh: '调度员', en: 'Dispatcher' }, team: 0 },
  leader: { reach: 'area', label: { zh: '领导', en: 'Leader' }, team: 0 },
  'system-admin': {
    reach: 'none',
    label: { zh: '系统管理员', en: 'System administrator' },
    team: 0,
  },
  'security-admin': {
    reach: 'none',
    label: { zh: '安全管理员', en: 'Security administrator' },
    team: 0,
  },
  'audit-admin': { reach: 'none', label: { zh: '审计管理员', en: 'Audit administrator' }, team: 0 },
} as const satisfies Record<string, { reach: Reach; label: { zh: string; en: string }; team: 0 | 1 | 2 | 3 }>;

export type Role = keyof typeof roles;
export const roleNames = Object.keys(roles) as [Role, ...Role[]];
export const roleSchema = z.enum(roleNames);

/** These must sign in with a second factor outside demo mode (等保 2.0 level 3). */
export const secondFactorRoles: readonly Role[] = ['dispatcher', 'system-admin', 'security-admin', 'audit-admin'];
