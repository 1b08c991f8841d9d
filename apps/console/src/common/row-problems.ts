import type { CallError } from '@wangge/client';
import type { importTexts } from '@wangge/texts/console';

type Words = (typeof importTexts)['zh'];

interface Fault {
  readonly row?: unknown;
  readonly code?: unknown;
  readonly column?: unknown;
  readonly value?: unknown;
  readonly problem?: unknown;
}
/** Sentences that fit beside a form; the file has to be mended in another program anyway. */
const shown = 20;

const word = (words: Readonly<Record<string, string>>, key: unknown): string | undefined =>
  typeof key === 'string' && Object.hasOwn(words, key) ? words[key] : undefined;

/** Joins what is not empty with spaces that Chinese does without. */
function sentence(lang: 'zh' | 'en', ...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part).join(lang === 'zh' ? '' : ' ');
}

/**
 * What is wrong with which row of an imported file, in the reader's language. Rows of borders come as
 * `details.faults`; a table of categories stops at its first wrong line, with `line` and `column`.
 */
export function rowProblems({ details }: Pick<CallError, 'details'>, t: Words, lang: 'zh' | 'en'): string[] {
  const { line, column, problem, faults, codes, count } = details;
  if (Array.isArray(faults)) {
    const lines = (faults as readonly Fault[]).slice(0, shown).map((fault) => {
      const of =
        typeof fault.code === 'string' && fault.problem !== 'no-code'
          ? lang === 'zh'
            ? `（${fault.code}）`
            : ` (${fault.code})`
          : '';
      const cell = typeof fault.column === 'string' ? t.column(fault.column) : undefined;
      const value = typeof fault.value === 'string' ? `“${fault.value}”` : undefined;
      return sentence(
        lang,
        `${t.feature(Number(fault.row))}${of}`,
        cell,
        value,
        word(t.row, fault.problem) ?? t.cell.any,
      );
    });
    const rest = (typeof count === 'number' ? count : faults.length) - lines.length;
    return rest > 0 ? [...lines, t.more(rest)] : lines;
  }
  if (typeof line === 'number') {
    const name = column === 'parentCode' ? 'parent' : column;
    if (typeof name !== 'string' || name === '') return [sentence(lang, t.line(line), t.cell.any)];
    return [sentence(lang, t.line(line), t.column(name), word(t.cell, name) ?? t.cell.any)];
  }
  const whole = word(t.file, problem);
  if (whole !== undefined) {
    const named = Array.isArray(codes) ? codes.slice(0, shown).map(String) : [];
    const where = typeof column === 'string' ? `${t.column(column)}${lang === 'zh' ? '：' : ': '}` : '';
    return [`${where}${whole}`, ...(named.length > 0 ? [t.codes(named.join(lang === 'zh' ? '、' : ', '))] : [])];
  }
  // The reader of tables speaks English only; the line it stopped at is all that is worth keeping.
  if (typeof problem === 'string' && problem.startsWith('CsvError')) {
    const at = /line (\d+)/.exec(problem)?.[1];
    return [at === undefined ? t.table : `${t.line(Number(at))}${lang === 'zh' ? '：' : ': '}${t.table}`];
  }
  return [];
}
