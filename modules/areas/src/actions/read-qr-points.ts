import type { RouteOutput } from '@wangge/contract-kit';
import type { Tx } from '@wangge/kernel';
import { areaIndex } from '../area-index.ts';
import type { listQrPoints } from '../contract.ts';
import type { AreaNode } from '../rules/area-index.ts';
import { findQrPoint, qrPoints, readToken, tokenOf } from '../store/qr-points.ts';
import { signAreas } from './take-effect.ts';

/** The signs that the caller may print, in the order of the tree. */
export async function readQrPoints(tx: Tx): Promise<RouteOutput<typeof listQrPoints>> {
  const tokens = new Map((await qrPoints(tx)).map((point) => [point.areaId, point.token]));
  const points = signAreas(areaIndex(tx.rt)).flatMap((area) => {
    const token = tokens.get(area.id);
    if (token === undefined || !tx.rt.can(tx.actor, 'areas.print-signs', { areaPath: area.path })) return [];
    return [{ token, area }];
  });
  return { points };
}

/**
 * The area in which the sign with this token hangs: the one it was made for, or, when that has ended,
 * whichever lies there now. Null for a token that no sign carries. Anybody may ask.
 */
export async function qrPointByToken(tx: Tx, text: string): Promise<{ token: string; area: AreaNode } | null> {
  const token = readToken(text);
  const point = token === null ? undefined : await findQrPoint(tx, token);
  if (token === null || !point) return null;
  const index = areaIndex(tx.rt);
  const area = index.get(point.areaId) ?? areaAt(index, point);
  return area && { token, area };
}

/** The smallest area at a sign's place. */
export function areaAt(
  index: ReturnType<typeof areaIndex>,
  at: { lon: number | null; lat: number | null },
): AreaNode | null {
  const located = at.lon === null || at.lat === null ? null : index.locate(at.lon, at.lat);
  return located && (located.microGrid ?? located.grid ?? located.village);
}

/** Token of an area's sign; null for areas that have none. */
export function qrTokenOf(tx: Tx, areaId: string): Promise<string | null> {
  return tokenOf(tx, areaId);
}
