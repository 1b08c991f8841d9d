/** Departments that had to do with incidents like this one. */
import { areaIndex } from '@wangge/areas';
import { areaMarks, categoriesOf, currentLesson, findRecord, targetOf } from '@wangge/incidents';
import { incidentSources } from '@wangge/incidents/contract';
import { suggest } from '@wangge/incidents/suggest';
import type { Tx } from '@wangge/kernel';
import { departmentsById } from '@wangge/staff';
import type { OwnerSuggestions } from '../contract.ts';
import { ownerMarks } from '../suggest/marks.ts';
import { reasonsFor } from '../suggest/reasons.ts';

/** @throws AppError `not-found`, `forbidden` */
export async function suggestOwner(tx: Tx, incidentId: string): Promise<OwnerSuggestions> {
  const incident = await findRecord(tx, incidentId);
  tx.rt.authorise(tx.actor, 'dispatch.offer', targetOf(incident));
  const { enabled, model } = await currentLesson(tx, 'owner');
  if (!enabled || !model) return { basis: enabled ? 'none' : 'off', suggestions: [] };
  const departments = await departmentsById(tx);
  const book = await categoriesOf(tx);
  const index = areaIndex(tx.rt);
  const marks = ownerMarks(
    {
      place: incident.lon === null || incident.lat === null ? null : { lon: incident.lon, lat: incident.lat },
      atMs: incident.reportedMs,
      source: incident.source,
      categoryCode: incident.categoryCode,
      areas: areaMarks(incident.path),
    },
    tx.rt.config.zone,
  );
  const found = suggest(model, incident.description, marks, (id) => departments.has(id));
  const names = {
    area: (code: string) => index.byCode(code)?.name,
    category: (code: string) => book.get(code)?.name,
    source: (name: string) =>
      name in incidentSources ? incidentSources[name as keyof typeof incidentSources] : undefined,
  };
  return {
    basis: 'learned',
    suggestions: found.map(({ label, share, words, marks: spoken }) => ({
      party: { kind: 'department', id: label },
      name: departments.get(label)?.name ?? '',
      share,
      reasons: reasonsFor(spoken, words, names),
    })),
  };
}
