/** What the background map draws. */
import type { RouteOutput } from '@wangge/contract-kit';
import { sql, type Tx } from '@wangge/kernel';
import type { basemap } from '../contract.ts';

export type BasemapFeature = RouteOutput<typeof basemap>['features'][number];

export function basemapFeatures(tx: Tx): Promise<BasemapFeature[]> {
  return tx.rows<BasemapFeature>(sql`select kind, name, lines from areas_basemap order by seq`);
}

export async function hasBasemap(tx: Tx): Promise<boolean> {
  return (await tx.maybe(sql`select 1 as found from areas_basemap limit 1`)) !== undefined;
}

export async function replaceBasemap(tx: Tx, features: readonly BasemapFeature[]): Promise<void> {
  await tx.run(sql`delete from areas_basemap`);
  await tx.run(sql`insert into areas_basemap (seq, kind, name, lines)
    select f.ordinality, f.feature->>'kind', f.feature->>'name', f.feature->'lines'
    from jsonb_array_elements(${JSON.stringify(features)}::jsonb) with ordinality as f(feature, ordinality)`);
}
