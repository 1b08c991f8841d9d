import type { RouteOutput } from '@wangge/contract-kit';
import { type Actor, type Runtime, sql } from '@wangge/kernel';
import { AppError } from '@wangge/contract-kit';
import type { checkDraft as route } from '../../contract.ts';
import { checkLevels, countFaults } from '../../rules/check-levels.ts';
import { draftRow, markChecked } from '../../store/drafts.ts';
import { versionById } from '../../store/versions.ts';
import { asPlatform } from '../as-platform.ts';
import { describeDraft } from './describe-draft.ts';
import { townOfVersion } from './open-draft.ts';

/** The check that publishing makes, and its result beside the draft. @throws AppError `not-found` */
export async function checkDraft(rt: Runtime, actor: Actor, id: string): Promise<RouteOutput<typeof route>> {
  rt.authorise(actor, 'areas.edit', {});
  return rt.tx(asPlatform(actor), async (tx) => {
    await versionById(tx, id, 'lock');
    const draft = await draftRow(tx, id);
    if (!draft) throw new AppError('not-found');
    const findings = checkLevels(await townOfVersion(tx, id));
    await markChecked(tx, draft, findings.length);
    await tx.run(
      sql`update areas_versions set faults = ${JSON.stringify(countFaults(findings))}::jsonb where id = ${id}`,
    );
    return { draft: await describeDraft(tx, id), findings: findings.slice(0, 2000) };
  });
}
