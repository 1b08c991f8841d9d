import { call } from '@wangge/client';
import type { Place } from '@wangge/contract-kit';
import {
  answerForward,
  askForward,
  askHelp,
  askWhistle,
  confirmInstruction,
  readInstruction,
  reportIn,
  withdrawForward,
} from '@wangge/dispatch/contract';
import { acknowledgeClocks, answerSupervision, type PhoneTime } from '@wangge/incidents/contract';
import { checkIn } from '@wangge/patrols/contract';

/** What a member does besides reports and moves of orders; each waits for a link like those. */
export type Deed =
  | { readonly name: 'report-in'; readonly whistleId: string; readonly place: Place }
  | { readonly name: 'ask-whistle'; readonly incidentId: string; readonly reason: string }
  | {
      readonly name: 'ask-help';
      readonly incidentId: string | null;
      readonly text: string | null;
      readonly place: Place | null;
      /** Between measurement and tap. */
      readonly placeAgeS: number;
    }
  | { readonly name: 'forward'; readonly orderId: string; readonly toId: string; readonly reason: string }
  | {
      readonly name: 'answer-forward';
      readonly forwardId: string;
      readonly accepted: boolean;
      readonly reason: string | null;
    }
  | { readonly name: 'withdraw-forward'; readonly forwardId: string }
  | { readonly name: 'acknowledge'; readonly incidentId: string }
  | { readonly name: 'answer-supervision'; readonly incidentId: string; readonly answer: string }
  | { readonly name: 'read' | 'confirm'; readonly instructionId: string }
  | {
      readonly name: 'check-in';
      readonly roundId: string;
      readonly n: number;
      readonly place: Place | null;
      /** Null: by the position; else photos stand for it. */
      readonly reason: string | null;
    };
export type DeedName = Deed['name'];

/** What it is done to: deeds about one thing go one after the other. */
export function subjectOf(deed: Deed): string {
  if (deed.name === 'check-in') return `patrol ${deed.roundId} ${deed.n}`;
  if (deed.name === 'ask-help') return `help ${deed.incidentId ?? ''}`;
  // Behind the moves of the same order.
  if (deed.name === 'forward') return `order ${deed.orderId}`;
  if ('forwardId' in deed) return `forward ${deed.forwardId}`;
  if ('whistleId' in deed) return `whistle ${deed.whistleId}`;
  return 'incidentId' in deed ? `incident ${deed.incidentId}` : `instruction ${deed.instructionId}`;
}

/** The words that somebody typed for it. */
export function wordsOf(deed: Deed): string | null {
  if ('reason' in deed) return deed.reason;
  if ('text' in deed) return deed.text;
  return 'answer' in deed ? deed.answer : null;
}

/** Sends it under its key; trying again is always safe. @throws CallError */
export async function sendDeed(
  deed: Deed,
  clientKey: string,
  phone: PhoneTime | null,
  photoIds: readonly string[] = [],
): Promise<void> {
  switch (deed.name) {
    case 'report-in': {
      const body = { clientKey, place: deed.place, ...(phone ? { phone } : {}) };
      await call(reportIn, { params: { id: deed.whistleId }, body });
      return;
    }
    case 'ask-whistle':
      await call(askWhistle, { params: { id: deed.incidentId }, body: { clientKey, reason: deed.reason } });
      return;
    case 'ask-help': {
      const { incidentId, text, place, placeAgeS } = deed;
      const about = { ...(incidentId === null ? {} : { incidentId }), ...(text === null ? {} : { text }) };
      const body = { clientKey, placeAgeS, ...about, ...(place ? { place } : {}), ...(phone ? { phone } : {}) };
      await call(askHelp, { body });
      return;
    }
    case 'forward': {
      const { toId, reason } = deed;
      await call(askForward, { params: { id: deed.orderId }, body: { clientKey, toId, reason } });
      return;
    }
    case 'answer-forward': {
      const { accepted, reason } = deed;
      const body = { clientKey, accepted, ...(reason === null ? {} : { reason }) };
      await call(answerForward, { params: { id: deed.forwardId }, body });
      return;
    }
    case 'withdraw-forward':
      await call(withdrawForward, { params: { id: deed.forwardId }, body: { clientKey } });
      return;
    case 'acknowledge':
      await call(acknowledgeClocks, { params: { id: deed.incidentId }, body: { clientKey } });
      return;
    case 'answer-supervision':
      await call(answerSupervision, { params: { id: deed.incidentId }, body: { clientKey, answer: deed.answer } });
      return;
    case 'check-in': {
      const key = { clientKey, ...(phone ? { phone } : {}) };
      const place = deed.place ? { place: deed.place } : {};
      const params = { id: deed.roundId, n: deed.n };
      if (deed.reason !== null) {
        const body = { how: 'photo' as const, ...key, ...place, photoIds: [...photoIds], reason: deed.reason };
        await call(checkIn, { params, body });
      } else if (deed.place) {
        await call(checkIn, { params, body: { how: 'position', ...key, place: deed.place } });
      }
      return;
    }
    // The first time counts, so that these need no key.
    case 'read':
    case 'confirm': {
      const route = deed.name === 'read' ? readInstruction : confirmInstruction;
      await call(route, { params: { id: deed.instructionId }, body: phone ? { phone } : {} });
    }
  }
}
