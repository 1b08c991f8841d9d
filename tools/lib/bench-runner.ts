/** Loads `bench/NAME.ts` and runs it. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** What every file of `bench/` exports as `bench`. */
export interface Benchmark {
  readonly name: string;
  /** One line for `--list`. */
  readonly about: string;
  /** Prints through `log` and answers figures by name; a key ends in its unit. */
  run(log: (line: string) => void): Promise<Record<string, number>>;
}

const folder = join(import.meta.dirname, '../../bench');

async function load(name: string): Promise<Benchmark> {
  const loaded = (await import(join(folder, `${name}.ts`))) as { bench?: Benchmark };
  if (!loaded.bench) throw new Error(`bench/${name}.ts exports no \`bench\``);
  return loaded.bench;
}

/** Files with a `bench`; what starts with an underscore helps others. */
function names(): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.startsWith('_'))
    .map((entry) => entry.name.slice(0, -3))
    .toSorted();
}

const [asked] = process.argv.slice(2);
if (asked === '--list' || asked === undefined) {
  for (const name of names()) console.log(`${name.padEnd(20)} ${(await load(name)).about}`);
  if (asked === undefined) {
    console.error('\nUsage: npm run bench -- NAME | --list');
    process.exitCode = 2;
  }
} else if (!/^[a-z0-9-]+$/.test(asked) || !existsSync(join(folder, `${asked}.ts`))) {
  console.error(`No benchmark "${asked}". There are: ${names().join(', ')}`);
  process.exitCode = 2;
} else {
  const bench = await load(asked);
  console.log(`${bench.name}: ${bench.about}`);
  const metrics = await bench.run((line) => console.log(line));
  // The last line of all; a benchmark that left something running must not hold it back.
  console.log(`BENCH ${JSON.stringify({ name: bench.name, metrics })}`);
  process.exit(0);
}
