/** Open incidents that may be the same thing as a report or another incident. */
import { AppError, type Place } from '@wangge/contract-kit';
import { areaIndex } from '@wangge/areas';
import { sql, type Tx } from '@wangge/kernel';
import { areaAt } from '../area-of.ts';
import { loadCategories } from '../categories/book.ts';
import type { Alike, Compared } from '../contract.ts';
import { asSeen } from '../exact-place.ts';
import { alikeFrom, alikeWithinM, alikeWithinMs, likeness, type Likeness, likenessWords } from '../likeness.ts';
import { targetOf } from '../people.ts';
import { findRecord, findRecords, type IncidentRecord } from '../record.ts';
import { placeOf, reportPhotosOf } from './read-incident.ts';

export interface AlikeInput {
  readonly categoryCode: string;
  readonly description: string;
  readonly place?: Place | undefined;
  readonly areaId?: string | undefined;
  /** When it was reported; now, unless told. */
  readonly atMs?: number | undefined;
  /** The incident itself. */
  readonly except?: string | undefined;
  /** For residents: only what everybody may know of. */
  readonly publicOnly?: boolean | undefined;
}
export interface Found {
  readonly id: string;
  readonly like: Likeness;
}
interface NearRow {
  readonly id: string;
  readonly lon: number | null;
  readonly lat: number | null;
  readonly areaId: string | null;
  readonly categoryCode: string;
  readonly description: string;
  readonly atMs: number;
}

/** Of one place more are not compared; what a town's square gathers in a month is fewer. */
const mostCompared = 200;
const mostSuggested = 5;

/** The likest first, at most five; none where nothing is near. Within the caller's scope. */
export async function rankAlike(tx: Tx, input: AlikeInput): Promise<Found[]> {
  const book = await loadCategories(tx);
  const place = input.place ?? null;
  const areaId = (place ? areaAt(areaIndex(tx.rt), place)?.id : undefined) ?? input.areaId ?? null;
  const atMs = input.atMs ?? tx.nowMs;
  const filter = {
    from: new Date(atMs - alikeWithinMs).toISOString(),
    within_m: alikeWithinM,
    ...(place ? { lon: place.lon, lat: place.lat } : {}),
    ...(areaId === null ? {} : { area_id: areaId }),
    ...(input.except === undefined ? {} : { except: input.except }),
    ...(input.publicOnly === true ? { categories: book.list.filter((c) => c.public).map((c) => c.code) } : {}),
  };
  const rows = await tx.rows<NearRow>(sql`
    select id, lon, lat, area_id as "areaId", category_code as "categoryCode", description, reported_ms as "atMs"
    from incidents_near(${JSON.stringify(filter)}::jsonb, ${mostCompared})`);
  const parentOf = (code: string): string | null => book.get(code)?.parentCode ?? null;
  const asked = {
    place,
    areaId,
    atMs,
    categoryCode: input.categoryCode,
    parentCode: parentOf(input.categoryCode),
    text: input.description,
  };
  return rows
    .flatMap(({ id, lon, lat, description, ...row }) => {
      const placed = lon === null || lat === null ? null : { lon, lat };
      const like = likeness(asked, {
        ...row,
        place: placed,
        parentCode: parentOf(row.categoryCode),
        text: description,
      });
      return like && like.score >= alikeFrom ? [{ id, like }] : [];
    })
    .toSorted((a, b) => b.like.score - a.like.score || (a.id < b.id ? -1 : 1))
    .slice(0, mostSuggested);
}

async function comparedOf(tx: Tx, records: readonly IncidentRecord[]): Promise<Map<string, Compared>> {
  const photos = await reportPhotosOf(
    tx,
    records.map((r) => r.id),
  );
  return new Map(
    records.map((record) => {
      const r = asSeen(tx, record);
      return [
        r.id,
        {
          id: r.id,
          number: r.number,
          state: r.state,
          source: r.source,
          severity: r.severity,
          categoryCode: r.categoryCode,
          description: r.description,
          place: placeOf(r),
          address: r.address,
          areaName: r.areaId === null ? null : (areaIndex(tx.rt).get(r.areaId)?.name ?? null),
          reportedAtMs: r.reportedMs,
          reporterCount: r.reporterCount,
          photos: photos.get(r.id) ?? [],
          version: r.version,
        },
      ];
    }),
  );
}

/** As the field and the desk see them. */
export async function findAlike(tx: Tx, input: AlikeInput): Promise<Alike[]> {
  const found = await rankAlike(tx, input);
  if (found.length === 0) return [];
  const records = await findRecords(
    tx,
    found.map(({ id }) => id),
  );
  const compared = await comparedOf(tx, [...records.values()]);
  return found.flatMap(({ id, like }) => {
    const [record, one] = [records.get(id), compared.get(id)];
    if (!record || !one) return [];
    const coarse = asSeen(tx, record) !== record;
    return [
      {
        ...one,
        score: like.score,
        distanceM: coarse || like.distanceM === null ? null : Math.round(like.distanceM),
        minutes: like.minutes,
        reasons: likenessWords(like, coarse),
      },
    ];
  });
}

/** @throws AppError `not-found`, `forbidden` */
export async function listAlike(tx: Tx, id: string): Promise<{ alike: Alike[]; merged: Compared[] }> {
  const record = await findRecord(tx, id);
  tx.rt.authorise(tx.actor, 'incidents.decide', targetOf(record));
  const merged = await tx.rows<{ id: string }>(
    sql`select id from incidents_incidents where merged_into = ${id} order by reported_at, id limit 100`,
  );
  const records = await findRecords(
    tx,
    merged.map((row) => row.id),
  );
  const compared = await comparedOf(tx, [...records.values()]);
  const alike =
    record.endedMs !== null || record.mergedInto !== null
      ? []
      : await findAlike(tx, {
          categoryCode: record.categoryCode,
          description: record.description,
          place: placeOf(record) ?? undefined,
          areaId: record.areaId ?? undefined,
          atMs: record.reportedMs,
          except: id,
        });
  return { alike, merged: merged.flatMap((row) => compared.get(row.id) ?? []) };
}

/**
 * Remembers that two are not the same.
 *
 * @throws AppError `not-found`, `forbidden` (for either), `invalid-field` (it and itself)
 */
export async function tellApart(tx: Tx, id: string, otherId: string): Promise<void> {
  if (id === otherId) throw new AppError('invalid-field', { field: 'otherId' });
  for (const one of [id, otherId]) {
    tx.rt.authorise(tx.actor, 'incidents.decide', targetOf(await findRecord(tx, one)));
  }
  const [first, second] = [id, otherId].toSorted();
  const made = await tx.run(sql`insert into incidents_not_same (first_id, second_id, at, by_name)
    values (${first}, ${second}, ${new Date(tx.nowMs)}, ${tx.actor.name}) on conflict do nothing`);
  if (made > 0) {
    tx.audit({ action: 'incidents.tell-apart', subject: { kind: 'incident', id }, details: { otherId } });
  }
}
