import { type Example, learn, suggest } from '@wangge/incidents/suggest';
import { percentile } from './support/percentile.ts';
import { categoryNames } from './support/report-texts/category-names.ts';
import { heldOutShape, writeReports } from './support/report-texts/write-reports.ts';

const learned = 20_000;
const asked = 5000;

/** Category of a report by its text: every fourth sentence shape was never seen in training. */
export const bench = {
  name: 'suggest',
  about: 'categories suggested for generated reports whose sentence shapes were held out of training',
  async run(log: (line: string) => void): Promise<Record<string, number>> {
    const examples = writeReports(learned, 1, (shape) => !heldOutShape(shape)).map(({ text, code }, i): Example => ({
      text,
      label: code,
      marks: [],
      who: String(i % 5000),
    }));
    const questions = writeReports(asked, 2, heldOutShape);
    for (const { text, code } of questions.slice(0, 5)) log(`${code.padEnd(20)} ${text}`);

    const started = performance.now();
    const { model, quality } = learn(examples, categoryNames);
    const trainMs = performance.now() - started;
    log(
      `${learned} reports learned in ${trainMs.toFixed(0)} ms (with the trial on their last fifth): ` +
        `${model.features.size} words kept for ${model.labels.length} categories, temperature ${model.temperature}`,
    );
    log(
      `the trial, on sentence shapes that were seen: top-1 ${percent(quality?.top1)}, top-3 ${percent(quality?.top3)}`,
    );

    const counts = new Map<string, number>();
    for (const { label } of examples) counts.set(label, (counts.get(label) ?? 0) + 1);
    const commonest = [...counts].toSorted((a, b) => b[1] - a[1])[0]?.[0];
    const hits = { baseline: 0, top1: 0, top3: 0, silent: 0, claimed: 0 };
    const times: number[] = [];
    for (const { text, code } of questions) {
      const began = performance.now();
      const found = suggest(model, text);
      times.push(performance.now() - began);
      if (code === commonest) hits.baseline += 1;
      if (found[0]?.label === code) hits.top1 += 1;
      if (found.some((one) => one.label === code)) hits.top3 += 1;
      if (found.length === 0) hits.silent += 1;
      hits.claimed += found[0]?.share ?? 0;
    }
    const spoke = asked - hits.silent;
    log(
      `silent about ${percent(hits.silent / asked)}; where it spoke, the first was right in ${percent(hits.top1 / spoke)}`,
    );
    log(`and had claimed ${percent(hits.claimed / spoke)}`);
    return {
      baseline: percent(hits.baseline / asked),
      top1: percent(hits.top1 / asked),
      top3: percent(hits.top3 / asked),
      train_ms: Math.round(trainMs),
      p95_ms: Number(percentile(times, 0.95).toFixed(2)),
    };
  },
};

/** 0.123 → 12.3 */
function percent(share = Number.NaN): number {
  return Number((share * 100).toFixed(1));
}
