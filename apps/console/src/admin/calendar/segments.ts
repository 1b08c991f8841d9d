/** Working hours as people write them: `08:30-12:00 14:00-17:30`. */

interface Segment {
  readonly fromMin: number;
  readonly toMin: number;
}

const clock = (min: number): string =>
  `${String(Math.floor(min / 60)).padStart(2, '0')}:${String(min % 60).padStart(2, '0')}`;

export function segmentsText(segments: readonly Segment[]): string {
  return segments.map((s) => `${clock(s.fromMin)}-${clock(s.toMin)}`).join(' ');
}

/** Null where it cannot be read, or segments overlap. */
export function readSegments(text: string): Segment[] | null {
  const words = text
    .replaceAll('：', ':')
    .trim()
    .split(/[\s,，;；]+/u);
  const segments: Segment[] = [];
  for (const word of words.filter((each) => each !== '')) {
    const found = /^(\d{1,2}):(\d{2})[-–—~](\d{1,2}):(\d{2})$/u.exec(word);
    if (!found) return null;
    const [h = 0, m = 0, toH = 0, toM = 0] = found.slice(1).map(Number);
    const segment = { fromMin: h * 60 + m, toMin: toH * 60 + toM };
    if (m > 59 || toM > 59 || segment.toMin > 1440 || segment.fromMin >= segment.toMin) return null;
    if (segment.fromMin < (segments.at(-1)?.toMin ?? 0)) return null;
    segments.push(segment);
  }
  return segments;
}
