/** Asking, for other modules: they know what is asked for and have judged that it may be asked. */
import { AppError, newId } from '@wangge/contract-kit';
import { sql, type Tx } from '@wangge/kernel';
import { announce } from '../announce.ts';
import { asPlatform } from '../as-platform.ts';
import type { ApprovalKind } from '../contract.ts';
import { decidedWithinMs } from '../rules.ts';
import { approvalByKey } from '../store.ts';

export interface ApprovalAsked {
  /** Of the client: the same request twice is one. */
  readonly key: string;
  readonly kind: ApprovalKind;
  readonly subjectId: string;
  /** What it is about, in words for the one who decides. */
  readonly title: string;
  readonly purpose: string;
  readonly reason: string;
  readonly details: Readonly<Record<string, unknown>>;
  /** Where the one who decides must reach. */
  readonly areaPath: string;
}

/** @throws AppError `unauthenticated` (no account asks), `key-reused` (for something else, or by somebody else) */
export async function askApproval(tx: Tx, asked: ApprovalAsked): Promise<{ readonly id: string }> {
  const { actor } = tx;
  if (actor.kind !== 'account' || actor.id === null) throw new AppError('unauthenticated');
  const byId = actor.id;
  return asPlatform(tx, async () => {
    const id = newId();
    const made =
      await tx.run(sql`insert into approvals_requests (id, key, kind, subject_id, title, purpose, reason, details,
        area_path, by_id, by_name, asked_at, state, expires_at)
      values (${id}, ${asked.key}, ${asked.kind}, ${asked.subjectId}, ${asked.title}, ${asked.purpose}, ${asked.reason},
        ${JSON.stringify(asked.details)}::jsonb, ${asked.areaPath}, ${byId}, ${actor.name}, ${new Date(tx.nowMs)}, 'waiting',
        ${new Date(tx.nowMs + decidedWithinMs)})
      on conflict (key) do nothing`);
    if (made === 0) {
      const known = await approvalByKey(tx, asked.key);
      if (known.byId !== byId || known.kind !== asked.kind || known.subjectId !== asked.subjectId)
        throw new AppError('key-reused');
      return { id: known.id };
    }
    tx.audit({
      action: 'approvals.ask',
      subject: { kind: 'approval', id },
      purpose: asked.purpose,
      details: {
        kind: asked.kind,
        subjectId: asked.subjectId,
        title: asked.title,
        reason: asked.reason,
        ...asked.details,
      },
    });
    announce(tx, { id, areaPath: asked.areaPath, byId });
    return { id };
  });
}
