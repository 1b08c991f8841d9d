/** What residents' pages ask for by script; everything else on them works without. */
import { bilingual, defineRoute, textSchema, timeMs } from '@wangge/contract-kit';
import { z } from 'zod';

/** Lets an open receipt page notice that something happened, at the price of some bytes. */
export const receiptState = defineRoute({
  method: 'GET',
  path: '/api/portal/receipts/:token',
  summary: 'Has anything changed behind this receipt?',
  access: 'public',
  ratePerMinute: 60,
  params: z.object({ token: z.string().min(16).max(64) }),
  response: z.object({ state: z.string(), updatedAtMs: timeMs }),
});

/** While the report's words are being typed. The token of the sign shows where one stands, and keeps strangers out. */
export const suggestForResident = defineRoute({
  method: 'POST',
  path: '/api/portal/suggest',
  summary: 'Public categories that a text suggests',
  access: 'public',
  ratePerMinute: 60,
  body: z.object({ text: textSchema(2000), token: z.string().min(1).max(64) }),
  response: z.object({
    suggestions: z.array(
      z.object({
        code: z.string(),
        name: bilingual,
        /** Heading under which it is reported. */
        kind: z.string(),
        /** What counted most. */
        words: z.array(z.string()),
      }),
    ),
  }),
});
