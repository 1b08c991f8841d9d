/** The job that makes a copy: segments → one MP4 → watermark → ZIP with a signed manifest. */
import { createWriteStream } from 'node:fs';
import { type FileHandle, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { exportMp4, Fmp4Error, scanSegment, type SegmentFile } from '@wangge/fmp4';
import type { Runtime } from '@wangge/kernel';
import { exportChanged } from '../../contract.ts';
import { ffmpegPath } from '../../ffmpeg.ts';
import { exportPath, segmentPath } from '../places.ts';
import { dayMs } from '../rules.ts';
import { type ExportWork, expireExports, exportWork, markFailed, markReady, markRunning } from '../store/exports.ts';
import { type Segment, segmentsIn } from '../store/segments.ts';
import { sumOf } from '../verify-chain.ts';
import { loadEvidenceKey } from './evidence-key.ts';
import type { Manifest } from './manifest.ts';
import { burnIn } from './watermark.ts';
import { writeZip } from './zip-out.ts';

const keptMs = 7 * dayMs;
const timeoutMs = 6 * 3_600_000;

/** What went wrong, in words for the one who asked. */
class ExportFailure extends Error {
  override name = 'ExportFailure';
  readonly words: { readonly zh: string; readonly en: string };

  constructor(zh: string, en: string) {
    super(en);
    this.words = { zh, en };
  }
}

/** Again after a crash: begins anew. */
export async function makeExport(rt: Runtime, payload: Record<string, unknown>): Promise<void> {
  const id = String(payload['exportId']);
  const work = await rt.system('video', (tx) => exportWork(tx, id));
  if (!work || (work.state !== 'waiting' && work.state !== 'running')) return;
  const folder = `${exportPath(rt.config.dataDir, id)}.work`;
  try {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await tell(rt, work, (tx) => markRunning(tx, id, 0));
    const file = await make(rt, work, folder);
    await tell(rt, work, (tx) => markReady(tx, id, { ...file, expiresAtMs: tx.nowMs + keptMs }));
  } catch (error) {
    rt.log.warn({ export: id, err: String(error) }, 'a copy could not be made');
    const words =
      error instanceof ExportFailure ? error.words : { zh: '导出失败，请重试', en: 'The copy could not be made' };
    await tell(rt, work, (tx) => markFailed(tx, id, words));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Deletes files whose time is over. */
export async function expire(rt: Runtime): Promise<void> {
  const over = await rt.system('video', expireExports);
  for (const one of over) {
    await rm(exportPath(rt.config.dataDir, one.id), { force: true });
    await tell(rt, one, () => Promise.resolve());
  }
}

type Change = Parameters<Runtime['system']>[1];
async function tell(
  rt: Runtime,
  { id, accountId, areaPath }: Pick<ExportWork, 'id' | 'accountId' | 'areaPath'>,
  change: (tx: Parameters<Change>[0]) => Promise<void>,
): Promise<void> {
  await rt.system('video', async (tx) => {
    await change(tx);
    tx.emit(exportChanged, { exportId: id }, { areaPath, subjectId: id, accountIds: [accountId] });
  });
}

async function make(rt: Runtime, work: ExportWork, folder: string): Promise<{ bytes: number; sha256: string }> {
  const ffmpeg = ffmpegPath();
  if (ffmpeg === null)
    throw new ExportFailure('本机没有 ffmpeg，无法加水印', 'No ffmpeg on this machine for the watermark');
  const segments = await rt.system('video', (tx) => segmentsIn(tx, work.cameraId, work.fromMs, work.toMs));
  await checkSums(rt, segments);
  const [copy, clip] = [join(folder, 'copy.mp4'), join(folder, 'clip.mp4')];
  const shows = await copyRange(rt, segments, work, copy);
  await burnIn(
    ffmpeg,
    { from: copy, to: clip, folder },
    { lines: linesOf(work), startMs: shows.startWallMs, zone: rt.config.zone },
    { seconds: (shows.endWallMs - shows.startWallMs) / 1000, timeoutMs, onShare: steps(rt, work) },
  );
  const key = loadEvidenceKey(rt.config.dataDir);
  const manifest = Buffer.from(JSON.stringify(await manifestOf(rt, work, segments, clip, shows), null, 2));
  const draft = join(folder, 'copy.zip');
  await writeZip(draft, [
    { name: 'clip.mp4', content: { path: clip } },
    { name: 'manifest.json', content: { bytes: manifest } },
    { name: 'manifest.sig', content: { bytes: Buffer.from(`${key.sign(manifest)}\n`) } },
  ]);
  const [bytes, sha256] = [(await stat(draft)).size, (await sumOf(draft)) ?? ''];
  const path = exportPath(rt.config.dataDir, work.id);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await rename(draft, path);
  return { bytes, sha256 };
}

/** A copy of an altered recording would be signed as if it were a true one. */
async function checkSums(rt: Runtime, segments: readonly Segment[]): Promise<void> {
  if (segments.length === 0) throw new ExportFailure('该时段没有录像', 'Nothing was recorded then');
  for (const one of segments) {
    const sum = await sumOf(segmentPath(rt.config.dataDir, one.cameraId, one.startMs));
    if (sum === one.sha256) continue;
    throw new ExportFailure(
      '录像文件缺失或与登记的校验值不符，未导出',
      'A recording is missing or is not what was written; nothing was copied',
    );
  }
}

interface Shown {
  readonly startWallMs: number;
  readonly endWallMs: number;
}

async function copyRange(rt: Runtime, segments: readonly Segment[], work: ExportWork, path: string): Promise<Shown> {
  const files: SegmentFile[] = [];
  const handles: FileHandle[] = [];
  try {
    for (const one of segments) {
      const file = await open(segmentPath(rt.config.dataDir, one.cameraId, one.startMs));
      handles.push(file);
      files.push({ file, scan: await scanSegment(file) });
    }
    const copy = await exportMp4(files, work.fromMs, work.toMs);
    await pipeline(Readable.from(copy.read()), createWriteStream(path, { mode: 0o600 }));
    return copy;
  } catch (error) {
    if (!(error instanceof Fmp4Error)) throw error;
    if (error.problem === 'mixed') {
      throw new ExportFailure(
        '该时段内摄像机画面格式有变化，请分段导出',
        'The format changes within this time: copy it in parts',
      );
    }
    if (error.problem === 'empty') throw new ExportFailure('该时段没有录像', 'Nothing was recorded then');
    throw error;
  } finally {
    await Promise.all(handles.map((file) => file.close()));
  }
}

function linesOf({ id, byName, unit, cameraName, reason }: ExportWork): string[] {
  return [`${cameraName}  ${unit} ${byName}`.trim(), `编号 No. ${id.slice(-8).toUpperCase()}  ${reason.slice(0, 40)}`];
}

/** Tells whole tenths, so that a long copy is not a thousand rows of the outbox. */
function steps(rt: Runtime, work: ExportWork): (share: number) => void {
  let told = 0;
  return (share) => {
    const percent = Math.floor(share * 10) * 10;
    if (percent <= told || percent >= 100) return;
    told = percent;
    tell(rt, work, (tx) => markRunning(tx, work.id, percent)).catch((error: unknown) =>
      rt.log.warn({ err: String(error) }, 'how far a copy is could not be told'),
    );
  };
}

async function manifestOf(
  rt: Runtime,
  work: ExportWork,
  segments: readonly Segment[],
  clip: string,
  shows: Shown,
): Promise<Manifest> {
  const iso = (ms: number): string => new Date(Math.round(ms)).toISOString();
  const { keyId, publicKeyPem } = loadEvidenceKey(rt.config.dataDir);
  return {
    format: 'wangge-video-evidence/1',
    algorithms: { sum: 'sha256', signature: 'ed25519' },
    exportId: work.id,
    camera: { id: work.cameraId, name: work.cameraName },
    from: iso(work.fromMs),
    to: iso(work.toMs),
    purpose: work.purpose,
    reason: work.reason,
    incidentId: work.incidentId,
    by: { id: work.accountId, name: work.byName, unit: work.unit },
    requestedAt: iso(work.requestedAtMs),
    madeAt: iso(rt.clock.nowMs()),
    clip: {
      file: 'clip.mp4',
      bytes: (await stat(clip)).size,
      sha256: (await sumOf(clip)) ?? '',
      shows: { from: iso(shows.startWallMs), to: iso(shows.endWallMs) },
    },
    segments: segments.map(({ startMs, endMs, bytes, sha256, seq, prevChain, chain }) => ({
      from: iso(startMs),
      to: iso(endMs),
      bytes,
      sha256,
      seq,
      prevChain,
      chain,
    })),
    keyId,
    publicKeyPem,
  };
}
