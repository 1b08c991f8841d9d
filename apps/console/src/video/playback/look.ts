import type { ViewPurpose } from '@wangge/video/contract';

/** One look back: whose word covers it, and what part of the day it may show. */
export interface Look {
  readonly purpose: ViewPurpose;
  readonly reason: string;
  readonly fromMs: number;
  readonly toMs: number;
  /** Approved requests by camera, where one is needed. */
  readonly approvals: ReadonlyMap<string, string>;
}
