/** Calling for help, and taking such a call. */
import { areaIndex } from '@wangge/areas';
import { AppError, type Place } from '@wangge/contract-kit';
import {
  announce,
  appendHistory,
  asPlatform,
  correctedTime,
  findRecord,
  type IncidentRecord,
  keepPhoneTime,
  lockRecord,
  targetOf,
} from '@wangge/incidents';
import type { PhoneTime } from '@wangge/incidents/contract';
import type { Tx } from '@wangge/kernel';
import { acknowledgeAbout, tellAccounts } from '@wangge/notify';
import { membersFor } from '@wangge/staff';
import { helpChanged } from '../contract.ts';
import { callsWithinMs, helpersFor, waitS } from './rules.ts';
import { findHelp, type HelpRow, insertHelp, knownHelp, lockHelp, ownCallsSince, writeAnswer } from './store.ts';

export interface HelpCall {
  readonly clientKey: string;
  readonly incidentId?: string | undefined;
  readonly text?: string | undefined;
  readonly place?: Place | undefined;
  /** Seconds between measurement and tap. */
  readonly placeAgeS: number;
  readonly phone?: PhoneTime | undefined;
}

/** Where help is needed: the incident's area, else the own post's. @throws AppError `guard-failed` without either */
function whereOf(tx: Tx, incident: IncidentRecord | null): { path: string; name: string } {
  const areas = areaIndex(tx.rt);
  const area = incident?.areaId == null ? undefined : areas.get(incident.areaId);
  const own = areas.get(tx.actor.posts[0]?.areaId ?? '');
  const where = area ?? own;
  if (!where) throw new AppError('guard-failed', { details: { move: 'ask-help', guard: 'area' } });
  return { path: incident?.path ? incident.path : where.path, name: where.name };
}

/** Whoever answers for the area hears of it, and who called. */
function tellChange(tx: Tx, help: HelpRow): void {
  tx.emit(
    helpChanged,
    { helpId: help.id },
    { areaPath: help.areaPath, subjectId: help.id, accountIds: [help.accountId, ...help.toldIds] },
  );
}

async function noteIn(tx: Tx, help: HelpRow, move: 'help:ask' | 'help:answer', reason: string | null): Promise<string> {
  if (help.incidentId === null) return '';
  const incident = await lockRecord(tx, help.incidentId);
  const [entryId] = await appendHistory(tx, [
    {
      incidentId: incident.id,
      move,
      actor: tx.actor,
      atMs: move === 'help:ask' ? help.atMs : tx.nowMs,
      reason,
      partyName: move === 'help:ask' ? help.toldNames || null : help.accountName,
    },
  ]);
  announce(tx, incident, move);
  return entryId ?? '';
}

/** What the timeline says of the position: never where, since more people read it. */
function placeWords({ place, placeAgeS }: HelpCall): string {
  if (!place) return '无定位';
  const radius = place.accuracyM === undefined ? '' : `，误差约 ${Math.round(place.accuracyM)} 米`;
  return `已附定位${radius}${placeAgeS < 60 ? '' : `，${Math.round(placeAgeS / 60)} 分钟前`}`;
}

/**
 * Calls for help. The same key again changes nothing.
 *
 * @throws AppError `not-found`, `forbidden` (the incident is not one's own), `rate-limited`, `key-reused`
 */
export async function askHelp(tx: Tx, call: HelpCall): Promise<void> {
  // Under the caller's scope: who may not see the incident learns nothing of it.
  const incident = call.incidentId === undefined ? null : await findRecord(tx, call.incidentId);
  const { path, name } = whereOf(tx, incident);
  tx.rt.authorise(tx.actor, 'dispatch.ask-help', incident ? targetOf(incident) : { areaPath: path });
  const accountId = tx.actor.id ?? '';
  await asPlatform(tx, async () => {
    const recent = await ownCallsSince(tx, accountId, tx.nowMs - callsWithinMs);
    const known = await knownHelp(tx, call.clientKey);
    if (known) {
      if (known.accountId !== accountId) throw new AppError('key-reused');
      return;
    }
    const retryAfterS = waitS(recent, tx.nowMs);
    if (retryAfterS > 0) throw new AppError('rate-limited', { details: { retryAfterS } });
    const people = helpersFor(await membersFor(tx, path), path, accountId);
    const time = call.phone ? correctedTime(call.phone, tx.nowMs) : null;
    const atMs = time?.byPhone ? time.atMs : tx.nowMs;
    const help: HelpRow = {
      id: call.clientKey,
      atMs,
      accountId,
      accountName: tx.actor.name,
      areaPath: path,
      areaName: name,
      incidentId: incident?.id ?? null,
      text: call.text ?? '',
      lon: call.place?.lon ?? null,
      lat: call.place?.lat ?? null,
      accuracyM: call.place?.accuracyM ?? null,
      placedAtMs: call.place ? atMs - call.placeAgeS * 1000 : null,
      toldIds: people.map((m) => m.accountId),
      toldNames: people.map((m) => m.name).join('、'),
      answeredAtMs: null,
      answeredByName: null,
    };
    await insertHelp(tx, help);
    const entryId = await noteIn(
      tx,
      help,
      'help:ask',
      [help.text, placeWords(call)].filter((w) => w !== '').join('；'),
    );
    if (entryId !== '' && incident && call.phone && time?.byPhone) {
      await keepPhoneTime(tx, incident.id, entryId, call.phone);
    }
    await tellAccounts(
      tx,
      people.map((m) => ({
        accountId: m.accountId,
        template: 'help.asked' as const,
        params: { name: tx.actor.name, place: [name, incident?.number ?? ''].join(' ').trim(), text: help.text },
        subject: { kind: 'help', id: help.id },
        onceKey: `help:${help.id}`,
      })),
    );
    const { accuracyM } = help;
    const details = { positioned: call.place !== undefined, accuracyM, ageS: call.placeAgeS, told: people.length };
    tx.audit({ action: 'dispatch.ask-help', subject: { kind: 'help', id: help.id }, details });
    tellChange(tx, help);
  });
}

/**
 * Takes the call: whoever called hears who comes, everybody else's message stops ringing. Taken already: nothing
 * changes.
 *
 * @throws AppError `not-found`, `forbidden`
 */
export async function answerHelp(tx: Tx, id: string): Promise<void> {
  const seen = await findHelp(tx, id);
  tx.rt.authorise(tx.actor, 'dispatch.answer-help', { areaPath: seen.areaPath });
  if (seen.accountId === tx.actor.id)
    throw new AppError('forbidden', { details: { permission: 'dispatch.answer-help' } });
  await asPlatform(tx, async () => {
    const help = await lockHelp(tx, id);
    if (help.answeredAtMs !== null) return;
    await writeAnswer(tx, id);
    await noteIn(tx, help, 'help:answer', null);
    await acknowledgeAbout(tx, { kind: 'help', id });
    await tellAccounts(tx, [
      {
        accountId: help.accountId,
        template: 'help.answered',
        params: { name: tx.actor.name },
        subject: { kind: 'help', id },
        onceKey: `help:${id}:answered`,
      },
    ]);
    tellChange(tx, help);
  });
}

/** The message about it was acknowledged: that is taking the call, where one may. */
export async function answerByMessage(tx: Tx, subject: { kind: string; id: string } | null): Promise<void> {
  if (subject?.kind !== 'help') return;
  try {
    await answerHelp(tx, subject.id);
  } catch (error) {
    if (!(error instanceof AppError) || (error.code !== 'forbidden' && error.code !== 'not-found')) throw error;
  }
}
