/** A report becomes an incident: once, whoever sends it and however often. */
import { createHash } from 'node:crypto';
import { AppError, newId, type Place } from '@wangge/contract-kit';
import { areaIndex } from '@wangge/areas';
import { type Actor, claimPhotos, runHook, sql, type Tx } from '@wangge/kernel';
import { announce } from '../announce.ts';
import { type AreaRef, areaFor } from '../area-of.ts';
import { type CategoryBook, categoryBook, loadCategories, reportable } from '../categories/book.ts';
import { incidentRegistered, incidentReported } from '../hooks.ts';
import { phoneIndex, sealPhone } from '../people.ts';
import { receiptHash, receiptToken } from '../receipt-token.ts';
import { limitsAt } from '../clocks/book.ts';
import { incidentSources, type IncidentSource, type IncidentState, type Severity } from '../states.ts';
import { incidentRow } from './incident-row.ts';
import { joinKnown } from './join-known.ts';
import { findTwins, mergeTwins } from './join-twins.ts';
import { type ReportStep, reportSteps, trustedSources } from './report-steps.ts';

export interface ReportInput {
  readonly categoryCode: string;
  readonly description: string;
  readonly place?: Place | undefined;
  readonly address?: string | undefined;
  /** Where no exact place is known. */
  readonly areaId?: string | undefined;
  readonly severity?: Severity | undefined;
  readonly photoIds?: readonly string[] | undefined;
  /** Of the resident or caller; sealed before it is stored. */
  readonly reporterPhone?: string | undefined;
  readonly anonymous?: boolean | undefined;
  /** The reporter settled it on the spot (自处); members only. */
  readonly selfHandled?: boolean | undefined;
  readonly writtenAtMs?: number | undefined;
  /** When it was reported, where that is not now: history that is loaded. */
  readonly atMs?: number | undefined;
  /** When it arrived, where it was reported before: what follows on it happens then. */
  readonly takenInMs?: number | undefined;
  /** Proof of a self-handled one that is kept outside the platform; for history that is loaded. */
  readonly paperProofs?: number | undefined;
  /** Who reported it, where that is not the transaction's actor; for the platform only. */
  readonly by?: Actor | undefined;
  /** Nobody is told and no list is refreshed. */
  readonly quiet?: boolean | undefined;
  /** What the reporter was shown and said is the same thing. */
  readonly sameAs?: string | undefined;
}
export interface ReportResult {
  readonly id: string;
  readonly number: string;
  readonly state: IncidentState;
  readonly areaId: string | null;
  /** The key was used before for the same report: this is the incident it made. */
  readonly replayed: boolean;
}

const maxDescription = 4000;

function sourceOf(key: string): IncidentSource {
  const source = key.slice(0, key.indexOf(':'));
  if (!(source in incidentSources) || key.length > 200) throw new Error(`not a key of a report: ${key.slice(0, 40)}`);
  return source as IncidentSource;
}

/** Equal reports give equal texts; the telephone number enters as its blind index. */
export function contentHash(tx: Tx, input: ReportInput): string {
  const { place } = input;
  const content = [
    input.categoryCode,
    input.description,
    place ? [place.lon, place.lat] : null,
    input.address ?? null,
    input.areaId ?? null,
    input.severity ?? null,
    input.photoIds ?? [],
    input.reporterPhone === undefined ? null : phoneIndex(tx.rt, input.reporterPhone),
    input.selfHandled ?? false,
    // Left out where it is not said, so that reports sent before have the same text still.
    ...(input.sameAs === undefined ? [] : [input.sameAs]),
  ];
  return createHash('sha256').update(JSON.stringify(content)).digest('base64url');
}

/**
 * Makes an incident of a report, or finds the one that this key already made.
 *
 * @param key `<source>:<the client's own key>`, for instance `member:0192…`; the same key with other
 *   content is refused
 * @throws AppError `invalid-field`, `category-closed`, `place-outside` (with `distanceM`), `key-reused`,
 *   `text-too-long`
 */
export async function reportIncident(tx: Tx, key: string, input: ReportInput): Promise<ReportResult> {
  const hash = contentHash(tx, input);
  let book = await categoryBook(tx);
  for (let attempt = 1; ; attempt++) {
    let prepared: ReturnType<typeof prepare>;
    try {
      prepared = prepare(tx, key, hash, input, book);
    } catch (error) {
      // Borders and categories may have changed since the first time: a repeated report is answered still.
      const before = error instanceof AppError ? await answerOf(tx, key, hash) : undefined;
      if (before) return before;
      // The categories in memory may be the old ones.
      if (attempt > 1 || !(error instanceof AppError) || error.field !== 'categoryCode') throw error;
      book = await loadCategories(tx);
      continue;
    }
    // One right behind the other, in one round trip.
    const [{ result }, found] = await Promise.all([
      tx.one<{ result: ReportResult | { problem: string } }>(
        sql`select incidents_create(${JSON.stringify(prepared.row)}::jsonb) as result`,
      ),
      findTwins(tx, [{ id: prepared.id, input, atMs: prepared.takenInMs }]),
    ]);
    if (!('problem' in result)) {
      if (result.replayed) return result;
      await afterCreation(tx, result, input, prepared);
      await mergeTwins(tx, found);
      if (found.length > 0) return { ...result, state: 'merged' };
      const known = input.sameAs !== undefined && (await joinKnown(tx, result.id, input.sameAs));
      if (known) return { ...result, state: 'merged' };
      await tellReported(tx, result, input, prepared);
      return result;
    }
    if (result.problem === 'key-reused') throw new AppError('key-reused', { field: 'clientKey' });
    if (attempt > 3) throw new AppError('conflict', { field: 'categoryCode' });
    book = await loadCategories(tx);
  }
}

async function answerOf(tx: Tx, key: string, hash: string): Promise<ReportResult | undefined> {
  const row = await tx.maybe<Omit<ReportResult, 'replayed'> & { hash: string }>(sql`
    select id, number, state, responsible_area_id as "areaId", content_hash as hash
    from incidents_incidents where client_key = ${key}`);
  if (!row || row.hash !== hash) return undefined;
  return { id: row.id, number: row.number, state: row.state, areaId: row.areaId, replayed: true };
}

export interface Prepared {
  readonly id: string;
  readonly row: Record<string, unknown>;
  readonly area: AreaRef;
  readonly source: IncidentSource;
  readonly severity: Severity;
  readonly actor: Actor;
  readonly atMs: number;
  readonly takenInMs: number;
  readonly steps: readonly ReportStep[];
}

/** The row of a report, judged by the rules. @throws as {@link reportIncident} does */
export function prepare(tx: Tx, key: string, hash: string, input: ReportInput, book: CategoryBook): Prepared {
  const { rt } = tx;
  const source = sourceOf(key);
  if (input.description.length > maxDescription) {
    throw new AppError('text-too-long', { field: 'description', details: { maxChars: maxDescription } });
  }
  const actor = input.by ?? tx.actor;
  const atMs = input.atMs ?? tx.nowMs;
  const category = reportable(book, input.categoryCode);
  const area = areaFor(areaIndex(rt), input.place, input.areaId);
  const severity = input.severity ?? category.severity;
  const selfHandled = input.selfHandled === true && source === 'member';
  const id = newId(atMs);
  const takenInMs = input.takenInMs ?? atMs;
  const steps = reportSteps(source, actor, atMs, selfHandled, takenInMs);
  const limits = limitsAt(book.clocks, category, severity, atMs);
  const phone = input.reporterPhone === undefined ? null : sealPhone(rt, input.reporterPhone);
  const photos = input.photoIds?.length ?? 0;
  const row = incidentRow({
    id,
    key,
    contentHash: hash,
    source,
    severity,
    categoryCode: category.code,
    description: input.description,
    address: input.address ?? null,
    place: input.place,
    area,
    reporter: actor,
    phone,
    anonymous: input.anonymous ?? (phone === null && !trustedSources.has(source)),
    receiptHash: receiptHash(receiptToken(rt, id)),
    selfHandled,
    atMs,
    writtenAtMs: input.writtenAtMs ?? null,
    limits,
    stoppedMs: selfHandled ? atMs : null,
    closedMs: null,
    photos,
    proofs: selfHandled ? photos + (input.paperProofs ?? 0) : 0,
    zone: rt.config.zone,
    categories: book.version,
    steps,
  });
  return { id, row, area, source, severity, actor, atMs, takenInMs, steps };
}

/** What follows in the same transaction once the row is there. */
export async function afterCreation(
  tx: Tx,
  result: Pick<ReportResult, 'id'>,
  input: ReportInput,
  prepared: Prepared,
): Promise<void> {
  if (input.photoIds && input.photoIds.length > 0) {
    await claimPhotos(tx, input.photoIds, { kind: 'incident', id: result.id });
  }
  const quiet = input.quiet ?? false;
  if (!quiet) {
    const { area, actor } = prepared;
    const reporterAccountId = actor.kind === 'account' ? actor.id : null;
    announce(tx, { id: result.id, path: area.path, reporterAccountId, assigneeIds: [], departmentIds: [] }, 'report');
    if (input.reporterPhone !== undefined) {
      tx.addJob('incidents.tell-reporter', { incidentId: result.id, about: 'received' });
    }
  }
  if (prepared.steps.some((s) => s.to === 'registered')) {
    const cause = { actor: prepared.actor, atMs: prepared.takenInMs, quiet };
    await runHook(tx, incidentRegistered, { incidentId: result.id, atReport: true, cause });
  }
}

/** Modules below may raise it or send it on; not what is loaded, nor what was settled on the spot. */
export async function tellReported(
  tx: Tx,
  { id, state }: Pick<ReportResult, 'id' | 'state'>,
  input: ReportInput,
  prepared: Prepared,
): Promise<void> {
  if (input.quiet === true || (state !== 'reported' && state !== 'registered')) return;
  const { source, severity, area, actor, atMs, takenInMs } = prepared;
  await runHook(tx, incidentReported, {
    incidentId: id,
    state,
    source,
    categoryCode: input.categoryCode,
    severity,
    description: input.description,
    path: area.path,
    reportedMs: atMs,
    cause: { actor, atMs: takenInMs, quiet: false },
  });
}
