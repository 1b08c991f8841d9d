import { Buffer } from 'node:buffer';
import { box, u32, u64 } from './box.ts';
import { Fmp4Error } from './error.ts';
import { type CopyRange, type ExportPlan, type SegmentFile, planExport } from './export-plan.ts';
import { readAt } from './file-boxes.ts';
import { editList, fileType, movieHeader, trackBox } from './init.ts';

/** One MP4 file, ready to be read. */
export interface Mp4Export {
  /** Size of the whole file. */
  readonly bytes: number;
  /** Wall clock of the first moment that is shown, and of the end (ms). */
  readonly startWallMs: number;
  readonly endWallMs: number;
  /** The file from its first byte to its last, in pieces of at most 1 MiB. May be called once more. */
  read(): AsyncGenerator<Buffer>;
}

const pieceBytes = 1 << 20;
const movieTimescale = 1000;
/** Seconds from 1904, where QuickTime counts from, to 1970. */
const epochSeconds = 2_082_844_800;

/**
 * Copies a range of recorded segments into one ordinary MP4 whose index stands in front, so that it plays while it is
 * being downloaded. Nothing is coded again. Decoding begins at a key picture, but an edit list lets the file show
 * exactly from `fromMs` on (or from the first picture there is).
 *
 * @param segments of one camera in order of time; the files must stay open while the export is read
 * @param fromMs wall clock
 * @param toMs wall clock; what is decoded before it is in the file
 * @throws Fmp4Error `empty` when nothing was recorded then, `mixed` when the format changes in between
 */
export async function exportMp4(segments: readonly SegmentFile[], fromMs: number, toMs: number): Promise<Mp4Export> {
  const plan = await planExport(segments, fromMs, toMs);
  const head = Buffer.concat([fileType(), makeMoov(plan)]);
  const wide = plan.dataBytes + 16 > 0xffff_ffff;
  const mdat = wide
    ? Buffer.concat([u32(1), Buffer.from('mdat'), u64(plan.dataBytes + 16)])
    : Buffer.concat([u32(plan.dataBytes + 8), Buffer.from('mdat')]);
  return {
    bytes: head.length + mdat.length + plan.dataBytes,
    startWallMs: plan.startWallMs,
    endWallMs: plan.endWallMs,
    async *read() {
      yield Buffer.concat([head, mdat]);
      for (const range of plan.ranges) yield* readRange(range);
    },
  };
}

async function* readRange({ file, offset, length }: CopyRange): AsyncGenerator<Buffer> {
  for (let done = 0; done < length; done += pieceBytes) {
    const wanted = Math.min(pieceBytes, length - done);
    const bytes = await readAt(file, offset + done, wanted);
    if (bytes.length < wanted) throw new Fmp4Error('cut', 'a segment has become shorter');
    yield bytes;
  }
}

/** The places of the data depend on the size of moov, which does not depend on them: it is made twice. */
function makeMoov(plan: ExportPlan): Buffer {
  const draft = moovAt(plan, 0, false);
  const headBytes = fileType().length + draft.length;
  const wide = headBytes + plan.dataBytes + (1 << 20) > 0xffff_ffff;
  const size = wide ? moovAt(plan, 0, true).length : draft.length;
  return moovAt(plan, fileType().length + size + (plan.dataBytes + 16 > 0xffff_ffff ? 16 : 8), wide);
}

function moovAt(plan: ExportPlan, dataOffset: number, wide: boolean): Buffer {
  const created = Math.floor(plan.startWallMs / 1000) + epochSeconds;
  const traks = plan.tracks.map(({ info, table }, i) => {
    const firstUs = (table.firstTick * 1e6) / info.timescale;
    const headUs = plan.startUs - firstUs;
    const mediaStart = Math.max(0, Math.round((headUs * info.timescale) / 1e6));
    const empty = headUs < 0 ? Math.round((-headUs * movieTimescale) / 1e6) : 0;
    const restUs = ((table.duration - mediaStart) * 1e6) / info.timescale;
    const shownUs = Math.max(0, Math.min(restUs, plan.endUs - Math.max(plan.startUs, firstUs)));
    const shownTicks = Math.round((shownUs * movieTimescale) / 1e6);
    const trak = trackBox(
      {
        id: i + 1,
        kind: info.kind,
        timescale: info.timescale,
        entry: info.entry,
        width: info.width,
        height: info.height,
      },
      {
        mediaDuration: table.duration,
        movieDuration: empty + shownTicks,
        samples: table.boxes(dataOffset, wide),
        edits: editList(empty, mediaStart, shownTicks),
        created,
      },
    );
    return { trak, duration: empty + shownTicks };
  });
  const duration = Math.max(...traks.map((one) => one.duration));
  const header = movieHeader({ timescale: movieTimescale, duration, nextId: traks.length + 1, created });
  return box('moov', header, ...traks.map((one) => one.trak));
}
