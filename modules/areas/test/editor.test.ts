/** Drafts on the server: steps, undo, two editors, check, what moves, dates, and signs of what ended. */
import type { TestTown } from '@wangge/kernel/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AreaDraft, AreaEdit } from '../src/contract.ts';
import { areaIndex, importAreas, qrPointByToken, qrTokenOf } from '../src/index.ts';
import { boxes, codeAt, columns, openAreasTown, send } from './support.ts';

let town: TestTown;
beforeAll(async () => {
  town = await openAreasTown();
  const grids = [0, 1].map((x) => ({ code: `99010110020100${x + 1}`, at: [x, 0] as const, size: [1, 2] as const }));
  await importAreas(town.rt, { geojson: boxes(grids), level: 'grid', ...columns, publish: true });
  const micros = grids.flatMap((grid, x) =>
    [0, 1].map((y) => ({ code: `${grid.code}0${y + 1}`, at: [x, y] as const, parent: grid.code })),
  );
  const options = {
    geojson: boxes(micros),
    level: 'micro-grid',
    ...columns,
    parentColumn: 'parent',
    publish: true,
  } as const;
  await importAreas(town.rt, options);
});
afterAll(() => town.close());

const base = '/api/areas/drafts';
const post = (url: string, payload: object = {}, as = 'system-admin') => send(town, as, 'POST', url, payload);
const start = async (note = '调整边界'): Promise<AreaDraft> => (await post(base, { note })).json();
const edit = (draft: AreaDraft, one: AreaEdit) =>
  post(`${base}/${draft.id}/edits`, { revision: draft.revision, edit: one });
const read = async (id: string) =>
  (await send(town, 'system-admin', 'GET', `${base}/${id}`)).json<{
    draft: AreaDraft;
    areas: { id: string; code: string; name: string; path: string }[];
    shapes: { areaId: string; polygons: number[][][] }[];
  }>();
const corner = (x: number, y: number): [number, number] => [1_190_000_000 + x * 100_000, 310_000_000 + y * 100_000];
const idOf = (code: string): string => areaIndex(town.rt).byCode(code)?.id ?? '';
const middle: AreaEdit = { kind: 'move-corners', moves: [{ from: corner(1, 1), to: corner(1.3, 1) }] };
const left = '990101100201001';
const right = '990101100201002';

describe('a draft', () => {
  it('is changed step by step, back and again, and leaves what is in force alone', async () => {
    const draft = await start();
    expect(draft).toMatchObject({ revision: 1, steps: [], stale: false, checked: null });
    const before = await read(draft.id);
    const moved = (await edit(draft, middle)).json<AreaDraft>();
    expect(moved).toMatchObject({
      revision: 2,
      changedBy: '测试员',
      steps: [{ seq: 1, kind: 'move-corners', done: true }],
    });
    expect(moved.steps[0]?.names).toHaveLength(4);
    const merged = (
      await edit(moved, { kind: 'merge', areaId: idOf(`${left}01`), otherId: idOf(`${left}02`) })
    ).json<AreaDraft>();
    expect((await read(draft.id)).areas).toHaveLength(before.areas.length - 1);
    const undo = (revision: number) => post(`${base}/${draft.id}/undo`, { revision });
    const once = (await undo(merged.revision)).json<AreaDraft>();
    expect(once.steps.map(({ done }) => done)).toEqual([true, false]);
    const twice = (await undo(once.revision)).json<AreaDraft>();
    const back = await read(draft.id);
    expect(back.areas).toEqual(before.areas);
    expect(new Map(back.shapes.map((s) => [s.areaId, s.polygons]))).toEqual(
      new Map(before.shapes.map((s) => [s.areaId, s.polygons])),
    );
    expect((await undo(twice.revision)).json()).toMatchObject({ error: { code: 'move-not-allowed' } });
    const again = (await post(`${base}/${draft.id}/redo`, { revision: twice.revision })).json<AreaDraft>();
    expect(again.steps.map(({ done }) => done)).toEqual([true, false]);
    // A new step in place of the one that was taken back.
    const other = (
      await edit(again, { kind: 'rehang', areaId: idOf(`${left}01`), parentId: idOf(right) })
    ).json<AreaDraft>();
    expect(other.steps.map(({ kind }) => kind)).toEqual(['move-corners', 'rehang']);
    expect(codeAt(town, 1.1, 1)).toBe(right);
    expect((await post(`${base}/${draft.id}/check`)).json()).toMatchObject({
      findings: [],
      draft: { checked: { faults: 0, current: true } },
    });
  });
  it('tells the second of two editors who was faster, and takes one of two at once', async () => {
    const draft = await start();
    const answers = await Promise.all([
      edit(draft, middle),
      edit(draft, { ...middle, moves: [{ from: corner(1, 1), to: corner(0.8, 1) }] }),
    ]);
    expect(answers.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([200, 409]);
    const refused = answers.find(({ statusCode }) => statusCode === 409)?.json();
    expect(refused).toMatchObject({
      error: { code: 'stale-edit', details: { current: 2, by: '测试员', atMs: expect.any(Number) } },
    });
    expect((await read(draft.id)).draft.steps).toHaveLength(1);
    const published = await post(`/api/areas/versions/${draft.id}/publish`, { revision: 1 });
    expect(published.json()).toMatchObject({ error: { code: 'stale-edit' } });
  });
  it('refuses what would tear borders, in words', async () => {
    const draft = await start();
    const guard = async (one: AreaEdit) =>
      (await edit(draft, one)).json<{ error: { details: { guard: string } } }>().error.details.guard;
    expect(await guard({ kind: 'move-corners', moves: [{ from: corner(1, 1), to: corner(2.5, 1) }] })).toBe(
      'borders-cross',
    );
    expect(await guard({ kind: 'move-corners', moves: [{ from: corner(0, 0), to: corner(0.1, 0) }] })).toBe(
      'outer-border',
    );
    expect(await guard({ kind: 'merge', areaId: idOf(`${left}01`), otherId: idOf(`${right}01`) })).toBe('not-siblings');
    expect((await read(draft.id)).draft.revision).toBe(1);
  });
});

describe('publishing', () => {
  it('waits for its date, is not edited meanwhile, and can be called off', async () => {
    const draft = await start('明天');
    const publish = `/api/areas/versions/${draft.id}/publish`;
    const effectiveAtMs = town.clock.nowMs() + 86_400_000;
    expect((await post(publish, { effectiveAtMs, revision: 1 })).json()).toMatchObject({
      state: 'draft',
      effectiveAtMs,
    });
    expect((await edit(draft, middle)).json()).toMatchObject({ error: { code: 'move-not-allowed' } });
    expect((await post(`/api/areas/versions/${draft.id}/call-off`)).json()).toEqual({ ok: true });
    expect((await edit(draft, middle)).statusCode).toBe(200);
  });
  it('says what moves, keeps the signs of what ends alive, and makes other drafts old', async () => {
    const other = await start('另一份');
    const draft = await start();
    const ending = idOf(`${left}02`);
    const token = await town.rt.system('areas', (tx) => qrTokenOf(tx, ending));
    const merged = (await edit(draft, { kind: 'merge', areaId: idOf(`${left}01`), otherId: ending })).json<AreaDraft>();
    const preview = await send(town, 'system-admin', 'GET', `/api/areas/versions/${draft.id}/preview`);
    expect(preview.json()).toMatchObject({
      removedCodes: [`${left}02`],
      changedCodes: [`${left}01`],
      moving: { incidents: [], posts: [], signs: [{ token, from: expect.any(String), to: `第${left}01网格` }] },
    });
    expect((await post(`/api/areas/versions/${draft.id}/publish`, { revision: merged.revision })).json()).toMatchObject(
      { state: 'published' },
    );
    const sign = await town.rt.system('areas', (tx) => qrPointByToken(tx, token ?? ''));
    expect(sign?.area.code).toBe(`${left}01`);
    expect((await read(other.id)).draft.stale).toBe(true);
    expect((await edit(merged, middle)).json()).toMatchObject({ error: { code: 'move-not-allowed' } });
    // Codes of ended areas are not given again.
    const next = await start();
    const line = [corner(-0.1, 0.5), corner(1.1, 0.5)];
    const split = (
      await edit(next, { kind: 'split', areaId: idOf(`${left}01`), line, name: '南片' })
    ).json<AreaDraft>();
    expect(split.steps[0]?.names).toEqual([`第${left}01网格`, '南片']);
    expect((await read(next.id)).areas.find(({ name }) => name === '南片')?.code).toBe(`${left}03`);
  });
});
