/** Drafts that are edited on the page, and their steps. */
import { sql, type Tx } from '@wangge/kernel';
import type { AreaDraft } from '../contract.ts';
import type { TownPatch } from '../rules/edit/patch.ts';
import { type UsedCodes, usedCode } from '../rules/edit/codes.ts';

export interface DraftRow {
  readonly id: string;
  readonly revision: number;
  /** Steps in effect. */
  readonly done: number;
  readonly changedAt: Date;
  readonly changedBy: string;
  readonly checkedRevision: number | null;
  readonly checkedFaults: number | null;
}
const columns = sql`version_id as id, revision, done, changed_at as "changedAt", changed_by as "changedBy",
  checked_revision as "checkedRevision", checked_faults as "checkedFaults"`;

export function draftRow(tx: Tx, id: string): Promise<DraftRow | undefined> {
  return tx.maybe<DraftRow>(sql`select ${columns} from areas_drafts where version_id = ${id}`);
}
export function draftRows(tx: Tx): Promise<DraftRow[]> {
  return tx.rows<DraftRow>(sql`select ${columns} from areas_drafts d
    where exists (select 1 from areas_versions v where v.id = d.version_id and v.state = 'draft')
    order by changed_at desc, version_id limit 100`);
}

export async function insertDraft(tx: Tx, id: string): Promise<void> {
  await tx.run(sql`insert into areas_drafts (version_id, revision, done, changed_at, changed_by)
    values (${id}, 1, 0, ${new Date(tx.nowMs)}, ${tx.actor.name})`);
}

export async function markDraft(tx: Tx, draft: DraftRow, done: number): Promise<void> {
  await tx.run(sql`update areas_drafts set revision = revision + 1, done = ${done}, changed_at = ${new Date(tx.nowMs)},
    changed_by = ${tx.actor.name} where version_id = ${draft.id}`);
}
export async function markChecked(tx: Tx, draft: DraftRow, faults: number): Promise<void> {
  await tx.run(sql`update areas_drafts set checked_revision = ${draft.revision}, checked_faults = ${faults}
    where version_id = ${draft.id}`);
}

type StepRow = AreaDraft['steps'][number] & { readonly draftId: string };

export function stepsOf(tx: Tx, ids: readonly string[]): Promise<StepRow[]> {
  return tx.rows<StepRow>(sql`select s.version_id as "draftId", s.seq, s.kind, s.names, s.made_by as "madeBy",
      round(extract(epoch from s.made_at) * 1000)::float8 as "madeAtMs", s.seq <= d.done as done
    from areas_draft_steps s join areas_drafts d using (version_id)
    where s.version_id = any(${ids}::uuid[]) order by s.seq`);
}

/** A new step after those in effect; what was taken back before it is gone for good. */
export async function insertStep(
  tx: Tx,
  draft: DraftRow,
  step: { readonly kind: string; readonly names: readonly string[]; readonly patch: TownPatch },
): Promise<void> {
  await tx.run(sql`delete from areas_draft_steps where version_id = ${draft.id} and seq > ${draft.done}`);
  await tx.run(sql`insert into areas_draft_steps (version_id, seq, kind, names, patch, made_at, made_by)
    values (${draft.id}, ${draft.done + 1}, ${step.kind}, ${[...step.names]}::text[], ${JSON.stringify(step.patch)}::jsonb,
      ${new Date(tx.nowMs)}, ${tx.actor.name})`);
}

export async function patchOf(tx: Tx, id: string, seq: number): Promise<TownPatch | undefined> {
  const row = await tx.maybe<{ patch: TownPatch }>(
    sql`select patch from areas_draft_steps where version_id = ${id} and seq = ${seq}`,
  );
  return row?.patch;
}

/** Codes of all areas that ever were in force. */
export async function usedCodes(tx: Tx): Promise<UsedCodes> {
  const rows = await tx.rows<{ level: 'grid'; code: string }>(sql`select level, code from areas_areas`);
  return new Set(rows.map(({ level, code }) => usedCode(level, code)));
}
