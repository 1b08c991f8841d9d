import { AppError, newId } from '@wangge/contract-kit';
import type { Tx } from '@wangge/kernel';
import type { AreaLevel, AreaVersion } from '../contract.ts';
import { checkLevels, countFaults, type Finding } from '../rules/check-levels.ts';
import { emptyTown, type TownShapes } from '../rules/entry.ts';
import { ImportProblem } from '../rules/import-problem.ts';
import type { ImportedArea } from '../rules/imported-area.ts';
import { planImport } from '../rules/plan-import.ts';
import { isFaulty } from '../rules/publish-rule.ts';
import { endedAreas } from '../store/areas.ts';
import { entriesOf } from '../store/entries.ts';
import { shapesOf } from '../store/shapes.ts';
import {
  currentVersion,
  lockAreas,
  publishedVersion,
  versionById,
  versionOf,
  type VersionRow,
} from '../store/versions.ts';
import { publishInTx } from './publish-version.ts';
import { newVersion, type NewVersion, sameVersion, storeVersion } from './store-version.ts';
import { takeEffect } from './take-effect.ts';

export interface RowsImport {
  readonly level: AreaLevel;
  readonly rows: readonly ImportedArea[];
  readonly note: string;
  readonly names: { readonly county: string; readonly town: string };
  /** Load as a reference layer what may not be published. */
  readonly acceptFaults: boolean;
  /** Publish at once; refused with `tiling-faulty` where that may not be. */
  readonly publish: boolean;
  readonly ontoVersionId: string | null;
}

export interface ImportOutcome {
  readonly version: AreaVersion;
  readonly findings: readonly Finding[];
  readonly droppedCodes: readonly string[];
  /** This very content was there already: nothing was written. */
  readonly unchanged: boolean;
}

/**
 * Replaces one level by imported rows, in a new version. Acts as the platform. Throws `row-invalid`
 * with the problem and the codes at fault.
 */
export async function importRows(tx: Tx, wanted: RowsImport): Promise<ImportOutcome> {
  // Also for drafts: two equal uploads at once must find each other.
  await lockAreas(tx);
  const base = await baseOf(tx, wanted.ontoVersionId);
  const plan = await planned(tx, base.town, wanted);
  const version = newVersion(plan.town);
  const findings = checkLevels(plan.town);
  const result = { findings, droppedCodes: plan.dropped };
  const faulty = isFaulty(countFaults(findings));

  if (faulty && wanted.acceptFaults) return { ...result, ...(await storeLayer(tx, version, wanted, base, findings)) };
  if (faulty && wanted.publish) throw new AppError('tiling-faulty', { details: { ...countFaults(findings) } });
  if (wanted.publish && base.published?.contentHash === version.contentHash) {
    return { ...result, version: versionOf(base.published), unchanged: true };
  }
  const same = await sameVersion(tx, version, base.id, 'draft');
  const draft = same ?? (await storeVersion(tx, version, { ...aboutOf(wanted, base, findings), state: 'draft' }));
  if (!same) audit(tx, draft, wanted);
  if (!wanted.publish) return { ...result, version: versionOf(draft), unchanged: same !== undefined };
  return { ...result, version: await publishInTx(tx, draft.id), unchanged: false };
}

interface Base {
  /** What is published: a draft made now may replace that and nothing else. */
  readonly id: string | null;
  readonly published: VersionRow | undefined;
  readonly town: TownShapes;
}

async function baseOf(tx: Tx, ontoVersionId: string | null): Promise<Base> {
  const published = await publishedVersion(tx);
  const from = ontoVersionId === null ? await currentVersion(tx) : await versionById(tx, ontoVersionId);
  if (ontoVersionId !== null && from?.state !== 'draft') {
    throw new AppError('invalid-field', { field: 'ontoVersionId', details: { problem: 'not a draft' } });
  }
  const town = from ? await shapesOf(tx, from.id, await entriesOf(tx, from.id)) : emptyTown;
  // A draft over a draft stays as old as that one: what was published since then still makes it stale.
  const id = ontoVersionId === null ? (published?.id ?? null) : (from?.baseId ?? null);
  return { id, published, town };
}

async function planned(tx: Tx, town: TownShapes, wanted: RowsImport): Promise<ReturnType<typeof planImport>> {
  const ended = await endedAreas(tx, wanted.level);
  try {
    return planImport(town, wanted.level, wanted.rows, { names: wanted.names, ended, newId });
  } catch (error) {
    if (!(error instanceof ImportProblem)) throw error;
    throw new AppError('row-invalid', { details: { problem: error.problem, codes: error.codes.slice(0, 50) } });
  }
}

/** A layer comes into use only where nothing was ever published: it must not take anybody's grids away. */
async function storeLayer(
  tx: Tx,
  version: NewVersion,
  wanted: RowsImport,
  base: Base,
  findings: readonly Finding[],
): Promise<Pick<ImportOutcome, 'version' | 'unchanged'>> {
  const same = await sameVersion(tx, version, base.id, 'layer');
  if (same) return { version: versionOf(same), unchanged: true };
  const layer = await storeVersion(tx, version, { ...aboutOf(wanted, base, findings), state: 'layer' });
  if (!base.published) await takeEffect(tx, { id: layer.id, state: 'layer', rows: version.rows }, version.town);
  audit(tx, layer, wanted);
  return { version: versionOf(await versionById(tx, layer.id)), unchanged: false };
}

function aboutOf(wanted: RowsImport, base: Base, findings: readonly Finding[]) {
  return { note: wanted.note, baseId: base.id, faults: countFaults(findings) };
}

function audit(tx: Tx, version: VersionRow, wanted: RowsImport): void {
  const details = { level: wanted.level, rows: wanted.rows.length, state: version.state };
  tx.audit({ action: 'areas.import', subject: { kind: 'area-version', id: version.id }, details });
}
