/** The receipt: progress, rating, withdrawing. */
import { AppError } from '@wangge/contract-kit';
import type { Runtime } from '@wangge/kernel';
import { rateReport, withdrawReport } from '../actions/move-report.ts';
import { reportByToken } from '../actions/read-receipt.ts';
import type { PageContext } from '../pages/context.ts';
import type { FieldErrors } from '../pages/pieces.ts';
import { reasonPage } from '../pages/reason.ts';
import { emptyRating, type RatingValues, receiptPage } from '../pages/receipt.ts';
import type { ReceiptView } from '../pages/receipt-view.ts';
import { limits, readText } from '../rules.ts';
import { formToken, openFormToken } from './form-token.ts';
import { type App, publicPage, type Reply, type Request, residentActor, seeOther, sendPrivatePage } from './http.ts';
import { contextOf } from './page-context.ts';
import { type FormFields, readForm } from './read-form.ts';

/** @throws AppError `wrong-token` */
export async function reportAsked(
  rt: Runtime,
  request: Request,
): Promise<{ id: string; token: string; view: ReceiptView }> {
  const { token = '' } = request.params as { token?: string };
  const found = await rt.system('portal', (tx) => reportByToken(tx, token));
  if (!found) throw new AppError('wrong-token');
  return { ...found, token };
}

export function registerReceipt(app: App, rt: Runtime): void {
  app.get('/r/:token', publicPage(rt, 120), async (request, reply) => {
    const { token, view } = await reportAsked(rt, request);
    const ctx = await contextOf(rt, request, `/r/${token}`);
    return sendReceipt(rt, reply, ctx, view, greetingOf(ctx, request));
  });
  registerRating(app, rt);
  registerWithdrawal(app, rt);
}

function greetingOf(ctx: PageContext, request: Request): { text: string; kind: 'good' | 'plain' } | null {
  const t = ctx.t.receipt;
  const query = request.query as Record<string, string | undefined>;
  if (query['new'] !== undefined) return { text: t.thanks, kind: 'good' };
  if (query['again'] !== undefined) return { text: t.again, kind: 'plain' };
  const done: Readonly<Record<string, string>> = { objection: t.objectionSent, withdrawn: t.withdrawn, rated: t.rated };
  const text = done[query['done'] ?? ''];
  return text === undefined ? null : { text, kind: 'good' };
}

export function sendReceipt(
  rt: Runtime,
  reply: Reply,
  ctx: PageContext,
  view: ReceiptView,
  greeting: { text: string; kind: 'good' | 'plain' | 'warn' } | null,
  tried: { readonly key: string; readonly rating: RatingValues; readonly errors: FieldErrors } | null = null,
  status = Object.keys(tried?.errors ?? {}).length > 0 ? 422 : 200,
): Reply {
  const page = receiptPage(ctx, {
    receipt: view,
    greeting: greeting?.text ?? null,
    greetingKind: greeting?.kind ?? 'plain',
    formToken: formToken(rt, 'rating', tried?.key),
    rating: tried?.rating ?? emptyRating,
    errors: tried?.errors ?? {},
  });
  return sendPrivatePage(reply, page, status);
}

function registerRating(app: App, rt: Runtime): void {
  app.post('/r/:token/rating', publicPage(rt, 30), async (request, reply) => {
    const { id, token, view } = await reportAsked(rt, request);
    const fields = await readForm(request);
    const { key } = openFormToken(rt, 'rating', fields.get('f'));
    const ctx = await contextOf(rt, request, `/r/${token}`);
    // Pressed twice: it was said already.
    if (view.rating !== null && !view.may.rate) return seeOther(reply, `/r/${token}`);
    const rating = ratingValues(fields);
    const errors = fields.showAgain ? {} : ratingErrors(ctx, rating);
    if (fields.showAgain || Object.keys(errors).length > 0) {
      return sendReceipt(rt, reply, ctx, view, null, { key, rating, errors });
    }
    try {
      await rt.system('portal', (tx) =>
        rateReport(tx, residentActor(request), id, {
          response: Number(rating.response),
          resolved: rating.resolved === 'yes',
          satisfied: Number(rating.satisfied),
          text: readText(rating.text, limits.reason).text || null,
        }),
      );
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'already-exists') throw error;
    }
    return seeOther(reply, `/r/${token}?done=rated`);
  });
}

function ratingValues(fields: FormFields): RatingValues {
  return {
    response: fields.get('response').slice(0, 5),
    resolved: fields.get('resolved').slice(0, 5),
    satisfied: fields.get('satisfied').slice(0, 5),
    text: fields.get('text').slice(0, 2 * limits.reason),
  };
}
function ratingErrors(ctx: PageContext, rating: RatingValues): FieldErrors {
  const t = ctx.t.fields;
  const errors: Record<string, string> = {};
  if (!['yes', 'no'].includes(rating.resolved)) errors['resolved'] = t.ratingMissing;
  if (!/^[1-5]$/.test(rating.response)) errors['response'] = t.ratingMissing;
  if (!/^[1-5]$/.test(rating.satisfied)) errors['satisfied'] = t.ratingMissing;
  const text = readText(rating.text, limits.reason);
  if (text.problem === 'long') errors['text'] = t.descriptionLong(limits.reason);
  if (text.problem === 'bad') errors['text'] = t.textBad;
  return errors;
}

function registerWithdrawal(app: App, rt: Runtime): void {
  const path = '/r/:token/withdraw';
  const show = (
    reply: Reply,
    ctx: PageContext,
    token: string,
    form: { key?: string; reason: string; errors: FieldErrors },
  ): Reply => {
    const page = reasonPage(ctx, {
      action: `/r/${token}/withdraw`,
      title: ctx.t.receipt.withdrawTitle,
      lead: ctx.t.receipt.withdrawLead,
      label: ctx.t.receipt.withdrawReason,
      hint: null,
      button: ctx.t.receipt.withdrawButton,
      formToken: formToken(rt, 'withdraw', form.key),
      reason: form.reason,
      phone: null,
      errors: form.errors,
      notice: null,
      back: { href: `/r/${token}`, label: ctx.t.receipt.title },
    });
    return sendPrivatePage(reply, page, Object.keys(form.errors).length > 0 ? 422 : 200);
  };

  app.get(path, publicPage(rt, 60), async (request, reply) => {
    const { token, view } = await reportAsked(rt, request);
    if (!view.may.withdraw) return seeOther(reply, `/r/${token}`);
    return show(reply, await contextOf(rt, request), token, { reason: '', errors: {} });
  });

  app.post(path, publicPage(rt, 30), async (request, reply) => {
    const { id, token, view } = await reportAsked(rt, request);
    const fields = await readForm(request);
    const { key } = openFormToken(rt, 'withdraw', fields.get('f'));
    if (view.state === 'withdrawn') return seeOther(reply, `/r/${token}?done=withdrawn`);
    const ctx = await contextOf(rt, request, `/r/${token}/withdraw`);
    const typed = fields.get('reason').slice(0, 2 * limits.reason);
    if (fields.showAgain) return show(reply, ctx, token, { key, reason: typed, errors: {} });
    const reason = readText(typed, limits.reason);
    if (reason.problem !== null) {
      return show(reply, ctx, token, { key, reason: typed, errors: { reason: reasonError(ctx, reason.problem) } });
    }
    try {
      await rt.system('portal', (tx) => withdrawReport(tx, residentActor(request), id, { key, reason: reason.text }));
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'move-not-allowed') throw error;
      const text = ctx.t.receipt.withdrawLate;
      return sendReceipt(rt, reply, ctx, view, { text, kind: 'warn' }, null, 409);
    }
    return seeOther(reply, `/r/${token}?done=withdrawn`);
  });
}

export function reasonError(ctx: PageContext, problem: 'missing' | 'long' | 'bad'): string {
  const t = ctx.t.fields;
  return problem === 'missing' ? t.reasonMissing : problem === 'long' ? t.descriptionLong(limits.reason) : t.textBad;
}
