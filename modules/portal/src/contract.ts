/** What residents' pages ask for by script; everything else on them works without. */
import { defineRoute, timeMs } from '@wangge/contract-kit';
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
