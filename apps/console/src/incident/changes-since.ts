/** What happened to an incident between two looks at it: shown when somebody else was faster. */
import type { Bilingual } from '@wangge/contract-kit';
import { severities, type HistoryEntry, type Incident } from '@wangge/incidents/contract';
import { incidentStateLabel } from '../common/incident-state-label.ts';

export interface FieldChange {
  readonly field: 'state' | 'severity' | 'category' | 'place' | 'deadline';
  readonly before: Bilingual;
  readonly after: Bilingual;
}
export interface Changes {
  readonly entries: readonly HistoryEntry[];
  readonly fields: readonly FieldChange[];
}

export function changesSince(
  before: Incident,
  after: Incident,
  words: { category: (code: string) => string; time: (ms: number) => string },
): Changes {
  const known = new Set(before.timeline.map((entry) => entry.id));
  const plain = (text: string): Bilingual => ({ zh: text, en: text });
  const place = (i: Incident): string =>
    i.address ?? (i.place ? `${i.place.lon.toFixed(5)}, ${i.place.lat.toFixed(5)}` : '–');
  const time = (ms: number | null): string => (ms === null ? '–' : words.time(ms));
  const all: readonly FieldChange[] = [
    { field: 'state', before: incidentStateLabel(before), after: incidentStateLabel(after) },
    { field: 'severity', before: severities[before.severity], after: severities[after.severity] },
    {
      field: 'category',
      before: plain(words.category(before.categoryCode)),
      after: plain(words.category(after.categoryCode)),
    },
    { field: 'place', before: plain(place(before)), after: plain(place(after)) },
    { field: 'deadline', before: plain(time(before.deadlineMs)), after: plain(time(after.deadlineMs)) },
  ];
  return {
    entries: after.timeline.filter((entry) => !known.has(entry.id)),
    fields: all.filter((change) => change.before.zh !== change.after.zh || change.before.en !== change.after.en),
  };
}
