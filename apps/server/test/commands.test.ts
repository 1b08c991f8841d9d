import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wangge } from './support/run-command.ts';
import { type Tree, startTree } from './support/tree.ts';

const slow = 120_000;
let home: string;
let tree: Tree;
const dataDir = () => join(home, 'data');

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'wangge-cli-'));
  chmodSync(home, 0o777);
  // The demo: there must be a town for an account to have a post in.
  tree = startTree({ dataDir: dataDir(), args: [] });
  await tree.ready();
}, slow);
afterAll(async () => {
  tree.process.kill('SIGTERM');
  await tree.ended;
  rmSync(home, { recursive: true, force: true });
}, slow);

describe('the command line', () => {
  it.each([
    ['start'],
    ['areas', 'check'],
    ['areas', 'import'],
    ['incidents', 'import'],
    ['user', 'add'],
    ['user', 'reset'],
    ['audit', 'verify'],
    ['backup'],
    ['restore'],
  ])('explains %s %s', async (...words) => {
    const { code, out } = await wangge(...words, '--help');
    expect(code).toBe(0);
    expect(out).toContain(`Usage: wangge ${words.join(' ')}`);
  });

  it(
    'works on a town while its server runs: accounts, audit, backup',
    async () => {
      const made = await wangge('user', 'add', 'boss', '--role', 'system-admin', '--data', dataDir());
      expect(made).toMatchObject({ code: 0, err: '' });
      const password = /First password: (\S+)/.exec(made.out)?.[1] ?? '';
      expect(password.length).toBeGreaterThan(12);

      const twice = await wangge('user', 'add', 'boss', '--role', 'system-admin', '--data', dataDir());
      expect(twice.code).toBe(1);
      expect(twice.err).toMatch(/^It exists already\. \(login\)\n$/);
      const role = await wangge('user', 'add', 'x', '--role', 'king', '--data', dataDir());
      expect(role.err).toMatch(/^--role: one of .*dispatcher/);
      const unknown = await wangge('user', 'reset', 'nobody-here', '--data', dataDir());
      expect(unknown).toMatchObject({ code: 1, out: '' });

      const audit = await wangge('audit', 'verify', '--data', dataDir(), '--json');
      expect(JSON.parse(audit.out)).toMatchObject({ ok: true, findings: [] });
      const into = await wangge('restore', join(home, 'backup'), '--data', dataDir());
      expect(into.err).toMatch(/^A server runs on .*: stop it first/);
      const saved = await wangge('backup', join(home, 'backup'), '--data', dataDir());
      expect(saved).toMatchObject({ code: 0, err: '' });
      expect(existsSync(join(home, 'backup/manifest.json'))).toBe(true);
    },
    slow,
  );

  it(
    'restores into a new folder, where the commands work without a server',
    async () => {
      const other = join(home, 'restored');
      const restored = await wangge('restore', join(home, 'backup'), '--data', other);
      expect(restored.code).toBe(0);
      const again = await wangge('restore', join(home, 'backup'), '--data', other);
      expect(again.code).toBe(1);
      expect(again.err).toMatch(/not empty/);
      const reset = await wangge('user', 'reset', 'boss', '--data', other);
      expect(reset.out).toMatch(/New password: \S+/);
      expect((await wangge('audit', 'verify', '--data', other)).out).toContain('The trail is whole.');
    },
    slow,
  );

  it(
    'says in one line what it lacks',
    async () => {
      const nowhere = await wangge('audit', 'verify', '--data', join(home, 'nowhere'));
      expect(nowhere).toMatchObject({ code: 1, out: '' });
      expect(nowhere.err).toMatch(/^There is no town in .*\n$/);
      expect(existsSync(join(home, 'nowhere'))).toBe(false);
      writeFileSync(join(home, 'map.json'), '{');
      const map = await wangge('incidents', 'import', 'x.csv', '--map', join(home, 'map.json'), '--data', dataDir());
      expect(map.code).toBe(1);
      expect(map.err.split('\n')).toHaveLength(2);

      const meaning = {
        key: 'id',
        created: 'at',
        zone: 'UTC',
        category: { column: 'what', map: {} },
        description: '{id}',
      };
      writeFileSync(join(home, 'map.json'), JSON.stringify(meaning));
      writeFileSync(join(home, 'rows.csv'), 'id,at,what\n1,yesterday,lamp\n2,2026-01-02,dragon\n');
      const [file, means] = [join(home, 'rows.csv'), join(home, 'map.json')];
      const rows = await wangge('incidents', 'import', file, '--map', means, '--data', dataDir());
      expect(rows.code).toBe(1);
      expect(rows.err).toContain('line 2 has no time of creation that could be read: yesterday\n');
      expect(rows.err).toContain('line 3 has a category that the map does not lead to one of the town: dragon\n');
      expect(rows.err).toContain('Nothing was imported: mend 2 rows');
    },
    slow,
  );

  it(
    'keeps the demo and a town of one’s own apart',
    async () => {
      const restored = join(home, 'restored');
      const empty = startTree({ dataDir: restored, args: ['--empty'] });
      expect(await empty.ended).toBe(1);
      expect(empty.said()).toContain('holds the demo town');
      const open = startTree({ dataDir: restored, args: ['--demo-public', '--host', '127.0.0.1'] });
      expect(await open.ended).toBe(1);
      expect(open.said()).toContain('passwords are public');
    },
    slow,
  );
});
