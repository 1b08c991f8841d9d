/** Tokens of the signs on walls. */
import { randomBytes } from 'node:crypto';
import { sql, type Tx } from '@wangge/kernel';
import type { AreaNode } from '../rules/area-index.ts';

/** Crockford's base 32: no I, L, O, U, so that a token can be read out and typed. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** 10 characters, 50 random bits: nobody finds a sign by trying. */
export function newToken(): string {
  return Array.from(randomBytes(10), (byte) => alphabet[byte % 32]).join('');
}

/** A token as somebody may have typed it; null when it cannot be one. */
export function readToken(text: string): string | null {
  const token = text.trim().toUpperCase().replaceAll('O', '0').replace(/[IL]/g, '1');
  return /^[0-9A-HJKMNP-TV-Z]{10}$/.test(token) ? token : null;
}

/** Gives a point to each of these areas that has none. */
export async function addQrPoints(tx: Tx, areas: readonly AreaNode[]): Promise<void> {
  await tx.run(sql`insert into areas_qr_points (token, area_id, lon, lat, created_at)
    select p.token, p.area_id, p.lon, p.lat, ${new Date(tx.nowMs)}::timestamptz
    from unnest(${areas.map(newToken)}::text[], ${areas.map((a) => a.id)}::uuid[],
      ${areas.map((a) => a.center?.lon ?? null)}::double precision[],
      ${areas.map((a) => a.center?.lat ?? null)}::double precision[]) as p(token, area_id, lon, lat)
    on conflict (area_id) do nothing`);
}

export function qrPoints(tx: Tx): Promise<{ token: string; areaId: string; lon: number | null; lat: number | null }[]> {
  return tx.rows(sql`select token, area_id as "areaId", lon, lat from areas_qr_points order by token`);
}
export function findQrPoint(
  tx: Tx,
  token: string,
): Promise<{ areaId: string; lon: number | null; lat: number | null } | undefined> {
  return tx.maybe(sql`select area_id as "areaId", lon, lat from areas_qr_point(${token})`);
}
export async function tokenOf(tx: Tx, areaId: string): Promise<string | null> {
  return (await tx.one<{ token: string | null }>(sql`select areas_qr_token(${areaId}) as token`)).token;
}
