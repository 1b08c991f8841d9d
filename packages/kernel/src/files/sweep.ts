/** Uploads that nothing claimed, and bytes that no row knows, do not stay. */
import { sql } from '../db/sql.ts';
import type { Runtime } from '../runtime.ts';

/** A phone may upload in the morning and send its report when it is back in the network. */
const unclaimedMs = 24 * 3600_000;
const batch = 200;

/**
 * Removes uploads that waited a day for an owner, then files without a row (a process died between
 * writing bytes and row). Safe to run twice and beside claims: a claimed row is never taken.
 */
export async function sweepFiles(rt: Runtime): Promise<{ uploads: number; strays: number }> {
  // By the database's clock for rows, by the disk's for files: both are the machine's.
  const beforeMs = Date.now() - unclaimedMs;
  const rowsBeforeMs = rt.clock.nowMs() - unclaimedMs;
  let uploads = 0;
  for (;;) {
    const gone = await rt.system('kernel', (tx) =>
      tx.rows<{ key: string; thumb: string }>(sql`
        delete from kernel_files where id in (
          select id from kernel_files where owner_id is null and created_at < ${new Date(rowsBeforeMs)}
          order by created_at limit ${batch} for update skip locked)
        returning key, thumb_key as thumb`),
    );
    for (const { key, thumb } of gone) {
      await rt.files.remove(key);
      await rt.files.remove(thumb);
    }
    uploads += gone.length;
    if (gone.length < batch) break;
  }
  let strays = 0;
  let some: string[] = [];
  const removeStrays = async (): Promise<void> => {
    const known = await rt.system('kernel', (tx) =>
      tx.rows<{ key: string }>(sql`
        select key from kernel_files where key = any(${some}) union all
        select thumb_key from kernel_files where thumb_key = any(${some})`),
    );
    const keep = new Set(known.map((row) => row.key));
    for (const key of some.filter((each) => !keep.has(each))) {
      await rt.files.remove(key);
      strays++;
    }
    some = [];
  };
  for await (const key of rt.files.keysOlderThan(beforeMs)) {
    some.push(key);
    if (some.length === batch) await removeStrays();
  }
  if (some.length > 0) await removeStrays();
  await rt.files.removeHalfWritten(beforeMs);
  return { uploads, strays };
}
