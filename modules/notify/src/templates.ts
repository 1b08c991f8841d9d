/** What people are told, in both languages. Short enough for one text message (70 characters in Chinese). */
import type { Bilingual, Lang } from '@wangge/contract-kit';

export const templates = {
  'resident.code': {
    zh: '您的验证码是 {code}，10 分钟内有效。请勿告诉他人。',
    en: 'Your code is {code}. It is valid for 10 minutes. Do not share it.',
  },
  'resident.received': {
    zh: '您上报的事项已收到，编号 {number}。进展：{link}',
    en: 'We have received your report {number}. Progress: {link}',
  },
  'resident.rejected': {
    zh: '您上报的事项 {number} 未予受理，原因：{reason}',
    en: 'Your report {number} was not accepted. Reason: {reason}',
  },
  'resident.closed': {
    zh: '您上报的事项 {number} 已办结，请评价：{link}',
    en: 'Your report {number} is closed. Please rate it: {link}',
  },
  'resident.merged': {
    zh: '您上报的 {number} 与 {other} 是同一件事，已合并办理。进展：{link}',
    en: 'Your report {number} is the same as {other} and handled together with it. Progress: {link}',
  },
  'resident.reopened': {
    zh: '您对 {number} 的重办申请已同意，正在重新处理。',
    en: 'Your report {number} was reopened.',
  },
  'resident.reopen-refused': {
    zh: '您对 {number} 的重办申请未获同意，原因：{reason}',
    en: 'Your request to reopen {number} was refused. Reason: {reason}',
  },
  'order.offered': { zh: '新工单 {number}：{summary}', en: 'New order {number}: {summary}' },
  'order.returned': { zh: '工单 {number} 被退回，原因：{reason}', en: 'Order {number} was returned. Reason: {reason}' },
  'order.cancelled': { zh: '工单 {number} 已撤销。', en: 'Order {number} was cancelled.' },
  'instruction.given': { zh: '{name}：{summary}', en: '{name}: {summary}' },
  'instruction.reminder': {
    zh: '请查看{name}的通知：{summary}',
    en: 'Please read the instruction of {name}: {summary}',
  },
  'forward.asked': {
    zh: '{name}请您接手 {number}：{summary}（{reason}）',
    en: '{name} asks you to take over {number}: {summary} ({reason})',
  },
  'forward.accepted': { zh: '{name}已接手 {number}。', en: '{name} has taken over {number}.' },
  'forward.declined': { zh: '{name}未接手 {number}：{reason}', en: '{name} did not take over {number}: {reason}' },
  'forward.withdrawn': { zh: '{name}不再转交 {number}。', en: '{name} keeps {number} after all.' },
  'help.asked': { zh: '{name}求助：{place} {text}', en: '{name} asks for help: {place} {text}' },
  'help.answered': { zh: '{name}已收到您的求助。', en: '{name} has taken your call for help.' },
  'whistle.asked': {
    zh: '{name}申请吹哨 {number}：{reason}',
    en: '{name} asks for a whistle, {number}: {reason}',
  },
  'whistle.sounded': {
    zh: '吹哨 {number}：请在 {minutes} 分钟内到场报到。{place} {summary}',
    en: 'Whistle {number}: report in on the spot within {minutes} minutes. {place} {summary}',
  },
  'whistle.declined': {
    zh: '吹哨申请 {number} 未同意：{reason}',
    en: 'Your whistle for {number} was declined: {reason}',
  },
  'whistle.late': { zh: '吹哨 {number} 超时未报到：{departments}', en: 'Whistle {number}, late: {departments}' },
  'patrol.missed': {
    zh: '{name}巡查“{route}”漏签 {count} 个点位：{points}',
    en: '{name} missed {count} points of the patrol “{route}”: {points}',
  },
  'order.reopened': { zh: '工单 {number} 需返工，原因：{reason}', en: 'Order {number} needs rework. Reason: {reason}' },
  'incident.unassigned': { zh: '{number} 待派遣：{reason}', en: '{number} needs a dispatch: {reason}' },
  'supervision.late': {
    zh: '{number} 督办逾期未答复：{reason}',
    en: '{number}: the supervision was not answered in time: {reason}',
  },
  'incident.supervised': { zh: '{number} 被督办：{reason}', en: '{number} is supervised: {reason}' },
  'incident.warning': {
    zh: '{number} 将于 {deadline} 到期：{summary}',
    en: '{number} is due at {deadline}: {summary}',
  },
  'incident.limit': {
    zh: '{number} {phase}时限 {deadline}，请处理：{summary}',
    en: '{number} is due ({phase}) at {deadline}: {summary}',
  },
  'incident.escalated': {
    zh: '{number} 超时未处理，已上报{level}：{summary}',
    en: '{number} is overdue and was escalated ({level}): {summary}',
  },
  'calendar.missing': {
    zh: '{year} 年节假日安排尚未录入，工作时间时限将不准确，请在“工作日历”中录入。',
    en: 'The holidays of {year} are not entered yet: limits in working time will be wrong. Enter them in the calendar.',
  },
  'incident.overdue': { zh: '{number} 已超时：{summary}', en: '{number} is overdue: {summary}' },
} as const satisfies Record<string, { zh: string; en: string }>;

export type TemplateName = keyof typeof templates;

/** Values for the places of a template; words of the platform's own come in both languages. */
export type Params = Readonly<Record<string, string | Bilingual>>;

/** Fills the places of a template; a place without a value is a fault of the caller. */
export function fill(name: TemplateName, lang: Lang, params: Params): string {
  return templates[name][lang].replace(/\{([a-z]+)\}/g, (_whole, key: string) => {
    const value = params[key];
    if (value === undefined) throw new Error(`template ${name} needs ${key}`);
    return typeof value === 'string' ? value : value[lang];
  });
}
