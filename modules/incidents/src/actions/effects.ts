/** What each move changes in the incident's row, beyond its state. */
import { AppError } from '@wangge/contract-kit';
import { areaIndex } from '@wangge/areas';
import { sql, type Tx } from '@wangge/kernel';
import { areaFor } from '../area-of.ts';
import { categoryBook, loadCategories, reportable } from '../categories/book.ts';
import { changeClock, type ClockChange, startedAnew } from '../clocks/change-clock.ts';
import { openSupervision } from '../clocks/supervise.ts';
import type { Category, MoveBody } from '../contract.ts';
import { endReferral, takeBackFromCounty } from '../county/refer-to-county.ts';
import type { IncidentRecord } from '../record.ts';
import type { Severity } from '../states.ts';
import type { IncidentPatch } from '../store/patch.ts';
import { giveBack, takeIn } from './merge.ts';
import type { Moving } from './moving.ts';

async function categoryFor(tx: Tx, code: string): Promise<Category> {
  const book = await categoryBook(tx);
  try {
    return reportable(book, code);
  } catch {
    return reportable(await loadCategories(tx), code);
  }
}

/** Another category brings its own severity, unless somebody had raised it; the clock keeps its start. */
async function recategorised(
  tx: Tx,
  record: IncidentRecord,
  code: string | undefined,
  severity: Severity | undefined,
  moving: Moving,
): Promise<IncidentPatch> {
  if (code === undefined && severity === undefined) return {};
  const category = code === undefined ? null : await categoryFor(tx, code);
  const next =
    severity ?? (category && record.severity === record.categorySeverity ? category.severity : record.severity);
  const change = {
    why: category && category.code !== record.categoryCode ? 'category' : 'severity',
    to: (clock) => ({ ...clock, rule: null }),
    categoryCode: category?.code ?? record.categoryCode,
    severity: next,
  } as const satisfies ClockChange;
  const clock = await changeClock(tx, record, change, moving);
  return { ...(category ? { category_code: category.code } : {}), severity: next, ...clock };
}

async function decide(tx: Tx, id: string, outcome: 'granted' | 'refused', moving: Moving): Promise<void> {
  await tx.run(sql`update incidents_objections set outcome = ${outcome}, decided_at = ${new Date(moving.atMs)}
    where incident_id = ${id} and outcome is null`);
}

/** Runs as the platform, after the move was allowed. */
export async function effectsOf(
  tx: Tx,
  record: IncidentRecord,
  body: MoveBody,
  moving: Moving,
  more: { readonly target: IncidentRecord | null; readonly personKey: string | null },
): Promise<IncidentPatch> {
  const { atMs } = moving;
  const stop: IncidentPatch = record.stoppedMs === null ? { clock_stopped_at: atMs } : {};
  switch (body.move) {
    case 'accept':
      return {};
    case 'register':
      return recategorised(tx, record, body.categoryCode, body.severity, moving);
    case 'reject':
      return { ...(await endReferral(tx, record, 'rejected', moving)), ...stop, ended_at: atMs };
    case 'withdraw':
      return { ...(await endReferral(tx, record, 'withdrawn', moving)), ...stop };
    case 'merge': {
      if (!more.target) throw new AppError('not-found', { field: 'targetId' });
      // First: while the county has it its clock may stand, and the target takes the clock over.
      const county = await endReferral(tx, record, 'merged', moving);
      await takeIn(tx, record, more.target, moving);
      return { ...county, ...stop, state_before: record.state, merged_into: more.target.id };
    }
    case 'unmerge': {
      if (!more.target) throw new AppError('not-found');
      const stoppedMs = await giveBack(tx, record, more.target, moving);
      return { state_before: null, merged_into: null, clock_stopped_at: stoppedMs };
    }
    case 'rework': {
      const { stoppedMs } = record;
      const stood = stoppedMs === null ? [] : [{ fromMs: stoppedMs, toMs: atMs, why: 'responded' as const }];
      const clock = await changeClock(
        tx,
        record,
        { why: 'rework', to: (c) => ({ ...c, stoppedMs: null, pauses: [...c.pauses, ...stood] }) },
        moving,
      );
      return { ...clock, clock_stopped_at: null };
    }
    case 'close':
      return { ...(await endReferral(tx, record, 'closed', moving)), ...stop, closed_at: atMs, ended_at: atMs };
    case 'ask-reopen':
      await tx.run(sql`insert into incidents_objections (incident_id, person_key, reason, at)
        values (${record.id}, ${more.personKey}, ${body.reason}, ${new Date(atMs)})`);
      return { state_before: record.state };
    case 'grant-reopen': {
      await decide(tx, record.id, 'granted', moving);
      // Starts anew; the first limit stays in its own column.
      const clock = await changeClock(tx, record, { why: 'reopen', to: (c) => startedAnew(c, atMs) }, moving);
      return { ...clock, state_before: null, clock_stopped_at: null, ended_at: null, closed_at: null };
    }
    case 'refuse-reopen':
      await decide(tx, record.id, 'refused', moving);
      return {
        ...(await endReferral(tx, record, record.stateBefore === 'rejected' ? 'rejected' : 'closed', moving)),
        state_before: null,
      };
    case 'supervise':
      await openSupervision(tx, record.id, moving, body.answerByMs);
      return { supervised: true };
    case 'raise-severity':
      return recategorised(tx, record, undefined, body.severity, moving);
    case 'change-category':
      return recategorised(tx, record, body.categoryCode, undefined, moving);
    case 'change-place': {
      const area = areaFor(areaIndex(tx.rt), body.place, undefined);
      return {
        lon: body.place.lon,
        lat: body.place.lat,
        accuracy_m: body.place.accuracyM ?? null,
        ...(body.address === undefined ? {} : { address: body.address }),
        responsible_area_id: area.id,
        responsible_path: area.path,
      };
    }
    case 'escalate':
      return { escalated: true };
    case 'take-back':
      return { ...(await takeBackFromCounty(tx, record, moving)), escalated: false };
  }
}
