/** What must move together with borders: run in the publishing transaction, as the platform itself. */
import { defineHook } from '@wangge/kernel';
import type { Moving } from './contract.ts';
import type { AreaIndex } from './rules/area-index.ts';

/** A version comes into force: responsible areas and paths follow, in the same transaction. */
export const areasPublishing = defineHook<{
  readonly versionId: string;
  /** The new areas; `areaIndex(rt)` still answers with the old ones. */
  readonly index: AreaIndex;
  readonly effectiveAtMs: number;
}>('areas.publishing');

/** What would move: listeners add to `answer`, and change nothing. */
export const previewPublishing = defineHook<{
  readonly index: AreaIndex;
  readonly answer: { movingIncidents: number } & Pick<Moving, 'incidents' | 'posts' | 'unstaffed'>;
}>('areas.preview-publishing');
