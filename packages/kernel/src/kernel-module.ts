/** What the kernel itself brings to every platform: the audit trail, upkeep of files and outbox. */
import { auditHandlers } from './audit/routes.ts';
import * as contract from './contract.ts';
import { sweepFiles } from './files/sweep.ts';
import { beginUpload, finishUpload, sweepUploads } from './files/uploads.ts';
import { handle } from './http/handle.ts';
import { pruneOutbox } from './live/prune-outbox.ts';
import { defineModule, type Module } from './module.ts';

/** Comes before every other module; its migrations are the kernel's own. */
export const kernelModule: Module = defineModule({
  name: 'kernel',
  permissions: { 'audit.read': { by: ['audit-admin', 'security-admin'] } },
  routes: [
    handle(contract.health, async ({ rt }) => {
      await rt.pool.query('select 1');
      return { ok: true, version: rt.config.version };
    }),
    handle(contract.beginUpload, (c) => beginUpload(c.rt, c.actor, c.body)),
    handle(contract.finishUpload, (c) => finishUpload(c.rt, c.actor, c.params.id)),
    ...auditHandlers,
  ],
  jobs: {
    'kernel.sweep-files': async (rt) => {
      await sweepUploads(rt);
      await sweepFiles(rt);
    },
    'kernel.prune-outbox': async (rt) => {
      await pruneOutbox(rt);
    },
  },
  // At night in China.
  cron: { 'kernel.sweep-files': '23 19 * * *', 'kernel.prune-outbox': '41 * * * *' },
});
