import { call } from '@wangge/client';
import type { Place } from '@wangge/contract-kit';
import { askHelp, askWhistle, confirmInstruction, readInstruction, reportIn } from '@wangge/dispatch/contract';
import { acknowledgeClocks, answerSupervision, type PhoneTime } from '@wangge/incidents/contract';

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
  | { readonly name: 'acknowledge'; readonly incidentId: string }
  | { readonly name: 'answer-supervision'; readonly incidentId: string; readonly answer: string }
  | { readonly name: 'read' | 'confirm'; readonly instructionId: string };
export type DeedName = Deed['name'];

/** What it is done to: deeds about one thing go one after the other. */
export function subjectOf(deed: Deed): string {
  if (deed.name === 'ask-help') return `help ${deed.incidentId ?? ''}`;
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
export async function sendDeed(deed: Deed, clientKey: string, phone: PhoneTime | null): Promise<void> {
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
    case 'acknowledge':
      await call(acknowledgeClocks, { params: { id: deed.incidentId }, body: { clientKey } });
      return;
    case 'answer-supervision':
      await call(answerSupervision, { params: { id: deed.incidentId }, body: { clientKey, answer: deed.answer } });
      return;
    // The first time counts, so that these need no key.
    case 'read':
    case 'confirm': {
      const route = deed.name === 'read' ? readInstruction : confirmInstruction;
      await call(route, { params: { id: deed.instructionId }, body: phone ? { phone } : {} });
    }
  }
}
