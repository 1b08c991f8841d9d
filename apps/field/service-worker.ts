import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { transformWithOxc, type Plugin } from 'vite';

const source = new URL('./src/sw/worker.ts', import.meta.url);
/** Shared with the console, whose worker does nothing else. */
const pushSource = new URL('../../packages/ui/src/push/push-worker.ts', import.meta.url);
/** What makes a file a module for the type checker. */
const moduleMark = /^export\s*\{\s*\};?\s*$/m;

/** Writes `sw.js` beside the built page: the worker, and before it the list of everything that was built. */
export function serviceWorker(): Plugin {
  let folder = '';
  let base = '/';
  return {
    name: 'wangge-service-worker',
    apply: 'build',
    configResolved(config) {
      folder = join(config.root, config.build.outDir);
      ({ base } = config);
    },
    async closeBundle() {
      const files = filesUnder(folder).filter((file) => !/(^|\/)(sw\.js|\.sources)$|\.br$|\.map$/.test(file));
      const hash = createHash('sha256');
      for (const file of files)
        hash
          .update(file)
          .update('\0')
          .update(readFileSync(join(folder, file)));
      const script = async (from: URL, name: string): Promise<string> => {
        const { code } = await transformWithOxc(readFileSync(from, 'utf8'), name);
        // A block of its own: names of one do not meet those of the other.
        return `{\n${code.replace(moduleMark, '')}}\n`;
      };
      const code = (await script(source, 'worker.ts')) + (await script(pushSource, 'push-worker.ts'));
      const head = [
        `const buildFiles = ${JSON.stringify(files.map((file) => base + file))};`,
        `const buildName = ${JSON.stringify(hash.update(code).digest('hex').slice(0, 16))};`,
      ];
      // It is no module: those came to some browsers' workers only lately.
      writeFileSync(join(folder, 'sw.js'), `${head.join('\n')}\n${code}`);
    },
  };
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .toSorted();
}
