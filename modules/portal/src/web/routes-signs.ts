/** Printable signs, for those who may print them. */
import { AppError } from '@wangge/contract-kit';
import type { Runtime } from '@wangge/kernel';
import { z } from 'zod';
import { readSign, readSigns } from '../actions/read-signs.ts';
import { signsPage } from '../pages/signs.ts';
import { type App, sendPrivatePage } from './http.ts';
import { contextOf } from './page-context.ts';

export function registerSigns(app: App, rt: Runtime): void {
  const config = { config: { access: { permission: 'areas.print-signs' } } };
  app.get('/signs/all', config, async (request, reply) => {
    const query = z.object({ areaId: z.uuid().optional() }).safeParse(request.query);
    if (!query.success) throw new AppError('invalid-field', { field: 'areaId' });
    const signs = await rt.tx(request.actor, (tx) => readSigns(tx, query.data.areaId));
    return sendPrivatePage(reply, signsPage(await contextOf(rt, request), signs));
  });
  app.get('/signs/:token', config, async (request, reply) => {
    const { token = '' } = request.params as { token?: string };
    const signs = await rt.tx(request.actor, (tx) => readSign(tx, token));
    return sendPrivatePage(reply, signsPage(await contextOf(rt, request), signs));
  });
}
