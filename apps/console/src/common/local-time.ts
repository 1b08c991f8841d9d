/** What a field of day and minute says, in the town's time; null where it says nothing. */
export function fromLocal(text: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(text)) return null;
  const ms = Date.parse(`${text.slice(0, 16)}:00+08:00`);
  return Number.isNaN(ms) ? null : ms;
}
