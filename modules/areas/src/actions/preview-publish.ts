import type { RouteOutput } from '@wangge/contract-kit';
import { AppError } from '@wangge/contract-kit';
import { type Actor, runHook, type Runtime } from '@wangge/kernel';
import type { previewPublish } from '../contract.ts';
import { previewPublishing } from '../hooks.ts';
import { buildLevelIndexes, makeAreaIndex } from '../rules/area-index.ts';
import { compareVersions } from '../rules/compare-versions.ts';
import { comparedAreas, entriesOf, nodesOf } from '../store/entries.ts';
import { shapesOf } from '../store/shapes.ts';
import { currentVersion, versionById } from '../store/versions.ts';
import { areaIndex } from '../area-index.ts';
import { mostListed, movingFigures, movingSigns } from './moving-things.ts';
import { asPlatform } from './as-platform.ts';

/** What would change if this draft came into force now. Throws `not-found`, and `move-not-allowed` for no draft. */
export async function previewVersion(
  rt: Runtime,
  actor: Actor,
  id: string,
): Promise<RouteOutput<typeof previewPublish>> {
  rt.authorise(actor, 'areas.edit', {});
  return rt.tx(asPlatform(actor), async (tx) => {
    const version = await versionById(tx, id);
    if (version.state !== 'draft') throw new AppError('move-not-allowed', { details: { state: version.state } });
    const current = await currentVersion(tx);
    const differences = compareVersions(
      current ? await comparedAreas(tx, current.id) : [],
      await comparedAreas(tx, id),
    );
    const rows = await entriesOf(tx, id);
    const index = makeAreaIndex(id, nodesOf(rows), buildLevelIndexes(await shapesOf(tx, id, rows)));
    const answer = { movingIncidents: 0, incidents: [], posts: [], unstaffed: [] };
    await runHook(tx, previewPublishing, { index, answer });
    const { movingIncidents, incidents, posts, unstaffed } = answer;
    const moving = {
      incidents: incidents.slice(0, mostListed),
      posts: posts.slice(0, mostListed),
      unstaffed: unstaffed.slice(0, mostListed),
      signs: await movingSigns(tx, index),
      figures: movingFigures(areaIndex(tx.rt), index),
    };
    return { ...differences, movingIncidents, moving };
  });
}
