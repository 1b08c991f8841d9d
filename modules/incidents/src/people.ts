/** Who somebody is to an incident, and the reporter's telephone number. */
import { type Actor, type Runtime, sealedHint, type Target } from '@wangge/kernel';
import type { IncidentRecord } from './record.ts';
import { maskPhone } from './rules.ts';
import type { Hat } from './workflow.ts';

const phonePurpose = 'incidents.reporter-phone';

export function sealPhone(rt: Runtime, phone: string): { sealed: string; index: string } {
  return { sealed: rt.keys.encrypt(phonePurpose, phone, maskPhone(phone)), index: phoneIndex(rt, phone) };
}
export function openPhone(rt: Runtime, sealed: string): string {
  return rt.keys.decrypt(phonePurpose, sealed);
}
/** Masked, as most may see it. Those sealed before masks lay beside them are opened. */
export function maskedPhone(rt: Runtime, sealed: string): string {
  return sealedHint(sealed) ?? maskPhone(openPhone(rt, sealed));
}
/** Equal numbers, however they are written, give equal texts. */
export function phoneIndex(rt: Runtime, phone: string): string {
  return rt.keys.blindIndex(phonePurpose, phone.replace(/[^0-9+]/g, '').replace(/^(\+|00)86/, ''));
}

/** What a permission is asked for. */
export function targetOf(record: IncidentRecord): Target {
  return {
    areaPath: record.path,
    departmentIds: record.departmentIds,
    assigneeIds: record.assigneeIds,
    reporterId: record.reporterAccountId,
  };
}

const hatPermissions = {
  dispatcher: 'incidents.decide',
  verifier: 'incidents.verify',
  supervisor: 'incidents.supervise',
  'field-lead': 'incidents.escalate',
} as const satisfies Partial<Record<Hat, string>>;

/** In which capacities this actor may act on this incident. */
export function hatsOf(rt: Runtime, actor: Actor, record: IncidentRecord): Hat[] {
  if (actor.kind !== 'account') return [];
  const target = targetOf(record);
  const worn: Hat[] = (Object.keys(hatPermissions) as (keyof typeof hatPermissions)[]).filter((hat) =>
    rt.can(actor, hatPermissions[hat], target),
  );
  if (actor.id !== null && actor.id === record.reporterAccountId) worn.push('reporter');
  return worn;
}

/** Verifier ≠ handler: did this actor handle it, or is it theirs to handle? */
export function isHandler(actor: Actor, record: IncidentRecord): boolean {
  return actor.id !== null && (record.handlerIds.includes(actor.id) || record.assigneeIds.includes(actor.id));
}
