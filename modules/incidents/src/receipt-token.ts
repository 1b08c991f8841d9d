/** The secret of a receipt: made from the incident's identity, kept only as a hash. */
import { createHash } from 'node:crypto';
import type { Runtime } from '@wangge/kernel';

/**
 * 22 characters of base64url: 132 bits that nobody can guess without the data key. The same incident
 * gives the same token, so a repeated report can be answered with its receipt.
 */
export function receiptToken(rt: Runtime, incidentId: string): string {
  return rt.keys.sign('incidents.receipt', incidentId).slice(0, 22);
}
/** What the database keeps: it finds the incident and opens nothing. */
export function receiptHash(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
/** Where the holder of a receipt follows the report. */
export function receiptLink(rt: Runtime, incidentId: string): string {
  return `${rt.config.publicUrl}/r/${receiptToken(rt, incidentId)}`;
}
