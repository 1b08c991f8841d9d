/** The platform moves an incident because of something else that happened. */
import { runHook, type Tx } from '@wangge/kernel';
import { announce } from '../announce.ts';
import { endReferral } from '../county/refer-to-county.ts';
import { incidentEnding } from '../hooks.ts';
import { asPlatform } from '../platform.ts';
import { proofFacts } from '../proof.ts';
import { lockRecord } from '../record.ts';
import { appendEntries } from '../store/history.ts';
import { type IncidentPatch, patchIncident } from '../store/patch.ts';
import { checkMove, type SystemMove } from '../workflow.ts';
import type { MoveFacts, MoveResult } from './move-facts.ts';
import { refusal } from './move-incident.ts';
import { causeOf, movingBy } from './moving.ts';

export interface SystemFacts extends MoveFacts {
  readonly orderAccepted?: boolean;
  readonly respondedOrders?: number;
  readonly reason?: string;
}
const minuteMs = 60_000;

/**
 * Only for moves that no person makes; the caller was authorised for what causes it (accepting an order).
 *
 * @throws AppError `not-found`, `move-not-allowed`, `guard-failed`
 */
export async function systemMove(tx: Tx, id: string, move: SystemMove, facts: SystemFacts = {}): Promise<MoveResult> {
  return asPlatform(tx, async () => {
    const record = await lockRecord(tx, id);
    const moving = movingBy(tx, facts, facts.reason, true);
    const autoCloseAtMs =
      record.autoCloseMin === null || record.stoppedMs === null
        ? null
        : record.stoppedMs + record.autoCloseMin * minuteMs;
    const verdict = checkMove(move, 'system', {
      state: record.state,
      hasCategory: true,
      hasPlace: record.path !== '',
      severity: record.severity,
      nowMs: moving.atMs,
      selfHandled: record.selfHandled && record.openOrders === 0,
      ...(facts.orderAccepted === undefined ? {} : { orderAccepted: facts.orderAccepted }),
      openRequiredOrders: record.openRequiredOrders,
      ...(facts.respondedOrders === undefined ? {} : { respondedOrders: facts.respondedOrders }),
      ...(move === 'close' ? await proofFacts(tx, record) : {}),
      autoCloseAtMs,
    });
    if (!verdict.ok) throw refusal(verdict, record.state, move);
    const patch: IncidentPatch = { state: verdict.to };
    if (move === 'respond') patch.clock_stopped_at = record.stoppedMs ?? moving.atMs;
    if (move === 'close') {
      const county = await endReferral(tx, record, 'closed', moving);
      Object.assign(patch, county, { closed_at: moving.atMs, ended_at: moving.atMs });
    }
    await patchIncident(tx, id, patch, moving);
    await appendEntries(tx, [
      {
        incidentId: id,
        move,
        fromState: record.state,
        toState: verdict.to,
        actor: moving.actor,
        actorName: moving.name,
        atMs: moving.atMs,
        reason: moving.reason,
      },
    ]);
    if (move === 'close') {
      await runHook(tx, incidentEnding, { incidentId: id, how: 'closed', cause: causeOf(moving) });
      if (!moving.quiet) tx.addJob('incidents.tell-reporter', { incidentId: id, about: 'closed' });
    }
    if (!moving.quiet) announce(tx, record, move);
    return { id, number: record.number, state: verdict.to, version: record.version + 1, replayed: false };
  });
}
