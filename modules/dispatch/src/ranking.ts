/** The order in which candidates are shown: who is responsible, near, free and able, with the reason in words. Pure. */
import type { Role } from '@wangge/contract-kit';
import { distanceM } from '@wangge/geo';
import type { Candidate } from './contract.ts';
import { covers, type Member, type Offer, type Situation } from './rules.ts';

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

type Words = Candidate['reason'];

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

/** What the category asks for and this one has, has let lapse, or lacks; lapsed weighs less than never learned. */
function judgeSkills(member: Member, { needs, skills, nowMs }: Situation): { words: Words[]; score: number } {
  const held = new Map((skills.get(member.accountId) ?? []).map((s) => [s.name, s.trainedUntilMs]));
  const words: Words[] = [];
  let score = 0;
  for (const name of needs) {
    const until = held.get(name);
    if (until === undefined) {
      score += 900;
      words.push({ zh: `无“${name}”技能`, en: `lacks “${name}”` });
    } else if (until !== null && until <= nowMs) {
      score += 600;
      words.push({ zh: `“${name}”培训已过期`, en: `training “${name}” has expired` });
    } else words.push({ zh: `会“${name}”`, en: `able: “${name}”` });
  }
  return { words, score };
}

function judgeMember(member: Member, situation: Situation, chosen: ReadonlySet<string>): Judged {
  const own = covers(member.areaPath, situation.path);
  const metres =
    member.place && situation.place
      ? distanceM([member.place.lon, member.place.lat], [situation.place.lon, situation.place.lat])
      : null;
  const ageMs = member.positionAtMs === null ? null : situation.nowMs - member.positionAtMs;
  const fresh = metres !== null && ageMs !== null && ageMs <= freshMs;
  const openOrders = situation.openOrders.get(member.accountId) ?? 0;
  const suggested = chosen.has(member.accountId);
  const able = judgeSkills(member, situation);
  const role = roleWords[member.role] ?? { zh: '', en: member.role };
  const words: Words[] = [
    own
      ? { zh: `本辖区${role.zh}`, en: `${role.en} of this area` }
      : { zh: `${member.areaName}${role.zh}`, en: `${role.en}, ${member.areaName}` },
    member.onLeave
      ? { zh: '休假中', en: 'on leave' }
      : member.onDuty
        ? { zh: '在岗', en: 'on duty' }
        : { zh: '未在岗', en: 'off duty' },
  ];
  if (metres !== null && ageMs !== null) {
    const age = ageWords(ageMs);
    words.push({
      zh: `距现场 ${metreWords(metres)}（${age.zh}的位置${fresh ? '' : '，太旧，按网格排'}）`,
      en: `${metreWords(metres)} away (position ${age.en}${fresh ? '' : ', too old: ranked by grid'})`,
    });
  } else words.push({ zh: '位置未知', en: 'position unknown' });
  words.push(
    openOrders === 0
      ? { zh: '手头无工单', en: 'no open orders' }
      : { zh: `手头 ${openOrders} 单`, en: `${openOrders} open orders` },
  );
  words.push(...able.words);
  return {
    candidate: {
      party: { kind: 'account', id: member.accountId },
      name: member.name,
      role: member.role,
      areaName: member.areaName,
      onDuty: member.onDuty,
      onLeave: member.onLeave,
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
      (fieldRoles[member.role] ?? 1000) +
      able.score +
      // Who is away comes after everybody who is here, departments included.
      (member.onLeave ? 1e7 : 0) -
      (suggested ? 1e6 : 0),
  };
}

function judgeDepartment(
  department: { readonly id: string; readonly name: string },
  situation: Situation,
  chosen: ReadonlySet<string>,
): Judged {
  const owner = department.id === situation.departmentId;
  const staffed = situation.staffed.has(department.id);
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
      suggested: chosen.has(department.id),
      reason: staffed
        ? owner
          ? { zh: `该类别的责任部门，${load.zh}`, en: `department responsible for the category, ${load.en}` }
          : { zh: `其他部门，${load.zh}`, en: `another department, ${load.en}` }
        : { zh: '没有处置人员，派不过去', en: 'has nobody who could take an order' },
    },
    // After the suggested members, before everybody else.
    score: (chosen.has(department.id) ? -5e5 : owner ? -4e5 : 1e6 + openOrders) + (staffed ? 0 : 2e6),
  };
}

const maxMembers = 60;

/**
 * Suggested ones first, then by nearness, freedom, skills and post; departments that do not own the category last.
 *
 * @param offers whom a rule or the default chooses
 */
export function rankCandidates(situation: Situation, offers: readonly Offer[]): Candidate[] {
  const chosen = new Set(offers.map((o) => o.party.id));
  const best = new Map<string, Judged>();
  for (const member of situation.members) {
    if (fieldRoles[member.role] === undefined && !chosen.has(member.accountId)) continue;
    const judged = judgeMember(member, situation, chosen);
    const known = best.get(member.accountId);
    if (!known || judged.score < known.score) best.set(member.accountId, judged);
  }
  const byScore = (a: Judged, b: Judged): number =>
    a.score - b.score || (a.candidate.party.id < b.candidate.party.id ? -1 : 1);
  const members = [...best.values()].toSorted(byScore).slice(0, maxMembers);
  const departments = situation.departments.map((d) => judgeDepartment(d, situation, chosen));
  return [...members, ...departments].toSorted(byScore).map((j) => j.candidate);
}
