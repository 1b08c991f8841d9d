/** The command line, `npx wangge`. Each command loads what it needs when it runs. */
import { Command } from 'commander';
import { addAreaCommands } from './commands/declare-areas.ts';
import type { EvidenceOptions } from './commands/evidence.ts';
import type { ImportOptions } from './commands/incidents.ts';
import type { TownOptions } from './commands/open-town.ts';
import type { AddUserOptions } from './commands/user.ts';
import type { VideoVerifyOptions } from './commands/video.ts';
import { addStartCommand } from './commands/declare-start.ts';
import { complain, outliveTerminal } from './terminal.ts';
import { version } from './version.ts';

outliveTerminal();
const program = new Command('wangge')
  .description('网格 Wangge: grid governance of a town, self-hosted')
  .version(version)
  .showHelpAfterError();

/** A command that works on a town's database, whether a server runs or not. */
function onTown(command: Command): Command {
  return command
    .option('--data <folder>', 'data folder, also WANGGE_DATA (default ./data)')
    .option('--database-url <url>', 'database of the town, better as DATABASE_URL');
}

addStartCommand(program);
addAreaCommands(program.command('areas').description('check and import areas'), onTown);

const incidents = program.command('incidents').description('import incidents');
onTown(incidents.command('import <file>'))
  .description('import requests of another system from a CSV file; twice adds nothing')
  .requiredOption('--map <file>', 'which column means what (JSON), see docs/examples')
  .option('--skip-bad', 'leave bad rows out instead of refusing the whole file')
  .action(async (file: string, options: ImportOptions) => {
    await (await import('./commands/incidents.ts')).importIncidentsCommand(file, options);
  });

const user = program.command('user').description('accounts: the first administrator, and a way back in');
onTown(user.command('add <login>'))
  .description('make an account with one post; its first password is shown once')
  .requiredOption('--role <role>', 'post: system-admin, dispatcher, grid-member …')
  .option('--name <name>', 'name shown to others')
  .option('--area <code>', 'code of the area of the post (default: the town)')
  .option('--department <code>', 'code of the department, for department handlers')
  .action(async (login: string, options: AddUserOptions) => {
    await (await import('./commands/user.ts')).addUserCommand(login, options);
  });
onTown(user.command('reset <login>'))
  .description('new password, second factor and lock removed, sessions ended')
  .action(async (login: string, options: TownOptions) => {
    await (await import('./commands/user.ts')).resetUserCommand(login, options);
  });

const audit = program.command('audit').description('the audit trail');
onTown(audit.command('verify'))
  .description('find alterations, gaps and a cut tail; exit code 1 when there are any')
  .option('--json', 'the whole verdict as JSON')
  .action(async (options: TownOptions & { json?: boolean }) => {
    await (await import('./commands/audit.ts')).auditVerifyCommand(options);
  });

program
  .command('evidence')
  .description('copies of recordings')
  .command('verify <file>')
  .description('check signature, clip and segments of a copy; exit code 1 when anything was altered')
  .option('--key <file>', 'public key of the installation, as /api/video/evidence-key tells it (PEM)')
  .option('--json', 'the whole verdict as JSON')
  .action(async (file: string, options: EvidenceOptions) => {
    await (await import('./commands/evidence.ts')).evidenceVerifyCommand(file, options);
  });

const video = program.command('video').description('recordings');
onTown(video.command('verify'))
  .description('find recordings that are altered or missing; exit code 1 when there are any')
  .option('--camera <id>', 'only this camera')
  .option('--no-files', 'only the rows and their chain, without reading the files')
  .action(async (options: VideoVerifyOptions) => {
    await (await import('./commands/video.ts')).videoVerifyCommand(options);
  });

onTown(program.command('backup <dir>'))
  .description('write a backup into a new folder, also while a server runs')
  .action(async (dir: string, options: TownOptions) => {
    await (await import('./commands/backup.ts')).backupCommand(dir, options);
  });
onTown(program.command('restore <dir>'))
  .description('restore a backup into a new data folder or an empty database')
  .action(async (dir: string, options: TownOptions) => {
    await (await import('./commands/backup.ts')).restoreCommand(dir, options);
  });

try {
  await program.parseAsync();
} catch (error) {
  const { explain } = await import('./commands/explain.ts');
  complain(explain(error));
  process.exitCode = 1;
}
