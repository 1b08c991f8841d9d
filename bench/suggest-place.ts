import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ownerMarks } from '@wangge/dispatch';
import { type Example, learn, suggest } from '@wangge/incidents/suggest';

const file = join(import.meta.dirname, '../../shared/data/requests/la311-2017-subset.csv');
const zone = 'America/Los_Angeles';

/** Owner of a real request by place, time and source: the first four fifths teach, the last is asked. */
export const bench = {
  name: 'suggest-place',
  about: 'owners suggested for 10,000 real requests by place, time and source alone',
  async run(log: (line: string) => void): Promise<Record<string, number>> {
    if (!existsSync(file)) {
      log('skipped: the real requests are not on this machine (shared/data/requests)');
      return { baseline: 0, top1: 0, top3: 0 };
    }
    const examples = readRequests(readFileSync(file, 'utf8'));
    const split = Math.floor(examples.length * 0.8);
    const started = performance.now();
    const { model } = learn(examples.slice(0, split));
    log(`${split} requests learned in ${(performance.now() - started).toFixed(0)} ms, ${model.labels.length} owners`);
    const counts = new Map<string, number>();
    for (const { label } of examples.slice(0, split)) counts.set(label, (counts.get(label) ?? 0) + 1);
    const commonest = [...counts].toSorted((a, b) => b[1] - a[1])[0]?.[0];
    log(`the commonest owner is ${commonest}`);

    const asked = examples.slice(split);
    const hits = { baseline: 0, top1: 0, top3: 0, silent: 0 };
    for (const { label, marks } of asked) {
      const found = suggest(model, '', marks);
      if (label === commonest) hits.baseline += 1;
      if (found[0]?.label === label) hits.top1 += 1;
      if (found.some((one) => one.label === label)) hits.top3 += 1;
      if (found.length === 0) hits.silent += 1;
    }
    const percent = (count: number): number => Number(((count / asked.length) * 100).toFixed(1));
    log(`${asked.length} asked, silent about ${percent(hits.silent)} %`);
    return { baseline: percent(hits.baseline), top1: percent(hits.top1), top3: percent(hits.top3) };
  },
};

/** Oldest first; without the few rows that name no owner. */
function readRequests(csv: string): Example[] {
  const [head = [], ...lines] = csv.trim().split(/\r?\n/).map(cellsOf);
  return lines
    .flatMap((cells) => {
      const row = Object.fromEntries(head.map((name, i) => [name, cells[i] ?? '']));
      const atMs = readTime(row['CreatedDate'] ?? '');
      const owner = row['Owner'] ?? '';
      if (owner === '' || Number.isNaN(atMs)) return [];
      const place = { lon: Number(row['Longitude']), lat: Number(row['Latitude']) };
      const marks = ownerMarks(
        {
          place: Number.isFinite(place.lon) && place.lat !== 0 ? place : null,
          atMs,
          source: row['RequestSource'] ?? '',
          categoryCode: null,
          areas: [],
        },
        zone,
      );
      return [{ atMs, example: { text: '', marks, label: owner, who: row['SRNumber'] ?? '' } }];
    })
    .toSorted((a, b) => a.atMs - b.atMs)
    .map(({ example }) => example);
}

/** `12/31/2017 11:59:58 PM` of Los Angeles, whose winter time is close enough for hours and weekdays. */
function readTime(text: string): number {
  return Date.parse(`${text} GMT-0800`);
}

/** Cells of a line; this file has quotes around commas and none inside quotes. */
function cellsOf(line: string): string[] {
  return [...line.matchAll(/("[^"]*"|[^,]*)(?:,|$)/g)].map((cell) => (cell[1] ?? '').replaceAll('"', ''));
}
