/** What is known of cameras' lines, gathered and written together. */
import { ParameterSets, type VideoFrame } from '@wangge/codec';
import { type Runtime, sql } from '@wangge/kernel';
import { cameraChanged } from '../contract.ts';
import type { LinkProblem, SourceTarget, Variant } from './hub.ts';

/** Changes are gathered for a moment: behind a switch that fails there are hundreds. */
const gatherMs = 300;
/** The time of the last picture is written this often. */
const refreshMs = 30_000;

interface State {
  /** By stream: a camera is there while any of its streams is. */
  readonly links: Map<Variant, { readonly problem: LinkProblem | null; readonly reason: string | null }>;
  lastFrameMs: number | null;
  format: Format | null;
  stillMs: number | null;
  dirty: boolean;
}
interface Format {
  readonly codec: string;
  readonly width: number;
  readonly height: number;
}

export class LinkStates {
  readonly #rt: Runtime;
  readonly #states = new Map<string, State>();
  #gathering: NodeJS.Timeout | undefined;
  readonly #refresh: NodeJS.Timeout;
  #writing: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(rt: Runtime) {
    this.#rt = rt;
    this.#refresh = setInterval(() => this.#write(), refreshMs);
  }

  link({ cameraId, variant }: SourceTarget, problem: LinkProblem | null, reason: string | null): void {
    const state = this.#of(cameraId);
    const before = state.links.get(variant);
    state.links.set(variant, { problem, reason });
    if (before?.problem !== problem || before.reason !== reason) this.#changed(state);
    state.dirty = true;
  }

  /** Nobody takes this stream any more: what was known of it last says nothing of later. */
  left({ cameraId, variant }: SourceTarget): void {
    this.#states.get(cameraId)?.links.delete(variant);
  }

  /** A key picture; `wallMs` is when it was taken. */
  picture({ cameraId, variant }: SourceTarget, frame: VideoFrame, wallMs: number): void {
    const state = this.#of(cameraId);
    state.lastFrameMs = wallMs;
    state.dirty = true;
    if (variant === 'sub') return;
    const sps = new ParameterSets(frame.codec, frame.nals).sps();
    if (!sps) return;
    const { format } = state;
    if (format?.codec === frame.codec && format.width === sps.width && format.height === sps.height) return;
    state.format = { codec: frame.codec, width: sps.width, height: sps.height };
    this.#changed(state);
  }

  still(cameraId: string, atMs: number): void {
    const state = this.#of(cameraId);
    state.stillMs = atMs;
    this.#changed(state);
  }

  /** Writes what is left. */
  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#refresh);
    clearTimeout(this.#gathering);
    this.#write();
    await this.#writing;
  }

  #of(cameraId: string): State {
    let state = this.#states.get(cameraId);
    if (!state) {
      state = { links: new Map(), lastFrameMs: null, format: null, stillMs: null, dirty: false };
      this.#states.set(cameraId, state);
    }
    return state;
  }

  #changed(state: State): void {
    state.dirty = true;
    if (this.#closed) return;
    this.#gathering ??= setTimeout(() => {
      this.#gathering = undefined;
      this.#write();
    }, gatherMs);
  }

  #write(): void {
    this.#writing = this.#writing.then(async () => {
      const dirty = [...this.#states].filter(([, state]) => state.dirty);
      if (dirty.length === 0) return;
      for (const [, state] of dirty) state.dirty = false;
      try {
        await writeStates(this.#rt, dirty.map(rowOf));
      } catch (error) {
        for (const [, state] of dirty) state.dirty = true;
        this.#rt.log.warn({ err: error }, 'states of cameras could not be written; tried again');
      }
    });
  }
}

interface Row {
  readonly id: string;
  /** Null: nothing was learned of the line. */
  readonly link: LinkProblem | 'online' | null;
  readonly reason: string | null;
  readonly frameMs: number | null;
  readonly format: Format | null;
  readonly stillMs: number | null;
}

function rowOf([id, state]: readonly [string, State]): Row {
  const links = [...state.links.values()];
  const online = links.some((link) => link.problem === null);
  const [first] = links;
  return {
    id,
    link: online ? 'online' : (first?.problem ?? null),
    reason: online ? null : (first?.reason ?? null),
    frameMs: state.lastFrameMs,
    format: state.format,
    stillMs: state.stillMs,
  };
}

/** `since` moves only where the line's state changed; listeners hear of these. */
async function writeStates(rt: Runtime, rows: readonly Row[]): Promise<void> {
  const date = (ms: number | null): Date | null => (ms === null ? null : new Date(ms));
  await rt.system('video', async (tx) => {
    const now = new Date(tx.nowMs);
    const changed = await tx.rows<{ id: string; area_path: string; was: string | null; link: string }>(sql`
      with told as (
        select * from unnest(${rows.map((r) => r.id)}::uuid[], ${rows.map((r) => r.link)}::text[],
          ${rows.map((r) => r.reason)}::text[], ${rows.map((r) => date(r.frameMs))}::timestamptz[],
          ${rows.map((r) => r.format?.codec ?? null)}::text[], ${rows.map((r) => r.format?.width ?? null)}::int[],
          ${rows.map((r) => r.format?.height ?? null)}::int[], ${rows.map((r) => date(r.stillMs))}::timestamptz[])
          as t (id, link, reason, frame_at, codec, width, height, still_at)
      ), before as (
        select t.id, c.area_path, s.link as was, coalesce(t.link, s.link, 'unknown') as link,
          coalesce(s.codec, '') <> coalesce(t.codec, s.codec, '') as reformed
        from told t join video_cameras c on c.id = t.id left join video_states s on s.camera_id = t.id
      ), written as (
        insert into video_states as s (camera_id, link, since, reason, checked_at, last_frame_at, codec, width, height, still_at)
        select t.id, coalesce(t.link, 'unknown'), ${now}, t.reason, ${now}, t.frame_at, t.codec, t.width, t.height, t.still_at
        from told t join video_cameras c on c.id = t.id
        on conflict (camera_id) do update set
          link = case when excluded.link = 'unknown' then s.link else excluded.link end,
          since = case when excluded.link in ('unknown', s.link) then s.since else excluded.since end,
          reason = case when excluded.link = 'unknown' then s.reason else excluded.reason end,
          checked_at = excluded.checked_at,
          last_frame_at = greatest(s.last_frame_at, excluded.last_frame_at),
          codec = coalesce(excluded.codec, s.codec), width = coalesce(excluded.width, s.width),
          height = coalesce(excluded.height, s.height), still_at = greatest(s.still_at, excluded.still_at)
        returning 1
      )
      select id, area_path, was, link from before where was is distinct from link or reformed`);
    for (const { id, area_path } of changed) {
      tx.emit(cameraChanged, { cameraId: id }, { areaPath: area_path, subjectId: id });
    }
  });
}
