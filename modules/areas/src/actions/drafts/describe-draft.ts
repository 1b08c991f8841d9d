import type { Tx } from '@wangge/kernel';
import type { AreaDraft } from '../../contract.ts';
import { type DraftRow, draftRow, draftRows, stepsOf } from '../../store/drafts.ts';
import { publishedVersion, versionById, type VersionRow } from '../../store/versions.ts';
import { AppError } from '@wangge/contract-kit';

/** A draft as the contract shows it. @throws AppError `not-found` also for a draft that was imported */
export async function describeDraft(tx: Tx, id: string): Promise<AreaDraft> {
  const version = await versionById(tx, id);
  const draft = await draftRow(tx, id);
  if (!draft) throw new AppError('not-found');
  const [described] = await describeAll(tx, [draft], [version]);
  if (!described) throw new AppError('not-found');
  return described;
}

export async function describeDrafts(tx: Tx): Promise<{ drafts: AreaDraft[] }> {
  const drafts = await draftRows(tx);
  const versions: VersionRow[] = [];
  for (const { id } of drafts) versions.push(await versionById(tx, id));
  return { drafts: await describeAll(tx, drafts, versions) };
}

async function describeAll(tx: Tx, drafts: readonly DraftRow[], versions: readonly VersionRow[]): Promise<AreaDraft[]> {
  const publishedId = (await publishedVersion(tx))?.id ?? null;
  const steps = Map.groupBy(
    await stepsOf(
      tx,
      drafts.map(({ id }) => id),
    ),
    (step) => step.draftId,
  );
  return drafts.flatMap((draft) => {
    const version = versions.find(({ id }) => id === draft.id);
    if (!version) return [];
    return [
      {
        id: draft.id,
        note: version.note,
        revision: draft.revision,
        createdAtMs: version.createdAt.getTime(),
        changedAtMs: draft.changedAt.getTime(),
        changedBy: draft.changedBy,
        effectiveAtMs: version.effectiveAt?.getTime() ?? null,
        stale: version.state === 'draft' && version.baseId !== publishedId,
        steps: (steps.get(draft.id) ?? []).map(({ draftId: _draft, ...step }) => step),
        checked:
          draft.checkedFaults === null
            ? null
            : { faults: draft.checkedFaults, current: draft.checkedRevision === draft.revision },
      },
    ];
  });
}
