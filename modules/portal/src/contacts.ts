/** Whom a resident may call: the micro-grid's own member, and the duty line behind. */
import type { AreaNode } from '@wangge/areas';
import { areaIndex } from '@wangge/areas';
import type { Tx } from '@wangge/kernel';
import { dutyDepartment, publicContactOf } from '@wangge/staff';
import type { DutyLine } from './pages/home.ts';
import type { MicroGridView } from './pages/micro-grid.ts';

/** Stands behind every member's number; null where the town has named no department, or it has no telephone. */
export async function dutyLine(tx: Tx): Promise<DutyLine | null> {
  const department = await dutyDepartment(tx);
  return department?.phone ? { name: department.name, phone: department.phone } : null;
}

/** Names from the village down to the area's parent. */
export function namesAbove(tx: Tx, area: AreaNode): string[] {
  const index = areaIndex(tx.rt);
  const names: string[] = [];
  for (let at = area.parentId; at !== null;) {
    const parent = index.get(at);
    if (!parent || parent.level === 'town' || parent.level === 'county') break;
    names.unshift(parent.name);
    at = parent.parentId;
  }
  return names;
}

/**
 * The page of a micro-grid. A name is shown together with a service number only: who has none
 * published did not agree to be.
 */
export async function microGridView(tx: Tx, token: string, area: AreaNode): Promise<MicroGridView> {
  const contact = await publicContactOf(tx, area.path);
  return { token, name: area.name, above: namesAbove(tx, area), member: contact, duty: await dutyLine(tx) };
}
