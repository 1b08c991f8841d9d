/** The first assignment rule, and the order in which candidates are shown. Pure. */
import type { Role } from '@wangge/contract-kit';
import { distanceM } from '@wangge/geo';
import type { Candidate, Party } from './contract.ts';

export interface Member {
  readonly accountId: string;
  readonly name: string;
  readonly role: Role;
  readonly areaPath: string;
  readonly areaName: string;
  readonly onDuty: boolean;
  readonly place: { readonly lon: number; readonly lat: number } | null;
  readonly positionAtMs: number | null;
}
export interface Situation {
  /** Path of the responsible area. */
  readonly path: string;
  readonly place: { readonly lon: number; readonly lat: number } | null;
  readonly nowMs: number;
  readonly members: readonly Member[];
  /** Open orders by account or department. */
  readonly openOrders: ReadonlyMap<string, number>;
  readonly departments: readonly { readonly id: string; readonly name: string }[];
  /** Department that owns the category. */
  readonly departmentId: string | null;
}
export interface Offer {
  readonly party: Party;
  readonly required: boolean;
}

/** Who answers for the ground first: the grid's own member, then those beside and above. */
const ownRoles: readonly Role[] = ['grid-member', 'micro-grid-member', 'grid-head', 'village-cadre'];

/** Paths are closed by slashes, so a prefix is an ancestor or the area itself. */
const covers = (areaPath: string, path: string): boolean => path.startsWith(areaPath);
const depth = (path: string): number => path.split('/').length;

/** Of the members whose post covers the place: by post, on duty before off, fewest orders, nearest post. */
export function ownMember(situation: Situation): Member | null {
  const able = situation.members.filter((m) => ownRoles.includes(m.role) && covers(m.areaPath, situation.path));
  const load = (m: Member): number => situation.openOrders.get(m.accountId) ?? 0;
  return (
    able.toSorted(
      (a, b) =>
        ownRoles.indexOf(a.role) - ownRoles.indexOf(b.role) ||
        Number(b.onDuty) - Number(a.onDuty) ||
        depth(b.areaPath) - depth(a.areaPath) ||
        load(a) - load(b) ||
        (a.accountId < b.accountId ? -1 : 1),
    )[0] ?? null
  );
}

/**
 * The grid's own member and the category's department. The member's answer is required; the department
 * assists, unless there is no member: then its answer is.
 */
export function assignmentRule(situation: Situation): Offer[] {
  const member = ownMember(situation);
  const offers: Offer[] = [];
  if (member) offers.push({ party: { kind: 'account', id: member.accountId }, required: true });
  if (situation.departmentId !== null) {
    offers.push({ party: { kind: 'department', id: situation.departmentId }, required: member === null });
  }
  return offers;
}

const fieldRoles: Partial<Record<Role, number>> = {
  'grid-member': 0,
  'micro-grid-member': 0,
  'grid-head': 100,
  'village-cadre': 300,
  police: 400,
  volunteer: 800,
  doctor: 900,
};
const minuteMs = 60_000;
/** A position older than this says little about where somebody is. */
const freshMs = 30 * minuteMs;

const roleWords: Partial<Record<Role, { zh: string; en: string }>> = {
  'grid-member': { zh: '网格员', en: 'grid member' },
  'micro-grid-member': { zh: '微网格员', en: 'micro-grid member' },
  'grid-head': { zh: '网格长', en: 'grid head' },
  'village-cadre': { zh: '村干部', en: 'village cadre' },
  police: { zh: '民警', en: 'police' },
  volunteer: { zh: '志愿者', en: 'volunteer' },
  doctor: { zh: '医生', en: 'doctor' },
};

interface Judged {
  readonly candidate: Candidate;
  /** Lower is better; roughly metres of detour. */
  readonly score: number;
}

function ageWords(ageMs: number): { zh: string; en: string } {
  const minutes = Math.max(0, Math.round(ageMs / minuteMs));
  if (minutes < 60) return { zh: `${minutes} 分钟前`, en: `${minutes} min ago` };
  const hours = Math.round(minutes / 60);
  return { zh: `${hours} 小时前`, en: `${hours} h ago` };
}
function metreWords(metres: number): string {
  return metres < 1000 ? `${Math.round(metres / 10) * 10} m` : `${(metres / 1000).toFixed(1)} km`;
}

function judgeMember(member: Member, situation: Situation, suggestedId: string | null): Judged {
  const own = covers(member.areaPath, situation.path);
  const metres =
    member.place && situation.place
      ? distanceM([member.place.lon, member.place.lat], [situation.place.lon, situation.place.lat])
      : null;
  const ageMs = member.positionAtMs === null ? null : situation.nowMs - member.positionAtMs;
  const fresh = metres !== null && ageMs !== null && ageMs <= freshMs;
  const openOrders = situation.openOrders.get(member.accountId) ?? 0;
  const suggested = member.accountId === suggestedId;
  const role = roleWords[member.role] ?? { zh: '', en: member.role };
  const words: { zh: string; en: string }[] = [
    own
      ? { zh: `本辖区${role.zh}`, en: `${role.en} of this area` }
      : { zh: `${member.areaName}${role.zh}`, en: `${role.en}, ${member.areaName}` },
    member.onDuty ? { zh: '在岗', en: 'on duty' } : { zh: '未在岗', en: 'off duty' },
  ];
  if (metres !== null && ageMs !== null) {
    const age = ageWords(ageMs);
    words.push({
      zh: `距现场 ${metreWords(metres)}（${age.zh}的位置）`,
      en: `${metreWords(metres)} away (position ${age.en})`,
    });
  } else words.push({ zh: '位置未知', en: 'position unknown' });
  words.push(
    openOrders === 0
      ? { zh: '手头无工单', en: 'no open orders' }
      : { zh: `手头 ${openOrders} 单`, en: `${openOrders} open orders` },
  );
  return {
    candidate: {
      party: { kind: 'account', id: member.accountId },
      name: member.name,
      role: member.role,
      areaName: member.areaName,
      onDuty: member.onDuty,
      distanceM: metres === null ? null : Math.round(metres),
      positionAtMs: member.positionAtMs,
      openOrders,
      suggested,
      reason: { zh: words.map((w) => w.zh).join('，'), en: words.map((w) => w.en).join(', ') },
    },
    score:
      (fresh ? metres : own ? 300 : 2500) +
      (member.onDuty ? 0 : 1500) +
      openOrders * 400 +
      (own ? 0 : 500) +
      (fieldRoles[member.role] ?? 1000) -
      (suggested ? 1e6 : 0),
  };
}

function judgeDepartment(department: { id: string; name: string }, situation: Situation): Judged {
  const owner = department.id === situation.departmentId;
  const openOrders = situation.openOrders.get(department.id) ?? 0;
  const load =
    openOrders === 0
      ? { zh: '手头无工单', en: 'no open orders' }
      : { zh: `手头 ${openOrders} 单`, en: `${openOrders} open orders` };
  return {
    candidate: {
      party: { kind: 'department', id: department.id },
      name: department.name,
      role: null,
      areaName: null,
      onDuty: true,
      distanceM: null,
      positionAtMs: null,
      openOrders,
      suggested: owner,
      reason: owner
        ? { zh: `该类别的责任部门，${load.zh}`, en: `department responsible for the category, ${load.en}` }
        : { zh: `其他部门，${load.zh}`, en: `another department, ${load.en}` },
    },
    // After the suggested member, before everybody else.
    score: owner ? -5e5 : 1e6 + openOrders,
  };
}

const maxMembers = 60;

/** Suggested ones first, then by nearness, freedom and post; departments that do not own the category last. */
export function rankCandidates(situation: Situation): Candidate[] {
  const suggestedId = ownMember(situation)?.accountId ?? null;
  const best = new Map<string, Judged>();
  for (const member of situation.members) {
    if (fieldRoles[member.role] === undefined) continue;
    const judged = judgeMember(member, situation, suggestedId);
    const known = best.get(member.accountId);
    if (!known || judged.score < known.score) best.set(member.accountId, judged);
  }
  const byScore = (a: Judged, b: Judged): number =>
    a.score - b.score || (a.candidate.party.id < b.candidate.party.id ? -1 : 1);
  const members = [...best.values()].toSorted(byScore).slice(0, maxMembers);
  const departments = situation.departments.map((d) => judgeDepartment(d, situation));
  return [...members, ...departments].toSorted(byScore).map((j) => j.candidate);
}
