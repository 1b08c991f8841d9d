/** The holidays of a year as a notice lists them: one line each, first day, last day, name. */

export interface YearOff {
  readonly from: string;
  readonly to: string;
  readonly name: string;
}
const day = /^20\d{2}-\d{2}-\d{2}$/;

/** The lines, or the first that cannot be read. */
export function readOff(text: string): { off: YearOff[] } | { wrong: string } {
  const off: YearOff[] = [];
  for (const line of text.split('\n').map((each) => each.trim())) {
    if (line === '') continue;
    const [from = '', to = '', ...name] = line.split(/\s+/u);
    // One day alone may be written once.
    const last = day.test(to) ? to : from;
    const words = day.test(to) ? name : [to, ...name];
    const called = words.join(' ').trim();
    if (!day.test(from) || last < from || called === '') return { wrong: line };
    off.push({ from, to: last, name: called });
  }
  return { off };
}

export function readWork(text: string): { work: string[] } | { wrong: string } {
  const words = text.split(/[\s,，、]+/u).filter((each) => each !== '');
  const wrong = words.find((each) => !day.test(each));
  return wrong === undefined ? { work: [...new Set(words)] } : { wrong };
}
