/** What spoke for a department, in words. */
import type { Bilingual } from '@wangge/contract-kit';
import { hoursOfMark } from './marks.ts';

export interface NamesOfMarks {
  area(code: string): string | undefined;
  category(code: string): Bilingual | undefined;
  source(name: string): Bilingual | undefined;
}
const most = 4;

/** The strongest first, each once; a mark that nobody can read is left out. */
export function reasonsFor(marks: readonly string[], words: readonly string[], names: NamesOfMarks): Bilingual[] {
  const found = new Map<string, Bilingual>();
  for (const mark of marks) {
    const reason = ofMark(mark, names);
    if (reason) found.set(reason.en, reason);
  }
  for (const word of words) found.set(word, { zh: `“${word}”`, en: `“${word}”` });
  return [...found.values()].slice(0, most);
}

function ofMark(mark: string, names: NamesOfMarks): Bilingual | undefined {
  if (mark.startsWith('@')) {
    const name = names.area(mark.slice(1));
    return name === undefined ? undefined : { zh: name, en: name };
  }
  const [kind = '', value = ''] = mark.split(/[:&]/);
  switch (kind) {
    case 'category':
      return names.category(value);
    case 'cell':
      return { zh: '这一带', en: 'this neighbourhood' };
    case 'source':
      return names.source(value);
    case 'day':
      return value === 'weekend' ? { zh: '周末', en: 'weekend' } : { zh: '工作日', en: 'working day' };
    default: {
      const hours = hoursOfMark(mark);
      return hours ? { zh: `${hours[0]}–${hours[1]} 点`, en: `${hours[0]}–${hours[1]} h` } : undefined;
    }
  }
}
