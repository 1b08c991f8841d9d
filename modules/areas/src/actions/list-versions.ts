import type { RouteOutput } from '@wangge/contract-kit';
import type { Tx } from '@wangge/kernel';
import type { listVersions } from '../contract.ts';
import { newestVersions, versionOf } from '../store/versions.ts';

export async function readVersions(tx: Tx): Promise<RouteOutput<typeof listVersions>> {
  return { items: (await newestVersions(tx)).map(versionOf), nextCursor: null };
}
