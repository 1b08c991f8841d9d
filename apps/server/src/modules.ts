/** The modules of this server, in call order: each may call only those before it. */
import { approvals } from '@wangge/approvals';
import { areas } from '@wangge/areas';
import { dispatch } from '@wangge/dispatch';
import { incidents } from '@wangge/incidents';
import { integrations } from '@wangge/integrations';
import type { Module } from '@wangge/kernel';
import { notify } from '@wangge/notify';
import { patrols } from '@wangge/patrols';
import { portal } from '@wangge/portal';
import { staff } from '@wangge/staff';
import { video } from '@wangge/video';

export const modules: readonly Module[] = [
  areas,
  staff,
  approvals,
  notify,
  incidents,
  dispatch,
  patrols,
  video,
  portal,
  integrations,
];
