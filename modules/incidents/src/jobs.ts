/** What the platform does by the clock, and telling reporters. */
import { type JobHandler, type Runtime, sql, type Tx } from '@wangge/kernel';
import { tell, type Telling } from '@wangge/notify';
import { systemMove } from './actions/system-move.ts';
import { openPhone } from './people.ts';
import { proofFacts } from './proof.ts';
import { findRecord, findRecords, type IncidentRecord } from './record.ts';
import { receiptLink } from './receipt-token.ts';
import { mergedInto } from './store/merges.ts';

/** Folds what changed into the roll-up, in batches. */
export const foldCounts: JobHandler = async (rt) => {
  for (;;) {
    const { folded } = await rt.system('incidents', (tx) =>
      tx.one<{ folded: number }>(sql`select incidents_fold_counts() as folded`),
    );
    if (folded < 50_000) return;
  }
};

/** Months ahead exist before the first row wants them. */
export const historyMonths: JobHandler = async (rt) => {
  await rt.system('incidents', async (tx) => {
    for (const months of [0, 1, 2]) {
      await tx.run(
        sql`select incidents_history_month(${new Date(tx.nowMs)}::timestamptz + make_interval(months => ${months}::int))`,
      );
    }
  });
};

/** Closes what nobody verified within the time that its category allows. */
export const autoClose: JobHandler = (rt) => closeByClock(rt, 500);

/** @param most that are read at once */
export async function closeByClock(rt: Runtime, most: number): Promise<void> {
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const due = await rt.system('incidents', (tx) =>
      tx.rows<{ id: string; inApp: boolean }>(sql`
        select i.id, c.proof_required and c.proof_in_app as "inApp"
        from incidents_incidents i join incidents_categories c on c.code = i.category_code
        where i.state = 'responded' and c.auto_close_min is not null and (not c.proof_required or i.proof_count > 0)
          and i.clock_stopped_at + make_interval(mins => c.auto_close_min) <= ${new Date(rt.clock.nowMs())}
          and i.id > ${after}
        order by i.id limit ${most}`),
    );
    for (const { id, inApp } of due) {
      // Waits for a person, and is no fault that the log should tell of every time.
      if (inApp && (await rt.system('incidents', (tx) => lacksProof(tx, id)))) continue;
      await rt
        .system('incidents', (tx) => systemMove(tx, id, 'close', { reason: '超过核查时限，系统结案' }))
        .catch((error: unknown) => rt.log.warn({ err: String(error), incident: id }, 'closing by the clock failed'));
    }
    // On behind the last: those that stay must not keep the others from their turn.
    if (due.length < most) return;
    after = due.at(-1)?.id ?? after;
  }
}

async function lacksProof(tx: Tx, id: string): Promise<boolean> {
  return (await proofFacts(tx, await findRecord(tx, id))).inAppCount === 0;
}

const templates = {
  received: 'resident.received',
  rejected: 'resident.rejected',
  closed: 'resident.closed',
  reopened: 'resident.reopened',
  refused: 'resident.reopen-refused',
  merged: 'resident.merged',
} as const;
/** What those hear too whose reports were merged into it; the others are between one report and the office. */
const sharedNews: ReadonlySet<string> = new Set(['rejected', 'closed', 'reopened', 'refused']);

function reporterOf(rt: Runtime, record: IncidentRecord): (Telling['to'] & { readonly key: string }) | null {
  const { reporterPhone, reporterPhoneIndex, reporterAccountId } = record;
  if (reporterPhone !== null) {
    return { kind: 'phone', phone: openPhone(rt, reporterPhone), key: `phone:${reporterPhoneIndex ?? ''}` };
  }
  return reporterAccountId === null
    ? null
    : { kind: 'account', id: reporterAccountId, key: `account:${reporterAccountId}` };
}

/**
 * Tells whoever reported it, by telephone, or at the desk where an account did; each by the number and receipt of
 * the own report. Of what concerns the matter, also those whose reports were merged into it, each person once.
 */
export const tellReporter: JobHandler = async (rt, payload) => {
  const about = String(payload['about']) as keyof typeof templates;
  await rt.system('incidents', async (tx) => {
    const id = String(payload['incidentId']);
    const own = await findRecord(tx, id);
    const mergedIds = sharedNews.has(about) ? await mergedInto(tx, id) : [];
    const records = await findRecords(tx, mergedIds);
    const merged = mergedIds.flatMap((mergedId) => records.get(mergedId) ?? []);
    const told = new Set<string>();
    for (const record of [own, ...merged]) {
      const reporter = reporterOf(rt, record);
      if (!reporter || told.has(reporter.key)) continue;
      told.add(reporter.key);
      const { key: _key, ...to } = reporter;
      const params = {
        number: record.number,
        reason: String(payload['reason'] ?? ''),
        other: String(payload['other'] ?? ''),
        link: receiptLink(rt, record.id),
      };
      await tell(tx, { to, template: templates[about], params, subject: { kind: 'incident', id: record.id } });
    }
  });
};
