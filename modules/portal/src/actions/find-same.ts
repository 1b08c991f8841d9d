/** What a resident may know of others' reports before sending one: kind, progress, micro-grid. */
import { areaIndex } from '@wangge/areas';
import { categoriesOf, findRecords, likenessWords, publicReleases, rankAlike } from '@wangge/incidents';
import type { IncidentState } from '@wangge/incidents/contract';
import type { Tx } from '@wangge/kernel';

export interface KnownReport {
  readonly id: string;
  readonly category: { readonly zh: string; readonly en: string };
  readonly areaName: string;
  readonly state: IncidentState;
  readonly reportedAtMs: number;
  readonly reporterCount: number;
  /** Written for the public; null where nothing was released. */
  readonly title: string | null;
  readonly reasons: readonly { readonly zh: string; readonly en: string }[];
}
export interface Written {
  readonly categoryCode: string;
  readonly description: string;
  readonly place: { readonly lon: number; readonly lat: number } | null;
  /** The micro-grid of the sign. */
  readonly areaId: string;
}
/** More on a small screen are not read. */
const mostShown = 3;

/** Of public categories, coarsely placed, the likest first. Runs as the platform. */
export async function findSame(tx: Tx, written: Written): Promise<KnownReport[]> {
  const { place, ...rest } = written;
  const found = (await rankAlike(tx, { ...rest, place: place ?? undefined, publicOnly: true })).slice(0, mostShown);
  if (found.length === 0) return [];
  const ids = found.map(({ id }) => id);
  const records = await findRecords(tx, ids);
  const releases = await publicReleases(tx, ids);
  const categories = await categoriesOf(tx);
  return found.flatMap(({ id, like }) => {
    const record = records.get(id);
    const category = record && categories.get(record.categoryCode);
    if (!record || !category) return [];
    return [
      {
        id,
        category: category.name,
        areaName: record.areaId === null ? '' : (areaIndex(tx.rt).get(record.areaId)?.name ?? ''),
        state: record.state,
        reportedAtMs: record.reportedMs,
        reporterCount: record.reporterCount,
        title: releases.get(id)?.publicText?.split('\n')[0]?.slice(0, 80) ?? null,
        reasons: likenessWords(like, true),
      },
    ];
  });
}
