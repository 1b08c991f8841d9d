/** What a receipt shows: chosen field by field, so that no name and no other person's words get on it. */
import type { IncidentState } from '@wangge/incidents/contract';
import type { PageContext } from './context.ts';

export interface ReceiptStep {
  readonly atMs: number;
  /** Move of the incident, or `order:<move>` of an order. */
  readonly move: string;
  /** Only where it was written for the reporter. */
  readonly reason: string | null;
}

export interface ReceiptView {
  /** Null for somebody affected who is not the reporter: progress only. */
  readonly token: string | null;
  readonly number: string;
  readonly state: IncidentState;
  readonly category: { readonly zh: string; readonly en: string };
  readonly placeName: string;
  readonly reportedAtMs: number;
  /** Of the newest step: tells an open page that there is news. */
  readonly updatedAtMs: number;
  readonly deadlineMs: number | null;
  readonly overdue: boolean;
  /** The reporter's own words; null for others. */
  readonly description: string | null;
  readonly photoCount: number;
  readonly steps: readonly ReceiptStep[];
  readonly rating: { readonly response: number; readonly resolved: boolean; readonly satisfied: number } | null;
  readonly may: { readonly rate: boolean; readonly withdraw: boolean; readonly object: boolean };
  /** End of the time for objections; null where it is not known or not running. */
  readonly objectUntilMs: number | null;
  /** How far the incident is that this one was merged into: the same matter, so the same answer. */
  readonly mergedState: IncidentState | null;
}

/** Moves of orders that tell a resident something; the others are the office's own. */
const shownOrderMoves = new Set(['order:accept', 'order:arrive']);
/** The sentence of a step, or null where it is not for residents. */
export function stepText(ctx: PageContext, move: string): string | null {
  if (shownOrderMoves.has(move)) return move === 'order:accept' ? ctx.t.orders.accept : ctx.t.orders.arrive;
  const moves: Readonly<Record<string, string>> = ctx.t.moves;
  return moves[move] ?? null;
}

/** How far it is, of four: reported, accepted, being handled, closed. */
export function stageOf(state: IncidentState): 0 | 1 | 2 | 3 {
  switch (state) {
    case 'reported':
      return 0;
    case 'accepted':
    case 'registered':
      return 1;
    case 'handling':
    case 'responded':
    case 'reopen-requested':
    case 'merged':
      return 2;
    case 'closed':
    case 'rejected':
    case 'withdrawn':
      return 3;
  }
}
