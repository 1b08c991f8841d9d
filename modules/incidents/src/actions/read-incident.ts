/** One incident with everything that its page shows. */
import { areaIndex } from '@wangge/areas';
import { photosOf, type StoredPhoto, sql, type Tx } from '@wangge/kernel';
import type { HistoryEntry, Incident, IncidentRow, Photo } from '../contract.ts';
import { asSeen } from '../exact-place.ts';
import { hatsOf, isHandler, maskedPhone } from '../people.ts';
import { findRecord, type IncidentRecord } from '../record.ts';
import { photoFacts, type Seen } from '../photo-facts.ts';
import { proofFacts } from '../proof.ts';
import { clockMark, summaryOf } from '../rules.ts';
import { entriesOf } from '../store/history.ts';
import { phoneTimesOf } from '../store/phone-times.ts';
import { formerRatings, ratingOf } from '../store/ratings.ts';
import { movesFor, type PersonMove } from '../workflow.ts';
import { readRelease } from './release-incident.ts';

const asPhoto =
  (purpose: Photo['purpose'], seen: Seen | null = null) =>
  ({ word, ...photo }: StoredPhoto): Photo => ({
    ...photo,
    purpose,
    ...(word && seen ? { taken: photoFacts(word, seen) } : {}),
  });

/** A record as lists show it. */
export function rowOf(tx: Tx, r: IncidentRecord): IncidentRow {
  return {
    id: r.id,
    number: r.number,
    state: r.state,
    source: r.source,
    severity: r.severity,
    categoryCode: r.categoryCode,
    summary: summaryOf(r.description),
    place: placeOf(r),
    address: r.address,
    areaId: r.areaId,
    areaName: r.areaId === null ? null : (areaIndex(tx.rt).get(r.areaId)?.name ?? null),
    areaPath: r.path,
    reportedAtMs: r.reportedMs,
    updatedAtMs: r.updatedMs,
    deadlineMs: r.deadlineMs,
    clock: clockMark(r, tx.nowMs),
    closedAtMs: r.closedMs,
    photoCount: r.photoCount,
    reporterCount: r.reporterCount,
    supervised: r.supervised,
    ...(r.state === 'registered' ? { offered: r.openOrders > 0 } : {}),
    ...(r.partsTotal > 0 ? { parts: { done: r.partsDone, total: r.partsTotal } } : {}),
    version: r.version,
  };
}

export function placeOf(r: { lon: number | null; lat: number | null; accuracyM: number | null }): IncidentRow['place'] {
  if (r.lon === null || r.lat === null) return null;
  return { lon: r.lon, lat: r.lat, ...(r.accuracyM === null ? {} : { accuracyM: r.accuracyM }) };
}

async function movesNow(tx: Tx, r: IncidentRecord): Promise<PersonMove[]> {
  const hats = hatsOf(tx.rt, tx.actor, r);
  if (hats.length === 0) return [];
  const target =
    r.mergedInto === null
      ? undefined
      : await tx.maybe<{ state: IncidentRecord['state'] }>(
          sql`select state from incidents_incidents where id = ${r.mergedInto}`,
        );
  const asked =
    r.endedMs === null
      ? undefined
      : await tx.maybe(
          sql`select 1 from incidents_objections where incident_id = ${r.id} and person_key = ${`account:${tx.actor.id ?? ''}`}`,
        );
  return movesFor(hats, {
    state: r.state,
    stateBefore: r.stateBefore,
    hasCategory: true,
    hasPlace: r.path !== '',
    severity: r.severity,
    nowMs: tx.nowMs,
    isHandler: isHandler(tx.actor, r),
    ...(r.state === 'responded' ? await proofFacts(tx, r) : {}),
    openRequiredOrders: r.openRequiredOrders,
    endedAtMs: r.endedMs,
    askedBefore: asked !== undefined,
    escalated: r.escalated,
    ...(target ? { target: { state: target.state, leadsBack: false } } : {}),
  });
}

/** Photos of the report, by incident. */
export async function reportPhotosOf(tx: Tx, ids: readonly string[]): Promise<Map<string, Photo[]>> {
  const photos = await photosOf(tx, 'incident', ids);
  return new Map([...photos].map(([id, list]) => [id, list.map(asPhoto('report'))]));
}

/** The incident as its page shows it, if the caller may see it. */
export async function readIncident(tx: Tx, id: string): Promise<Incident> {
  const record = await findRecord(tx, id);
  const r = asSeen(tx, record);
  const seen: Seen = { place: placeOf(record), exact: r === record };
  const entries = await entriesOf(tx, id);
  const phoneTimes = await phoneTimesOf(tx, id);
  const reportPhotos = r.photoCount === 0 ? [] : ((await photosOf(tx, 'incident', [id], { word: true })).get(id) ?? []);
  const entryPhotos =
    r.photoCount === reportPhotos.length
      ? new Map<string, StoredPhoto[]>()
      : await photosOf(
          tx,
          'incident-entry',
          entries.map((e) => e.id),
          { word: true },
        );
  const timeline: HistoryEntry[] = entries.map((e) => {
    const byPhone = phoneTimes.get(e.id);
    return {
      ...e,
      photos: (entryPhotos.get(e.id) ?? []).map(asPhoto(e.move === 'note' ? 'report' : 'proof', seen)),
      ...(byPhone ? { byPhone } : {}),
    };
  });
  const rating = ratingOf(r);
  const former = rating === null ? [] : await formerRatings(tx, id);
  return {
    ...rowOf(tx, r),
    description: r.description,
    reporterPhone: r.reporterPhone === null ? null : maskedPhone(tx.rt, r.reporterPhone),
    anonymous: r.anonymous,
    reportedAreaId: r.reportedAreaId,
    reportedAreaName: r.reportedAreaId === null ? null : (areaIndex(tx.rt).get(r.reportedAreaId)?.name ?? null),
    mergedInto: r.mergedInto,
    rating,
    ...(former.length > 0 ? { formerRatings: former } : {}),
    photos: [...reportPhotos.map(asPhoto('report', seen)), ...timeline.flatMap((e) => e.photos)],
    timeline,
    release: await readRelease(tx, r),
    moves: await movesNow(tx, r),
  };
}
