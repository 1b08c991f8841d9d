/** The demo town: invented areas, posts and categories, made once from one seed. */
import { seedAreas } from '@wangge/areas';
import { generateDemoTown } from '@wangge/geo/town';
import { seedCategories } from '@wangge/incidents';
import type { Runtime } from '@wangge/kernel';
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
  return accounts;
}
