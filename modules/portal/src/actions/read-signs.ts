/** Signs that the caller may print. */
import { AppError } from '@wangge/contract-kit';
import { areaIndex, type AreaNode, qrPointByToken, qrTokenOf } from '@wangge/areas';
import { isLoopbackUrl, type Tx } from '@wangge/kernel';
import { microGridView } from '../contacts.ts';
import type { SignView } from '../pages/signs.ts';
import { qrOutline } from '../qr.ts';

/** A sign that leads to the printing machine itself would hang on a wall and lead nowhere. */
function checkAddress(tx: Tx): void {
  if (isLoopbackUrl(tx.rt.config.publicUrl)) throw new AppError('public-url-loopback');
}

async function signOf(tx: Tx, token: string, area: AreaNode): Promise<SignView> {
  const view = await microGridView(tx, token, area);
  const url = `${tx.rt.config.publicUrl}/q/${token}`;
  return { name: view.name, above: view.above, member: view.member, duty: view.duty, url, qr: qrOutline(url) };
}

/** @throws AppError `public-url-loopback`, `wrong-token`, `forbidden`, `unauthenticated` */
export async function readSign(tx: Tx, token: string): Promise<SignView[]> {
  tx.rt.authorise(tx.actor, 'areas.print-signs');
  checkAddress(tx);
  const point = await qrPointByToken(tx, token);
  if (!point) throw new AppError('wrong-token');
  tx.rt.authorise(tx.actor, 'areas.print-signs', { areaPath: point.area.path });
  return [await signOf(tx, point.token, point.area)];
}

/**
 * All signs within an area, or within everything the caller may print for.
 *
 * @throws AppError as `readSign`, and `not-found` for an unknown area
 */
export async function readSigns(tx: Tx, areaId: string | undefined): Promise<SignView[]> {
  tx.rt.authorise(tx.actor, 'areas.print-signs');
  checkAddress(tx);
  const index = areaIndex(tx.rt);
  const within = areaId === undefined ? null : index.get(areaId);
  if (areaId !== undefined && !within) throw new AppError('not-found');
  const signs: SignView[] = [];
  for (const area of index.all()) {
    if (within && !area.path.startsWith(within.path)) continue;
    if (!tx.rt.can(tx.actor, 'areas.print-signs', { areaPath: area.path })) continue;
    const token = await qrTokenOf(tx, area.id);
    if (token !== null) signs.push(await signOf(tx, token, area));
  }
  return signs;
}
