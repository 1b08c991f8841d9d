/** A platform with the areas module alone, and small towns made of squares. */
import type { Role } from '@wangge/contract-kit';
import { type Actor, defineModule, type Module } from '@wangge/kernel';
import { openTestTown, testActor, type TestTown } from '@wangge/kernel/testkit';
import { areas, areaIndex } from '../src/index.ts';

export const townPath = '990101/990101100/';
export function actorOf(role: Role, areaPath: string = townPath, name = '测试员'): Actor {
  return testActor(
    [{ role, areaId: '0190a000-0000-7000-8000-000000000001', areaPath, departmentId: null }],
    undefined,
    name,
  );
}
export const admin = actorOf('system-admin');

/** Signs in by a cookie that names the role: the areas module does not know sessions. */
const signIn = defineModule({
  name: 'sign-in',
  migrations: new URL('./no-migrations/', import.meta.url),
  authenticate: (_rt, cookies) => {
    const [role, path] = (cookies['as'] ?? '').split('@');
    return Promise.resolve(role ? actorOf(role as Role, path ? decodeURIComponent(path) : townPath) : null);
  },
});

export function openAreasTown(more: readonly Module[] = []): Promise<TestTown> {
  return openTestTown([areas, signIn, ...more]);
}

export function send(
  town: TestTown,
  as: string,
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  url: string,
  payload?: object,
  headers: Record<string, string> = {},
) {
  const cookie = as === '' ? {} : { cookie: `as=${as}` };
  return town.app.inject({
    method,
    url,
    headers: { 'x-wangge': '1', ...cookie, ...headers },
    ...(payload ? { payload } : {}),
  });
}

/** A box from column x, row y, in hundredths of a degree from 119° E, 31° N. */
export interface Box {
  readonly code: string;
  readonly name?: string;
  readonly at: readonly [x: number, y: number];
  readonly size?: readonly [width: number, height: number];
  readonly parent?: string;
  readonly former?: string;
}
export function degrees(x: number, y: number): [number, number] {
  return [Math.round((119 + x / 100) * 1e7) / 1e7, Math.round((31 + y / 100) * 1e7) / 1e7];
}
export function boxes(list: readonly Box[]): string {
  return JSON.stringify({
    type: 'FeatureCollection',
    features: list.map(({ code, name, at: [x, y], size: [w, h] = [1, 1], parent, former }) => ({
      type: 'Feature',
      properties: { code, name: name ?? `第${code}网格`, parent, former },
      geometry: {
        type: 'Polygon',
        coordinates: [[degrees(x, y), degrees(x + w, y), degrees(x + w, y + h), degrees(x, y + h), degrees(x, y)]],
      },
    })),
  });
}
/** Four grids in two rows. */
export const fourGrids: readonly Box[] = [
  { code: '990101100201001', at: [0, 0] },
  { code: '990101100201002', at: [1, 0] },
  { code: '990101100201003', at: [0, 1] },
  { code: '990101100201004', at: [1, 1] },
];
export const columns = { codeColumn: 'code', nameColumn: 'name' } as const;

export function codeAt(town: Pick<TestTown, 'rt'>, x: number, y: number): string | null {
  const [lon, lat] = degrees(x, y);
  return areaIndex(town.rt).locate(lon, lat)?.grid?.code ?? null;
}
