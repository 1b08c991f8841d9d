import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { diskError, localStore } from '../../src/files/local-store.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'wangge-store-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

async function listed(keys: AsyncIterable<string>): Promise<string[]> {
  const all: string[] = [];
  for await (const key of keys) all.push(key);
  return all.toSorted();
}

describe('the local store', () => {
  it('keeps, gives back, replaces and removes', async () => {
    const store = localStore(root);
    await store.put('ab/cd/one.jpg', Buffer.from('first'));
    await store.put('ab/cd/one.jpg', Buffer.from('second'));
    const found = await store.open('ab/cd/one.jpg');
    expect([found?.sizeBytes, found && (await text(found.stream))]).toEqual([6, 'second']);
    await store.remove('ab/cd/one.jpg');
    await store.remove('ab/cd/one.jpg');
    expect(await store.open('ab/cd/one.jpg')).toBeNull();
  });

  it.each(['../x', '/etc/passwd', 'a//b', 'a/../b', '.drafts/x', 'A', ''])('refuses the key %j', async (key) => {
    await expect(localStore(root).put(key, Buffer.from('x'))).rejects.toThrow(/not a key/);
  });

  it('lists what is old, and clears what writers left half-written', async () => {
    const store = localStore(root);
    await store.put('ab/old.jpg', Buffer.from('x'));
    await store.put('ab/new.jpg', Buffer.from('x'));
    mkdirSync(join(root, '.drafts'), { recursive: true });
    writeFileSync(join(root, '.drafts/left'), 'half');
    const yesterday = new Date(Date.now() - 86_400_000);
    for (const name of ['ab/old.jpg', '.drafts/left']) utimesSync(join(root, name), yesterday, yesterday);
    const hourAgo = Date.now() - 3600_000;
    expect(await listed(store.keysOlderThan(hourAgo))).toEqual(['ab/old.jpg']);
    await store.removeHalfWritten(hourAgo);
    expect(readdirSync(join(root, '.drafts'))).toEqual([]);
  });

  it('says disk-full on a full disk and leaves nothing behind', async (context) => {
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', root], { stdio: 'ignore' });
    if (mounted.status !== 0) return context.skip('mounting a small disk needs more rights than this user has');
    try {
      const store = localStore(root);
      await expect(store.put('ab/big.jpg', Buffer.alloc(1 << 20))).rejects.toMatchObject({ code: 'disk-full' });
      expect(readdirSync(join(root, '.drafts'))).toEqual([]);
      expect(await store.open('ab/big.jpg')).toBeNull();
    } finally {
      spawnSync('umount', [root]);
    }
  });

  it.each(['ENOSPC', 'EDQUOT', 'EFBIG'])('takes %s for a full disk', (code) => {
    expect(diskError(Object.assign(new Error('x'), { code }))).toMatchObject({ code: 'disk-full' });
  });
});
