/** What an administrator sees of lessons, and does with them. */
import { sql, type Tx } from '@wangge/kernel';
import { departmentsById } from '@wangge/staff';
import { loadCategories } from '../categories/book.ts';
import { type Lesson, lessonAsked, type LessonSubject, lessonSubjects } from '../contract.ts';
import { lessonFactsSchema } from '../suggest/facts.ts';
import { switchLesson } from '../suggest/lessons.ts';

interface Row {
  readonly subject: string;
  readonly enabled: boolean;
  readonly learning: boolean;
  readonly learnedMs: number | null;
  readonly problem: Lesson['problem'];
  readonly facts: unknown;
}
const permission = 'incidents.manage-suggestions';
const subjects = Object.keys(lessonSubjects) as LessonSubject[];

export async function listLessons(tx: Tx): Promise<{ lessons: Lesson[] }> {
  tx.rt.authorise(tx.actor, permission);
  const rows = await tx.rows<Row>(sql`
    select subject, enabled, incidents_ms(learned_at) as "learnedMs", problem, facts,
      coalesce(began_at > ${new Date(tx.nowMs)}::timestamptz - interval '10 minutes', false) as learning
    from incidents_lessons`);
  const nameOf = await labelNames(tx);
  return {
    lessons: subjects.map((subject) =>
      lessonOf(
        subject,
        rows.find((r) => r.subject === subject),
        nameOf,
      ),
    ),
  };
}

type NameOf = (label: string) => { zh: string; en: string } | undefined;

function lessonOf(subject: LessonSubject, row: Row | undefined, nameOf: NameOf): Lesson {
  const parsed = lessonFactsSchema.safeParse(row?.facts);
  const facts = parsed.success ? parsed.data : null;
  return {
    subject,
    enabled: row?.enabled ?? true,
    learning: row?.learning ?? false,
    learnedAtMs: row?.learnedMs ?? null,
    problem: row?.problem ?? null,
    examples: facts?.examples ?? null,
    words: facts?.words ?? null,
    learnMs: facts?.learnMs ?? null,
    quality: facts?.quality ?? null,
    strongest: Object.entries(facts?.strongest ?? {}).flatMap(([label, words]) => {
      const name = nameOf(label);
      return name && words.length > 0 ? [{ label, name, words }] : [];
    }),
  };
}

/** Labels are codes of categories or identities of departments. */
async function labelNames(tx: Tx): Promise<NameOf> {
  const book = await loadCategories(tx);
  const departments = await departmentsById(tx);
  return (label) => {
    const department = departments.get(label)?.name;
    return book.get(label)?.name ?? (department === undefined ? undefined : { zh: department, en: department });
  };
}

/** Whose lesson it is learns it by a job; a second click while that is under way changes nothing. */
export async function askForLesson(tx: Tx, subject: LessonSubject): Promise<void> {
  tx.rt.authorise(tx.actor, permission);
  tx.emit(lessonAsked, { subject }, { areaPath: '-', subjectId: subject });
  tx.audit({ action: 'incidents.learn-lesson', subject: { kind: 'lesson', id: subject } });
}

export async function turnLesson(tx: Tx, subject: LessonSubject, enabled: boolean): Promise<void> {
  tx.rt.authorise(tx.actor, permission);
  await switchLesson(tx, subject, enabled);
  tx.audit({ action: 'incidents.switch-lesson', subject: { kind: 'lesson', id: subject }, details: { enabled } });
}
