/** Home, finding one's micro-grid, the page behind a sign, privacy. */
import { AppError } from '@wangge/contract-kit';
import { areaIndex, type AreaNode, qrPointByToken, qrTokenOf } from '@wangge/areas';
import type { Runtime, Tx } from '@wangge/kernel';
import { dutyLine, microGridView } from '../contacts.ts';
import { findPage, type FoundGrid } from '../pages/find.ts';
import { homePage } from '../pages/home.ts';
import { microGridPage } from '../pages/micro-grid.ts';
import { privacyPage } from '../pages/privacy.ts';
import { readPlace } from '../rules.ts';
import { formToken, openFormToken } from './form-token.ts';
import { type App, publicPage, type Request, seeOther, sendPage } from './http.ts';
import { contextOf } from './page-context.ts';
import { readForm } from './read-form.ts';

/** The micro-grid whose sign carries the token in the address; `wrong-token` where none does. */
export async function signedPlace(rt: Runtime, request: Request): Promise<{ token: string; area: AreaNode }> {
  const { token = '' } = request.params as { token?: string };
  const point = await rt.system('portal', (tx) => qrPointByToken(tx, token));
  if (!point) throw new AppError('wrong-token');
  return point;
}

export function registerHome(app: App, rt: Runtime): void {
  app.get('/', publicPage(rt, 240), async (request, reply) => {
    const duty = await rt.system('portal', dutyLine);
    return sendPage(reply, homePage(await contextOf(rt, request), duty));
  });
  app.get('/privacy', publicPage(rt, 240), async (request, reply) => {
    const duty = await rt.system('portal', dutyLine);
    return sendPage(reply, privacyPage(await contextOf(rt, request), duty));
  });
  app.get('/q/:token', publicPage(rt, 240), async (request, reply) => {
    const { token, area } = await signedPlace(rt, request);
    const view = await rt.system('portal', (tx) => microGridView(tx, token, area));
    return sendPage(reply, microGridPage(await contextOf(rt, request), view));
  });
  registerFind(app, rt);
}

function registerFind(app: App, rt: Runtime): void {
  app.get('/find', publicPage(rt, 240), async (request, reply) => {
    const { village, outside } = request.query as { village?: string; outside?: string };
    const ctx = await contextOf(rt, request);
    const index = areaIndex(rt);
    const chosen = typeof village === 'string' ? index.byCode(village, 'village') : null;
    const page = findPage(ctx, {
      villages: index.all().filter((area) => area.level === 'village'),
      chosen: chosen && {
        name: chosen.name,
        grids: await rt.system('portal', (tx) => gridsOf(tx, chosen)),
      },
      notice: outside === undefined ? null : ctx.t.find.outside,
      formToken: formToken(rt, 'find'),
    });
    return sendPage(reply, page);
  });

  // The place travels in the body: addresses are kept in histories and logs.
  app.post('/find', publicPage(rt, 60), async (request, reply) => {
    const fields = await readForm(request);
    openFormToken(rt, 'find', fields.get('f'));
    const place = readPlace(fields.get('lon'), fields.get('lat'), '');
    const found = place && areaIndex(rt).locate(place.lon, place.lat);
    const area = found?.microGrid ?? found?.grid ?? null;
    const token = area && (await rt.system('portal', (tx) => qrTokenOf(tx, area.id)));
    return seeOther(reply, token ? `/q/${token}` : '/find?outside=1');
  });
}

/** Grids of a village with their micro-grids; a grid without any stands for itself. */
async function gridsOf(tx: Tx, village: AreaNode): Promise<FoundGrid[]> {
  const index = areaIndex(tx.rt);
  const grids: FoundGrid[] = [];
  for (const grid of index.children(village.id)) {
    const below = index.children(grid.id);
    const microGrids: { token: string; name: string }[] = [];
    for (const area of below.length > 0 ? below : [grid]) {
      const token = await qrTokenOf(tx, area.id);
      if (token !== null) microGrids.push({ token, name: area.name });
    }
    grids.push({ name: grid.name, microGrids });
  }
  return grids;
}
