/** What the public may read of an incident, kept apart from what its reporter wrote. */
import { photosOf, type StoredPhoto, sql, type Tx } from '@wangge/kernel';

export interface ReleaseRow {
  readonly released: boolean;
  readonly publicText: string | null;
  readonly photoIds: readonly string[];
  readonly atMs: number | null;
  readonly byName: string | null;
}

/** Of an incident that the caller may see. */
export function findRelease(tx: Tx, incidentId: string): Promise<ReleaseRow> {
  return tx.one(sql`select i.released, r.public_text as "publicText", coalesce(r.photo_ids, '{}') as "photoIds",
      incidents_ms(r.at) as "atMs", r.by_name as "byName"
    from incidents_incidents i left join incidents_releases r on r.incident_id = i.id where i.id = ${incidentId}`);
}

/** Sets it, or forgets it: what was taken back must not lie about to be published by mistake. */
export async function writeRelease(
  tx: Tx,
  incidentId: string,
  release: { publicText: string | null; photoIds: readonly string[] } | null,
  by: { readonly name: string; readonly atMs: number },
): Promise<void> {
  if (release === null) {
    await tx.run(sql`delete from incidents_releases where incident_id = ${incidentId}`);
  } else {
    await tx.run(sql`insert into incidents_releases (incident_id, public_text, photo_ids, at, by_name)
      values (${incidentId}, ${release.publicText}, ${[...release.photoIds]}::uuid[], ${new Date(by.atMs)}, ${by.name})
      on conflict (incident_id) do update set public_text = excluded.public_text, photo_ids = excluded.photo_ids,
        at = excluded.at, by_name = excluded.by_name`);
  }
  await tx.run(sql`update incidents_incidents set released = ${release !== null}, changed_by = ${by.name},
    updated_at = ${new Date(by.atMs)}, version = version + 1 where id = ${incidentId}`);
}

/** Every photo of each incident: of its report, its notes and its proofs. */
export async function allPhotosOf(tx: Tx, ids: readonly string[]): Promise<Map<string, StoredPhoto[]>> {
  const entries = await tx.rows<{ id: string; incidentId: string }>(sql`select id, incident_id as "incidentId"
    from incidents_history where incident_id = any(${[...ids]}::uuid[]) order by at, id`);
  const photos = await photosOf(tx, 'incident', ids);
  const entryIds = entries.map((e) => e.id);
  const ofEntries = await photosOf(tx, 'incident-entry', entryIds);
  for (const { id, incidentId } of entries) {
    const more = ofEntries.get(id);
    if (more) photos.set(incidentId, [...(photos.get(incidentId) ?? []), ...more]);
  }
  return photos;
}

export interface PublicRelease {
  readonly publicText: string | null;
  readonly photos: readonly StoredPhoto[];
}

/** Of those incidents that are released; for the platform, which answers the public. */
export async function publicReleases(tx: Tx, ids: readonly string[]): Promise<Map<string, PublicRelease>> {
  const rows = await tx.rows<{ id: string; publicText: string | null; photoIds: string[] }>(sql`
    select r.incident_id as id, r.public_text as "publicText", r.photo_ids as "photoIds"
    from incidents_releases r join incidents_incidents i on i.id = r.incident_id
    where r.incident_id = any(${[...ids]}::uuid[]) and i.released`);
  const withPhotos = rows.filter((r) => r.photoIds.length > 0).map((r) => r.id);
  const photos = withPhotos.length === 0 ? new Map<string, StoredPhoto[]>() : await allPhotosOf(tx, withPhotos);
  return new Map(
    rows.map(({ id, publicText, photoIds }) => {
      const own = photos.get(id) ?? [];
      return [id, { publicText, photos: photoIds.flatMap((photoId) => own.filter((p) => p.fileId === photoId)) }];
    }),
  );
}
