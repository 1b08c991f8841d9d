/** Copies: made by the job, checked by anybody, and none of it without right, purpose and audit. */
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId } from '@wangge/contract-kit';
import type { IncidentTown } from '@wangge/incidents/testkit';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { announceNode } from '../src/media/nodes.ts';
import { askExport, exportsPage, takeExport } from '../src/record/actions/exports.ts';
import { playCameraBack } from '../src/record/actions/play-camera.ts';
import { verifyEvidence } from '../src/record/evidence.ts';
import { loadEvidenceKey } from '../src/record/export/evidence-key.ts';
import { expire, makeExport } from '../src/record/export/make-export.ts';
import { exportPath, segmentPath } from '../src/record/places.ts';
import { startRecorder } from '../src/record/recorder.ts';
import { findExport } from '../src/record/store/exports.ts';
import { askForCamera } from '../src/watch/ask-approval.ts';
import { takeTicket } from '../src/watch/tickets.ts';
import { makeClip, run, ScriptedHubs } from './frames.ts';
import { layCamera, openVideoTown } from './record-town.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });
const startMs = Date.UTC(2026, 10, 2, 1);
const folder = mkdtempSync(join(tmpdir(), 'wangge-export-'));

let town: IncidentTown;
let cameraId: string;
let restrictedId: string;
beforeAll(async () => {
  town = await openVideoTown(['dispatcher', 'leader', 'member']);
  cameraId = await layCamera(town);
  restrictedId = await layCamera(town, { class: 'restricted' });
  const hubs = new ScriptedHubs(makeClip(10, { sound: true, size: '640x360' }));
  const recorder = await startRecorder(town.rt, hubs, { shard: 0, shards: 1, segmentMs: 4000, pollMs: 3_600_000 });
  hubs.play(startMs);
  await recorder.close();
  town.clock.set(startMs + 60_000);
});
afterAll(async () => {
  await town.close();
  rmSync(folder, { recursive: true });
});

const why = { purpose: 'evidence', reason: '固定证据：河边垃圾' } as const;
const ask = (more: { key?: string; cameraId?: string; as?: string; toMs?: number; approvalId?: string } = {}) => {
  const { as = 'dispatcher', ...rest } = more;
  const asked = { key: newId(), cameraId, fromMs: startMs + 2500, toMs: startMs + 7000, ...why, ...rest };
  return town.rt.tx(town.as(as), (tx) => askExport(tx, asked));
};
const stateOf = (id: string) => town.rt.system('test', (tx) => findExport(tx, id));
const audits = async (action: string) =>
  (
    await town.owner.query<{ details: Record<string, unknown>; purpose: string }>(
      'select details, purpose from kernel_audit where action = $1 order by seq',
      [action],
    )
  ).rows;

describe('a copy', () => {
  it('has its watermark, and is found whole; altered in any part it is not', async () => {
    const { id } = await ask();
    await makeExport(town.rt, { exportId: id });
    const ready = await stateOf(id);
    expect([ready.state, ready.error, ready.percent]).toEqual(['ready', null, null]);
    const path = exportPath(town.dataDir, id);
    const key = loadEvidenceKey(town.dataDir).publicKeyPem;
    const verdict = await verifyEvidence(path, key);
    expect(verdict.findings).toEqual([]);
    expect(verdict).toMatchObject({ ok: true, keyKnown: true });
    expect(verdict.manifest).toMatchObject({
      reason: why.reason,
      by: { name: 'dispatcher', unit: town.root.name },
      clip: { shows: { from: new Date(startMs + 2500).toISOString(), to: new Date(startMs + 7000).toISOString() } },
    });
    expect(verdict.manifest?.segments.length).toBe(2);
    run('unzip', ['-q', '-d', join(folder, 'out'), path]);
    const clip = join(folder, 'out', 'clip.mp4');
    run('ffmpeg', ['-v', 'error', '-xerror', '-nostdin', '-i', clip, '-f', 'null', '-']);
    const seconds = run('ffprobe', ['-v', 'error', '-show_entries', 'format=duration', '-of', 'csv=p=0', clip]);
    expect(Number(seconds.toString())).toBeCloseTo(4.5, 0);

    const bytes = readFileSync(path);
    const altered = async (change: (copy: Buffer) => void, pem = key): Promise<string[]> => {
      const copy = Buffer.from(bytes);
      change(copy);
      const file = join(folder, 'altered.zip');
      writeFileSync(file, copy);
      const found = await verifyEvidence(file, pem);
      expect(found.ok).toBe(false);
      return [...found.findings];
    };
    const at = (text: string): number => bytes.indexOf(Buffer.from(text));
    expect(await altered((copy) => void (copy[5000] = (copy[5000] ?? 0) ^ 1))).toEqual([
      'clip.mp4 was altered: its sum does not fit',
    ]);
    expect(await altered((copy) => void copy.write('路', at('河边'), 'utf8'))).toEqual([
      'the manifest was altered: its signature does not fit',
    ]);
    const other = generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }).toString();
    expect((await altered(() => undefined, other))[0]).toMatch(/^signed with another key/);
    const cut = join(folder, 'cut.zip');
    writeFileSync(cut, bytes.subarray(0, bytes.length - 500));
    expect((await verifyEvidence(cut)).ok).toBe(false);
  });

  it('is made once for a key, is its owner’s alone, is audited, and goes after seven days', async () => {
    const key = newId();
    const [one, two] = [await ask({ key }), await ask({ key })];
    expect(two).toEqual(one);
    await expect(ask({ key, toMs: startMs + 8000 })).rejects.toMatchObject({ code: 'key-reused' });
    await expect(ask({ as: 'member' })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(ask({ toMs: startMs + 5 * 3_600_000 })).rejects.toMatchObject({ code: 'guard-failed' });
    const take = (as: string) => town.rt.tx(town.as(as), (tx) => takeExport(tx, one.id));
    await expect(take('dispatcher')).rejects.toMatchObject({ details: { guard: 'not-ready' } });
    await makeExport(town.rt, { exportId: one.id });
    const { stream, bytes } = await take('dispatcher');
    stream.destroy();
    expect(bytes).toBe((await stateOf(one.id)).bytes);
    await expect(take('leader')).rejects.toMatchObject({ code: 'not-found' });
    const page = await town.rt.tx(town.as('leader'), (tx) => exportsPage(tx, { limit: 10 }));
    expect(page.items).toEqual([]);
    expect((await audits('video.export')).at(-1)).toMatchObject({
      purpose: 'evidence',
      details: { camera: '河边', fromMs: startMs + 2500, reason: why.reason },
    });
    expect((await audits('video.export-download')).length).toBe(1);
    town.clock.advance(8 * 86_400_000);
    await expire(town.rt);
    expect((await stateOf(one.id)).state).toBe('expired');
    await expect(take('dispatcher')).rejects.toMatchObject({ code: 'gone' });
    town.clock.set(startMs + 60_000);
  });

  it('is refused where a recording is not what was written', async () => {
    const path = segmentPath(town.dataDir, cameraId, startMs + 4000);
    const before = readFileSync(path);
    const after = Buffer.from(before);
    after[after.length - 200] = (after[after.length - 200] ?? 0) ^ 1;
    writeFileSync(path, after);
    const { id } = await ask();
    await makeExport(town.rt, { exportId: id });
    expect(await stateOf(id)).toMatchObject({
      state: 'failed',
      error: { zh: expect.stringContaining('校验值') as string },
    });
    writeFileSync(path, before);
  });
});

describe('looking back', () => {
  const play = (more: Partial<Parameters<typeof playCameraBack>[2]> = {}, as = 'dispatcher', id = cameraId) =>
    town.rt.tx(town.as(as), (tx) =>
      playCameraBack(tx, id, { ...why, fromMs: startMs, toMs: startMs + 10_000, ...more }),
    );

  it('needs a worker, a right and a moment that has been; its ticket says what may be seen', async () => {
    await expect(play()).rejects.toMatchObject({ code: 'unavailable' });
    await announceNode(town.rt, 'media', {
      shard: 0,
      shards: 1,
      publicUrl: 'wss://town.example',
      innerUrl: 'http://127.0.0.1:1',
      facts: {},
    });
    const ticket = await play();
    expect(ticket.wsUrl).toBe('wss://town.example/video/ws');
    const taken = await takeTicket(town.rt, ticket.ticket);
    expect(taken).toMatchObject({ kind: 'playback', cameraId, fromMs: startMs, toMs: startMs + 10_000 });
    expect(await takeTicket(town.rt, ticket.ticket)).toBeNull();
    const again = await play({ continues: ticket.viewId });
    expect(again.viewId).toBe(ticket.viewId);
    const foreign = await play({ continues: ticket.viewId }, 'leader');
    expect(foreign.viewId).not.toBe(ticket.viewId);
    const wider = await play({ continues: ticket.viewId, toMs: startMs + 20_000 });
    expect(wider.viewId).not.toBe(ticket.viewId);
    await expect(play({}, 'member')).rejects.toMatchObject({ code: 'forbidden' });
    await expect(play({}, 'neighbour')).rejects.toMatchObject({ code: 'not-found' });
    await expect(play({ fromMs: startMs + 3_600_000, toMs: startMs + 3_700_000 })).rejects.toMatchObject({
      code: 'invalid-field',
    });
    expect((await audits('video.playback')).length).toBe(3);
  });

  it('at a restricted camera needs a second person’s word', async () => {
    const missing = { code: 'guard-failed', details: { guard: 'approval-missing' } };
    await expect(play({}, 'dispatcher', restrictedId)).rejects.toMatchObject(missing);
    await expect(play({ approvalId: newId() }, 'dispatcher', restrictedId)).rejects.toMatchObject(missing);
    const wanted = { fromMs: startMs, toMs: startMs + 10_000, purpose: 'search', reason: '找走失老人' } as const;
    const approved = async (kind: 'video.playback' | 'video.export'): Promise<string> => {
      const wish = { key: newId(), kind, ...wanted };
      const { approvalId } = await town.rt.tx(town.as('dispatcher'), (tx) => askForCamera(tx, restrictedId, wish));
      await town.owner.query(
        `update approvals_requests set state = 'approved', decided_by = $2, decided_by_name = '领导', decided_at = now()
         where id = $1`,
        [approvalId, town.as('leader').id],
      );
      return approvalId;
    };
    const approvalId = await approved('video.playback');
    const wider = { approvalId, toMs: startMs + 20_000 };
    await expect(play(wider, 'dispatcher', restrictedId)).rejects.toMatchObject(missing);
    await play({ approvalId }, 'dispatcher', restrictedId);
    // Looking is not taking a copy, and somebody else's request is nobody's but theirs.
    await expect(ask({ cameraId: restrictedId, approvalId })).rejects.toMatchObject(missing);
    await expect(play({ approvalId }, 'leader', restrictedId)).rejects.toMatchObject(missing);
    await ask({ cameraId: restrictedId, approvalId: await approved('video.export') });
    await expect(ask({ cameraId: restrictedId })).rejects.toMatchObject(missing);
  });
});
