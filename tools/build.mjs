// npm run build: makes the front ends' files in apps/*/dist. `--force` builds even what is up to date.
import { buildFrontEnds } from './lib/front-ends.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { checkMachine } from './lib/project.mjs';

checkMachine();
await ensureInstalled();
process.exitCode = (await buildFrontEnds({ force: process.argv.includes('--force') })) ? 0 : 1;
