import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformWithOxc, type Plugin } from 'vite';

/** Shared with the phone page, whose worker has it built in. */
const source = new URL('../../packages/ui/src/push/push-worker.ts', import.meta.url);

/** Writes `push.js` beside the built page: a worker that shows what is pushed and does nothing else. */
export function pushWorker(): Plugin {
  let folder = '';
  return {
    name: 'wangge-push-worker',
    apply: 'build',
    configResolved(config) {
      folder = join(config.root, config.build.outDir);
    },
    async closeBundle() {
      const { code } = await transformWithOxc(readFileSync(source, 'utf8'), 'push-worker.ts');
      // It is no module: those came to some browsers' workers only lately.
      writeFileSync(join(folder, 'push.js'), code.replace(/^export\s*\{\s*\};?\s*$/m, ''));
    },
  };
}
