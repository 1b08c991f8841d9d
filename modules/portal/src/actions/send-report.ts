/** A resident's form becomes an incident and a receipt, in one transaction and once. */
import { AppError } from '@wangge/contract-kit';
import type { Actor, Runtime } from '@wangge/kernel';
import { reportIncident } from '@wangge/incidents';
import { phoneIndexOf } from '../phone-codes.ts';
import { addReceipt, receiptByKey } from '../receipts.ts';

export interface ResidentReport {
  readonly categoryCode: string;
  readonly description: string;
  readonly place: { readonly lon: number; readonly lat: number; readonly accuracyM?: number | undefined } | null;
  readonly address: string;
  /** The micro-grid of the sign, where no place is known. */
  readonly areaId: string;
  readonly photoIds: readonly string[];
  /** Verified; null when anonymous. */
  readonly phone: string | null;
  /** What others reported, shown and said to be the same thing. */
  readonly sameAs?: string | null;
}

/**
 * @param key of the form, made by this server
 * @returns the incident, and whether the form had been sent before (also with other words: the first
 *   ones count, and the person is shown what became of them)
 * @throws AppError what `reportIncident` throws, but `key-reused`
 */
export async function sendReport(
  rt: Runtime,
  by: Actor,
  key: string,
  report: ResidentReport,
): Promise<{ incidentId: string; again: boolean }> {
  try {
    return await rt.system('portal', async (tx) => {
      const made = await reportIncident(tx, `resident:${key}`, {
        categoryCode: report.categoryCode,
        description: report.description,
        ...(report.place === null ? { areaId: report.areaId } : { place: report.place }),
        ...(report.address === '' ? {} : { address: report.address }),
        photoIds: report.photoIds,
        ...(report.sameAs == null ? {} : { sameAs: report.sameAs }),
        ...(report.phone === null ? { anonymous: true } : { reporterPhone: report.phone }),
        by,
      });
      const phoneIndex = report.phone === null ? null : phoneIndexOf(rt, report.phone);
      await addReceipt(tx, { clientKey: key, incidentId: made.id, phoneIndex });
      return { incidentId: made.id, again: made.replayed };
    });
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'key-reused') throw error;
    const before = await sentBefore(rt, key);
    if (before === null) throw error;
    return { incidentId: before, again: true };
  }
}

/** The incident that this form made already. */
export async function sentBefore(rt: Runtime, key: string): Promise<string | null> {
  return (await rt.system('portal', (tx) => receiptByKey(tx, key)))?.incidentId ?? null;
}
