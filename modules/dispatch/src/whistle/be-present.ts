/** Who came: by the own position, or by the word of the town. */
import { correctedTime, keepPhoneTime } from '@wangge/incidents';
import type { PhoneTime } from '@wangge/incidents/contract';
import type { Tx } from '@wangge/kernel';
import { awayFrom, presenceOf } from './rules.ts';
import { demand, ownCalls, stepWhistle, tellOf } from './step.ts';
import { writePresence } from './store.ts';

const minuteMs = 60_000;

/** How long it took, as the timeline says it. */
function took(soundedMs: number, atMs: number): string {
  return `用时 ${Math.max(0, Math.ceil((atMs - soundedMs) / minuteMs))} 分钟`;
}

/**
 * @throws AppError `not-found`, `forbidden`, `move-not-allowed`, `guard-failed` (not measured well enough, too far
 *   away: the details say how far; here already)
 */
export async function reportIn(
  tx: Tx,
  id: string,
  told: {
    readonly clientKey?: string | undefined;
    readonly place: { readonly lon: number; readonly lat: number; readonly accuracyM?: number | undefined };
    readonly phone?: PhoneTime | undefined;
  },
): Promise<void> {
  await stepWhistle(tx, id, told.clientKey, 'report-in', async ({ whistle, calls, hats }) => {
    const { soundedMs, dueMs, radiusM, lon, lat } = whistle;
    const own = ownCalls(tx.actor, calls);
    const call = own.find((c) => c.presentMs === null) ?? own[0];
    // Nobody came before they were called.
    const time = told.phone ? correctedTime(told.phone, tx.nowMs, soundedMs ?? 0) : null;
    const atMs = time?.byPhone ? time.atMs : tx.nowMs;
    const awayM = lon === null || lat === null ? undefined : awayFrom({ lon, lat }, told.place);
    demand('report-in', hats, {
      state: whistle.state,
      called: call !== undefined,
      present: call?.presentMs != null,
      atMs,
      endedMs: whistle.endedMs,
      accuracyM: told.place.accuracyM ?? null,
      ...(awayM === undefined || radiusM === null ? {} : { awayM, radiusM }),
    });
    if (!call || soundedMs === null || dueMs === null) return;
    await writePresence(tx, id, call.departmentId, {
      how: 'position',
      name: tx.actor.name,
      atMs,
      place: told.place,
      distanceM: awayM ?? 0,
    });
    const late = presenceOf({ presentMs: atMs }, { dueMs, endedMs: whistle.endedMs }, atMs) === 'present-late';
    const entryId = await tellOf(tx, whistle, {
      move: 'report-in',
      atMs,
      partyName: call.departmentName,
      reason: `距集合点 ${awayM ?? 0} 米，${took(soundedMs, atMs)}${late ? '，迟到' : ''}`,
    });
    if (told.phone && time?.byPhone && entryId !== undefined) {
      await keepPhoneTime(tx, whistle.incidentId, entryId, told.phone);
    }
  });
}

/** @throws AppError `not-found`, `forbidden`, `move-not-allowed`, `guard-failed` (not called, here already) */
export async function confirmPresence(
  tx: Tx,
  id: string,
  told: { readonly clientKey?: string | undefined; readonly departmentId: string; readonly name: string },
): Promise<void> {
  await stepWhistle(tx, id, told.clientKey, 'word', async ({ whistle, calls, hats }) => {
    const call = calls.find((c) => c.departmentId === told.departmentId);
    demand('word', hats, {
      state: whistle.state,
      called: call !== undefined,
      present: call?.presentMs != null,
      name: told.name,
    });
    if (!call) return;
    await writePresence(tx, id, call.departmentId, { how: 'word', name: told.name, atMs: tx.nowMs });
    const words = whistle.soundedMs === null ? '' : `，${took(whistle.soundedMs, tx.nowMs)}`;
    await tellOf(tx, whistle, { move: 'word', partyName: call.departmentName, reason: `${told.name}${words}` });
  });
}
