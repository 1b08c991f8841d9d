/** What the platform does by the clock, and telling reporters. */
import { type JobHandler, sql } from '@wangge/kernel';
import { tell } from '@wangge/notify';
import { systemMove } from './actions/system-move.ts';
import { openPhone } from './people.ts';
import { findRecord } from './record.ts';
import { receiptLink } from './receipt-token.ts';

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
export const autoClose: JobHandler = async (rt) => {
  const due = await rt.system('incidents', (tx) =>
    tx.rows<{ id: string }>(sql`
      select i.id from incidents_incidents i join incidents_categories c on c.code = i.category_code
      where i.state = 'responded' and c.auto_close_min is not null and (not c.proof_required or i.proof_count > 0)
        and i.clock_stopped_at + make_interval(mins => c.auto_close_min) <= ${new Date(rt.clock.nowMs())}
      order by i.id limit 500`),
  );
  for (const { id } of due) {
    await rt
      .system('incidents', (tx) => systemMove(tx, id, 'close', { reason: '超过核查时限，系统结案' }))
      .catch((error: unknown) => rt.log.warn({ err: String(error), incident: id }, 'closing by the clock failed'));
  }
};

const templates = {
  received: 'resident.received',
  rejected: 'resident.rejected',
  closed: 'resident.closed',
  reopened: 'resident.reopened',
  refused: 'resident.reopen-refused',
} as const;

/** Tells whoever reported it, by telephone, or at the desk where an account did. */
export const tellReporter: JobHandler = async (rt, payload) => {
  const about = String(payload['about']) as keyof typeof templates;
  await rt.system('incidents', async (tx) => {
    const record = await findRecord(tx, String(payload['incidentId']));
    const to =
      record.reporterPhone !== null
        ? ({ kind: 'phone', phone: openPhone(rt, record.reporterPhone) } as const)
        : record.reporterAccountId !== null
          ? ({ kind: 'account', id: record.reporterAccountId } as const)
          : null;
    if (!to) return;
    const params = {
      number: record.number,
      reason: String(payload['reason'] ?? ''),
      link: receiptLink(rt, record.id),
    };
    await tell(tx, { to, template: templates[about], params, subject: { kind: 'incident', id: record.id } });
  });
};
