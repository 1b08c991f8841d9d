/** Who is still to be reminded of an instruction. Pure. */

export interface ReceiptFacts {
  readonly readAtMs: number | null;
  readonly confirmedAtMs: number | null;
  readonly remindedAtMs: number | null;
}
/** Nobody is reminded twice within so long, whoever presses the button. */
export const remindAgainMs = 5 * 60_000;

/** Those who have not read it, or not confirmed where that is asked for, and were not reminded just now. */
export function toRemind<R extends ReceiptFacts>(
  instruction: { readonly needsConfirm: boolean },
  receipts: readonly R[],
  nowMs: number,
): R[] {
  return receipts.filter(
    (r) =>
      (r.readAtMs === null || (instruction.needsConfirm && r.confirmedAtMs === null)) &&
      (r.remindedAtMs === null || nowMs - r.remindedAtMs >= remindAgainMs),
  );
}
