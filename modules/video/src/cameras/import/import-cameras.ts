/** Cameras from a file, all or nothing; known ones are changed. */
import { AppError, newId } from '@wangge/contract-kit';
import { asPlatform } from '@wangge/incidents';
import { sql, type Tx } from '@wangge/kernel';
import type { CameraInput } from '../../contract.ts';
import { type CameraRow, findCameras } from '../camera-row.ts';
import { changedFields, createCamera, editCamera } from '../save-camera.ts';
import { leadsElsewhere } from '../password.ts';
import { sourceTargetOf } from '../source-target.ts';
import { importColumns, type ImportField } from './columns.ts';
import { type CameraFile, readCameraFile } from './read-file.ts';
import { problemTexts, readRow, type RowProblem } from './read-row.ts';

export interface ImportReport {
  readonly rows: number;
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly problems: RowProblem[];
}
const mostProblems = 200;

/**
 * With `commit` false, or with any problem, nothing is entered; the answer says what would be.
 *
 * @throws AppError `row-invalid` (the file cannot be read), `forbidden`
 */
export async function importCameras(
  tx: Tx,
  { content, commit }: { readonly content: string; readonly commit: boolean },
): Promise<ImportReport> {
  tx.rt.authorise(tx.actor, 'video.edit');
  const file = await readCameraFile(content);
  const report = { rows: file.rows.length, created: 0, changed: 0, unchanged: 0, problems: [] as RowProblem[] };
  const read = file.rows.map((row) => readRow(row));
  report.problems.push(...read.flatMap((one) => (one.ok ? [] : one.problems)));
  const known = await knownCameras(tx);
  const seen = new Set<string>();
  try {
    // Entered for real and taken back where it may not stay: what the file would meet is met.
    await tx.savepoint(async () => {
      for (const one of read) {
        if (!one.ok) continue;
        const before = known.find(one.camera);
        const names = namesOf(one.camera);
        if (names.some((name) => seen.has(name))) {
          report.problems.push({ row: one.row, column: null, message: problemTexts.twice });
          continue;
        }
        for (const name of names) seen.add(name);
        const problem = await enter(tx, file, before, one.camera, report);
        if (problem) report.problems.push({ row: one.row, ...problem });
      }
      if (!commit || report.problems.length > 0) throw new NotKept();
      tx.audit({
        action: 'video.import-cameras',
        details: { rows: report.rows, created: report.created, changed: report.changed },
      });
    });
  } catch (error) {
    if (!(error instanceof NotKept)) throw error;
  }
  report.problems.sort((a, b) => a.row - b.row);
  return { ...report, problems: report.problems.slice(0, mostProblems) };
}
class NotKept extends Error {}

type Counts = { created: number; changed: number; unchanged: number };
async function enter(
  tx: Tx,
  file: CameraFile,
  before: CameraRow | undefined,
  camera: CameraInput,
  counts: Counts,
): Promise<Omit<RowProblem, 'row'> | null> {
  try {
    return await tx.savepoint(async () => {
      if (!before) {
        await createCamera(tx, newId(), camera);
        counts.created++;
        return null;
      }
      const input = await withNewPassword(tx, before, over(file, before, camera));
      if (changedFields(before, input).length === 0) counts.unchanged++;
      else {
        await editCamera(tx, before.id, before.version, input);
        counts.changed++;
      }
      return null;
    });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code === 'forbidden' || error.code === 'not-found')
      return { column: null, message: problemTexts.forbidden };
    if (error.code === 'already-exists') return { column: importColumns.code.zh, message: problemTexts.taken };
    if (error.details?.['guard'] === 'outside-town')
      return { column: importColumns.lon.zh, message: problemTexts.outside };
    if (error.details?.['guard'] === 'password-needed')
      return { column: importColumns.password.zh, message: problemTexts.password };
    throw error;
  }
}

/** What a file has no column for stays as it is. */
function over(file: CameraFile, before: CameraRow, camera: CameraInput): CameraInput {
  const has = (...fields: ImportField[]): boolean => fields.some((field) => file.fields.has(field));
  const keep = <T>(fields: ImportField[], was: T, is: T): T => (has(...fields) ? is : was);
  const { duties, recording } = before;
  return {
    ...camera,
    source: sourceOver(file, before.source, camera.source),
    code: keep(['code'], before.code, camera.code),
    class: before.class === 'household' ? before.class : keep(['class'], before.class, camera.class),
    ownerAccountId: before.ownerAccountId,
    address: keep(['address'], before.address, camera.address),
    cone: keep(['bearing'], before.cone, camera.cone),
    tags: keep(['tags'], before.tags, camera.tags),
    group: keep(['group'], before.group, camera.group),
    hasPtz: keep(['ptz'], before.hasPtz, camera.hasPtz),
    hasSpeaker: keep(['speaker'], before.hasSpeaker, camera.hasSpeaker),
    duties: {
      responsibleBody: camera.duties.responsibleBody,
      legalBasis: camera.duties.legalBasis,
      filedOn: keep(['filedOn'], duties.filedOn, camera.duties.filedOn),
      filingNumber: keep(['filingNumber'], duties.filingNumber, camera.duties.filingNumber),
      installedOn: keep(['installedOn'], duties.installedOn, camera.duties.installedOn),
      signSeenOn: keep(['signSeenOn'], duties.signSeenOn, camera.duties.signSeenOn),
    },
    recording: {
      ...recording,
      mode: keep(['recording'], recording.mode, camera.recording.mode),
      floorDays: keep(['floorDays'], recording.floorDays, camera.recording.floorDays),
      ceilingDays: keep(['ceilingDays'], recording.ceilingDays, camera.recording.ceilingDays),
    },
  };
}

function sourceOver(file: CameraFile, was: CameraRow['source'], is: CameraInput['source']): CameraInput['source'] {
  if (was.kind === 'gb28181' || is.kind === 'gb28181')
    return was.kind === 'gb28181' && is.kind === 'gb28181' ? { ...is, transport: was.transport } : is;
  const user = file.fields.has('user') || is.user !== null || was.kind !== is.kind ? is.user : was.user;
  if (was.kind === 'onvif' && is.kind === 'onvif')
    return { ...is, user, mainProfile: was.mainProfile, subProfile: was.subProfile };
  if (was.kind === 'rtsp' && is.kind === 'rtsp')
    return { ...is, user, subUrl: file.fields.has('subUrl') ? is.subUrl : was.subUrl };
  return is;
}

/** A file that is read again changes nothing: a password that is known already is none. */
async function withNewPassword(tx: Tx, before: CameraRow, input: CameraInput): Promise<CameraInput> {
  const { source } = input;
  if (source.kind === 'gb28181' || source.password === undefined || before.source.kind !== source.kind) return input;
  const known = await asPlatform(tx, () => sourceTargetOf(tx, before.id, 'main'));
  const { password, ...rest } = source;
  const stays = known.password === password && !leadsElsewhere(before.source, rest);
  return stays ? { ...input, source: rest } : input;
}

/** What a camera is known by: its number, else where it is reached. */
function namesOf({ code, source }: Pick<CameraInput, 'code'> & { readonly source: CameraRow['source'] }): string[] {
  return [...(code === null ? [] : [`code ${code}`]), addressOf(source)];
}
function addressOf(source: CameraRow['source']): string {
  switch (source.kind) {
    case 'rtsp':
      return `rtsp ${source.mainUrl}`;
    case 'onvif':
      return `onvif ${source.host}:${source.port} ${source.mainProfile ?? ''}`;
    case 'gb28181':
      return `gb ${source.deviceId}/${source.channelId}`;
  }
}

async function knownCameras(tx: Tx): Promise<{ find(camera: CameraInput): CameraRow | undefined }> {
  // Also those that the caller may not change: they are not entered a second time.
  const byName = new Map<string, CameraRow>();
  await asPlatform(tx, async () => {
    const ids = await tx.rows<{ id: string }>(sql`select id from video_cameras where retired_at is null`);
    const rows = await findCameras(
      tx,
      ids.map(({ id }) => id),
    );
    for (const row of rows) for (const name of namesOf(row)) byName.set(name, row);
  });
  return {
    find: (camera) =>
      namesOf(camera)
        .map((name) => byName.get(name))
        .find((row) => row !== undefined),
  };
}
