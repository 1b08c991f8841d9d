import type { Incident, Photo } from '@wangge/incidents/contract';

/** Every photo of an incident once, in the order in which they came: report, notes, proofs. */
export function allPhotos(incident: Pick<Incident, 'photos' | 'timeline'>): readonly Photo[] {
  const byId = new Map<string, Photo>();
  const inOrder = incident.timeline.toSorted((a, b) => a.atMs - b.atMs || (a.id < b.id ? -1 : 1));
  for (const photo of [...incident.photos, ...inOrder.flatMap((entry) => entry.photos)])
    if (!byId.has(photo.fileId)) byId.set(photo.fileId, photo);
  return [...byId.values()];
}

/** A run of digits as long as a telephone or identity number, spaces and hyphens inside it allowed. */
export function holdsNumber(text: string): boolean {
  return /\d(?:[ -]?\d){6,}/.test(text);
}
