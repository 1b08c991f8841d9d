/** Back to a report by its number and a phone. */
import type { Runtime } from '@wangge/kernel';
import { z } from 'zod';
import { ownReports, publicProgress, tokenByNumber } from '../actions/read-receipt.ts';
import type { PageContext } from '../pages/context.ts';
import { followPage, ownReportsPage } from '../pages/follow.ts';
import type { FieldErrors } from '../pages/pieces.ts';
import { parseNumber, parsePhone } from '../rules.ts';
import { askForCode, checkCode, type CodeStep, showCode, showCodeErrors } from './code-step.ts';
import { formToken, openFormToken } from './form-token.ts';
import { type App, publicPage, type Reply, type Request, seeOther, sendPrivatePage } from './http.ts';
import { contextOf } from './page-context.ts';
import { readForm } from './read-form.ts';
import { seal, unseal } from './sealed.ts';
import { verifiedPhone } from './verified-phone.ts';

/** Without a number it leads to all that the phone reported. */
const draftSchema = z.object({ key: z.uuid(), number: z.string().nullable(), phone: z.string() });

export function registerFollow(app: App, rt: Runtime): void {
  app.get('/follow', publicPage(rt, 120), async (request, reply) =>
    showForm(rt, request, reply, await contextOf(rt, request), { number: '', phone: '', errors: {} }),
  );

  app.post('/follow', publicPage(rt, 30), async (request, reply) => {
    const fields = await readForm(request);
    const { key } = openFormToken(rt, 'follow', fields.get('f'));
    const ctx = await contextOf(rt, request, '/follow');
    const typed = { number: fields.get('number').slice(0, 40), phone: fields.get('phone').slice(0, 40) };
    if (fields.showAgain) return showForm(rt, request, reply, ctx, { ...typed, key, errors: {} });
    const known = verifiedPhone(rt, request);
    const number = typed.number.trim() === '' ? null : parseNumber(typed.number);
    const phone = typed.phone.trim() === '' ? known : parsePhone(typed.phone);
    const errors: FieldErrors = {
      ...(typed.number.trim() !== '' && number === null ? { number: ctx.t.fields.numberBad } : {}),
      ...(phone === null ? { phone: ctx.t.fields.phoneBad } : {}),
    };
    if (phone === null || Object.keys(errors).length > 0)
      return showForm(rt, request, reply, ctx, { ...typed, key, errors });
    if (phone === known) return goTo(rt, request, reply, ctx, number, phone);
    // Sent whether or not there is such a report: nobody learns which numbers exist.
    return askForCode(rt, request, reply, ctx, stepOf(rt, ctx, { key, number, phone }));
  });

  app.post('/follow/code', publicPage(rt, 60), async (request, reply) => {
    const fields = await readForm(request);
    const draft = unseal(rt, 'follow-draft', draftSchema, fields.get('draft'));
    const ctx = await contextOf(rt, request, '/follow');
    const step = stepOf(rt, ctx, draft);
    if (fields.showAgain) return showCode(reply, ctx, step);
    if (fields.get('do') === 'again') return askForCode(rt, request, reply, ctx, step);
    const errors = await checkCode(rt, reply, ctx, draft.phone, fields.get('code'), draft.key);
    if (errors) return showCodeErrors(reply, ctx, step, errors);
    return goTo(rt, request, reply, ctx, draft.number, draft.phone);
  });

  app.get('/mine', publicPage(rt, 60), async (request, reply) => {
    const phone = verifiedPhone(rt, request);
    if (phone === null) return seeOther(reply, '/follow');
    const reports = await rt.system('portal', (tx) => ownReports(tx, phone));
    return sendPrivatePage(reply, ownReportsPage(await contextOf(rt, request), phone, reports));
  });
}

function stepOf(rt: Runtime, ctx: PageContext, draft: z.infer<typeof draftSchema>): CodeStep {
  return {
    action: '/follow/code',
    phone: draft.phone,
    draft: seal(rt, 'follow-draft', draft),
    mayBeAnonymous: false,
    back: { href: '/follow', label: ctx.t.follow.title },
    confirmLabel: ctx.t.code.confirmPlain,
  };
}

/** One's own report as its receipt, another's as its public progress. */
async function goTo(
  rt: Runtime,
  request: Request,
  reply: Reply,
  ctx: PageContext,
  number: string | null,
  phone: string,
): Promise<Reply> {
  if (number === null) return seeOther(reply, '/mine');
  const token = await rt.system('portal', (tx) => tokenByNumber(tx, number, phone));
  if (token !== null) return seeOther(reply, `/r/${token}`);
  const found = await rt.system('portal', (tx) => publicProgress(tx, number));
  if (found) return seeOther(reply, `/p/${number}`);
  return showForm(rt, request, reply, ctx, { number, phone: '', errors: { number: ctx.t.follow.notFound } });
}

function showForm(
  rt: Runtime,
  request: Request,
  reply: Reply,
  ctx: PageContext,
  form: { key?: string; number: string; phone: string; errors: FieldErrors },
): Reply {
  const page = followPage(ctx, {
    formToken: formToken(rt, 'follow', form.key),
    number: form.number,
    phone: form.phone,
    errors: form.errors,
    notice: null,
    verifiedPhone: verifiedPhone(rt, request),
  });
  return sendPrivatePage(reply, page, Object.keys(form.errors).length > 0 ? 422 : 200);
}
