import { AppError } from '@wangge/contract-kit';
import type { Runtime } from '@wangge/kernel';
import { dueDrafts, scheduleVersion } from '../store/versions.ts';
import { publishInTx } from './publish-version.ts';

/**
 * Publishes every draft whose time has come, in that order. One that may not come into force any more
 * (something else was published meanwhile) goes back to being a plain draft, on record.
 */
export async function publishDue(rt: Runtime): Promise<void> {
  const due = await rt.system('areas', (tx) => dueDrafts(tx, tx.nowMs));
  for (const { id } of due) {
    try {
      await rt.system('areas', (tx) => publishInTx(tx, id));
    } catch (error) {
      if (!(error instanceof AppError) || !['conflict', 'tiling-faulty', 'move-not-allowed'].includes(error.code))
        throw error;
      await rt.system('areas', async (tx) => {
        await scheduleVersion(tx, id, null);
        tx.audit({
          action: 'areas.publish-failed',
          subject: { kind: 'area-version', id },
          details: { reason: error.code, ...error.details },
        });
      });
    }
  }
}
