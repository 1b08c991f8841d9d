/** Lessons in the database and in memory: of categories here, of owners in the dispatch module. */
import { asPlatform } from '../platform.ts';
import { type Runtime, sql, type Tx } from '@wangge/kernel';
import { lessonChanged, type LessonSubject } from '../contract/suggest.ts';
import type { LessonFacts } from './facts.ts';
import { learnInThread } from './learn-in-thread.ts';
import type { Hint } from './learn.ts';
import type { Model } from './model.ts';
import { unpackModel } from './model-file.ts';
import type { Example } from './prepare.ts';

/** Newest closed incidents that are learned from; older ones were filed under yesterday's habits. */
export const mostExamples = 50_000;
/** Fewer say more about chance than about the town. */
const leastExamples = 30;

export interface CurrentLesson {
  readonly enabled: boolean;
  /** Null until something was learned. */
  readonly model: Model | null;
}
interface Held extends CurrentLesson {
  readonly version: string;
}
const held = new WeakMap<Runtime, Map<string, Held>>();
const untaught: CurrentLesson = { enabled: true, model: null };

/** From memory, after one small question whether that is still right. */
export async function currentLesson(tx: Tx, subject: LessonSubject): Promise<CurrentLesson> {
  const now = await tx.maybe<{ version: string; enabled: boolean }>(
    sql`select version, enabled from incidents_lessons where subject = ${subject}`,
  );
  if (!now) return untaught;
  const mine = held.get(tx.rt) ?? new Map<string, Held>();
  held.set(tx.rt, mine);
  const known = mine.get(subject);
  if (known?.version === now.version) return known;
  const row = await tx.one<{ version: string; enabled: boolean; model: Buffer | null }>(
    sql`select version, enabled, model from incidents_lessons where subject = ${subject}`,
  );
  const lesson = { version: row.version, enabled: row.enabled, model: row.model && unpackModel(row.model) };
  mine.set(subject, lesson);
  return lesson;
}

/** Notes that somebody begins to learn; false while another does, unless that one must have died. */
export async function beginLesson(tx: Tx, subject: LessonSubject): Promise<boolean> {
  const now = new Date(tx.nowMs);
  const begun = await tx.run(sql`insert into incidents_lessons as l (subject, began_at) values (${subject}, ${now})
    on conflict (subject) do update set began_at = excluded.began_at
    where l.began_at is null or l.began_at < excluded.began_at - interval '10 minutes'`);
  if (begun > 0) tellLesson(tx, subject);
  return begun > 0;
}

export function tellLesson(tx: Tx, subject: LessonSubject): void {
  tx.emit(lessonChanged, { subject }, { areaPath: '', subjectId: subject });
}

/**
 * Learns anew and puts the lesson in place of the one before. Whoever calls has begun it. A failure is noted
 * and thrown; too few examples are noted and no failure; either way the lesson before stays.
 */
export async function teach(
  rt: Runtime,
  subject: LessonSubject,
  batches: AsyncIterable<readonly Example[]>,
  hints: readonly Hint[],
): Promise<void> {
  let examples = 0;
  async function* counted(): AsyncGenerator<readonly Example[]> {
    for await (const batch of batches) {
      examples += batch.length;
      yield batch;
    }
  }
  try {
    const { model, facts } = await learnInThread(counted(), hints);
    if (examples < leastExamples) return await endLesson(rt, subject, 'too-few');
    await keepLesson(rt, subject, Buffer.from(model), facts);
  } catch (error) {
    await endLesson(rt, subject, 'failed');
    throw error;
  }
}

async function keepLesson(rt: Runtime, subject: LessonSubject, model: Buffer, facts: LessonFacts): Promise<void> {
  await rt.system('incidents', async (tx) => {
    const now = new Date(tx.nowMs);
    await tx.run(sql`update incidents_lessons set model = ${model}, facts = ${JSON.stringify(facts)}::jsonb,
      version = gen_random_uuid(), learned_at = ${now}, began_at = null, problem = null where subject = ${subject}`);
    tellLesson(tx, subject);
  });
}

async function endLesson(rt: Runtime, subject: LessonSubject, problem: 'too-few' | 'failed'): Promise<void> {
  await rt.system('incidents', async (tx) => {
    await tx.run(sql`update incidents_lessons set began_at = null, problem = ${problem} where subject = ${subject}`);
    tellLesson(tx, subject);
  });
}

/** On or off; off forgets nothing. */
export async function switchLesson(tx: Tx, subject: LessonSubject, enabled: boolean): Promise<void> {
  await asPlatform(tx, () =>
    tx.run(sql`insert into incidents_lessons (subject, enabled) values (${subject}, ${enabled})
      on conflict (subject) do update set enabled = excluded.enabled, version = gen_random_uuid()`),
  );
  tellLesson(tx, subject);
}
