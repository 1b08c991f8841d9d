/** The demo town: invented areas, posts and categories, made once from one seed. */
import { seedAreas } from '@wangge/areas';
import { seedHistory } from '@wangge/dispatch';
import { rng } from '@wangge/geo';
import { demoSeed, generateDemoTown } from '@wangge/geo/town';
import { seedCategories } from '@wangge/incidents';
import type { Runtime } from '@wangge/kernel';
import { seedPatrols } from '@wangge/patrols';
import { type DemoAccount, seedStaff } from '@wangge/staff';

/**
 * Everything that a person needs to begin; the past is loaded later. Each part finds what is there, so
 * a start that was killed in between goes on where it stopped.
 *
 * @returns accounts to try; empty when they were made before
 */
export async function seedDemo(
  rt: Runtime,
  options: { randomPasswords: boolean; onStep: (step: string) => void },
): Promise<DemoAccount[]> {
  options.onStep('drawing the demo town');
  await seedAreas(rt, generateDemoTown());
  options.onStep('posts and categories');
  const accounts = await seedStaff(rt, { randomPasswords: options.randomPasswords });
  await seedCategories(rt);
  await seedPatrols(rt);
  return accounts;
}

/** Incidents that a town of this size counts in a year. */
const incidentsOfYear = 5853;
const yearMs = 365 * 86_400_000;

/** The year before `untilMs`, lived through the same rules as the present; goes on where it was stopped. */
export async function seedPast(
  rt: Runtime,
  untilMs: number,
  onProgress: (done: number, total: number) => void,
): Promise<void> {
  await seedHistory(rt, {
    count: incidentsOfYear,
    fromMs: untilMs - yearMs,
    toMs: untilMs,
    // The same numbers at every try, or a resumed past would not be the one that was begun.
    rng: rng(demoSeed),
    onProgress,
  });
}
