import type { PhotoTaken } from '@wangge/client';
import type { RouteCall, RouteOutput } from '@wangge/contract-kit';
import type { Task } from '@wangge/dispatch/contract';
import type { PhoneTime, reportIncident } from '@wangge/incidents/contract';
import type { Bilingual } from '@wangge/contract-kit';
import { type Deed, subjectOf } from '../deeds/deed.ts';
import type { MoveFacts } from '../task/moves.ts';

/**
 * - `waiting`: on the phone, goes when there is a link and what stands before it has gone.
 * - `sending`: under way.
 * - `sent`: the server has it; kept a day to be looked at.
 * - `refused`: the server said no; stays until a person decides.
 * - `conflict`: somebody else changed the task meanwhile; stays until a person decides.
 */
export type OutboxState = 'waiting' | 'sending' | 'sent' | 'refused' | 'conflict';

export interface OutboxPhoto {
  /** Also of its upload, so that it goes on where it stopped. */
  readonly id: string;
  readonly fileId: string | null;
  /** What this phone says of it; what waits from before lacks it. */
  readonly taken?: PhotoTaken;
}
export interface OutboxProblem {
  readonly code: string;
  readonly text: Bilingual;
  readonly field: string | undefined;
}

interface Common {
  /** The key under which the server takes it once. */
  readonly id: string;
  readonly accountId: string;
  /** Order in which they were made. */
  readonly seq: number;
  /** Phone's clock at the tap. */
  readonly madeAtMs: number;
  /** Null where this phone had never heard the server before. */
  readonly phone: PhoneTime | null;
  readonly photos: readonly OutboxPhoto[];
  readonly state: OutboxState;
  /** Failed tries. */
  readonly tries: number;
  /** Phone's clock: not to be tried again before. */
  readonly notBeforeMs: number;
  readonly problem: OutboxProblem | null;
  /** Phone's clock. */
  readonly sentAtMs: number | null;
}

export type ReportContent = Omit<RouteCall<typeof reportIncident>['body'], 'clientKey' | 'photoIds' | 'phone'>;
export interface ReportItem extends Common {
  readonly kind: 'report';
  readonly content: ReportContent;
  readonly answer: RouteOutput<typeof reportIncident> | null;
}
export interface MoveItem extends Common {
  readonly kind: 'move';
  readonly orderId: string;
  readonly facts: MoveFacts;
  /** Of the order, as its author expects it then: what waits before it counts as done. */
  readonly version: number;
  /** What its author was looking at. */
  readonly seen: Task;
}
export interface DeedItem extends Common {
  readonly kind: 'deed';
  readonly deed: Deed;
  /** What the list says of it. */
  readonly about: string;
}
export type OutboxItem = ReportItem | MoveItem | DeedItem;

/** What is done in order, one after the other: the moves of one order; reports do not wait for each other. */
export function chainOf(item: OutboxItem): string {
  // A call for help waits for nothing, not even for another one.
  if (isHelp(item)) return `help ${item.id}`;
  if (item.kind === 'deed') return subjectOf(item.deed);
  return item.kind === 'move' ? `order ${item.orderId}` : `report ${item.id}`;
}
export function isHelp(item: OutboxItem): boolean {
  return item.kind === 'deed' && item.deed.name === 'ask-help';
}
export function isUnsent(item: OutboxItem): boolean {
  return item.state !== 'sent';
}
/** Needs a person. */
export function isStuck(item: OutboxItem): boolean {
  return item.state === 'refused' || item.state === 'conflict';
}
