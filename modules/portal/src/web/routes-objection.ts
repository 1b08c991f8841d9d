/** "Not fixed": by the holder of the receipt, or by anybody affected who knows the number. Always with a phone. */
import { AppError } from '@wangge/contract-kit';
import type { Runtime } from '@wangge/kernel';
import { z } from 'zod';
import { objectToClosing } from '../actions/move-report.ts';
import { publicProgress, reportByToken } from '../actions/read-receipt.ts';
import type { PageContext } from '../pages/context.ts';
import type { FieldErrors } from '../pages/pieces.ts';
import { reasonPage } from '../pages/reason.ts';
import type { ReceiptView } from '../pages/receipt-view.ts';
import { limits, parseNumber, parsePhone, readText } from '../rules.ts';
import { askForCode, checkCode, type CodeStep, showCode, showCodeErrors } from './code-step.ts';
import { formToken, openFormToken } from './form-token.ts';
import { type App, publicPage, type Reply, type Request, residentActor, seeOther, sendPrivatePage } from './http.ts';
import { contextOf } from './page-context.ts';
import { readForm } from './read-form.ts';
import { reasonError, sendReceipt } from './routes-receipt.ts';
import { seal, unseal } from './sealed.ts';
import { verifiedPhone } from './verified-phone.ts';

const draftSchema = z.object({ id: z.uuid(), key: z.uuid(), reason: z.string(), phone: z.string() });
type Draft = z.infer<typeof draftSchema>;

interface Asked {
  readonly id: string;
  readonly view: ReceiptView;
  /** Path of the progress page. */
  readonly home: string;
}
interface Journey extends Asked {
  readonly rt: Runtime;
  readonly request: Request;
  readonly reply: Reply;
  readonly ctx: PageContext;
}

/** By receipt (`/r/…`) or by number (`/p/…`); the latter is for those whose phone was verified. */
async function asked(rt: Runtime, request: Request): Promise<Asked> {
  const { token, number } = request.params as { token?: string; number?: string };
  if (token !== undefined) {
    const found = await rt.system('portal', (tx) => reportByToken(tx, token));
    if (!found) throw new AppError('wrong-token');
    // Of a merged report, the one that stayed is what was closed.
    return { ...found, id: found.handledId, home: `/r/${token}` };
  }
  const known = parseNumber(number ?? '');
  const found = known === null ? null : await rt.system('portal', (tx) => publicProgress(tx, known));
  // Without a verified phone nobody learns which numbers exist.
  if (!found || verifiedPhone(rt, request) === null) throw new AppError('not-found');
  return { ...found, home: `/p/${found.view.number}` };
}

export function registerObjection(app: App, rt: Runtime): void {
  app.get('/p/:number', publicPage(rt, 60), async (request, reply) => {
    const { view, home } = await asked(rt, request);
    const ctx = await contextOf(rt, request, home);
    const done = (request.query as { done?: string }).done === 'objection';
    return sendReceipt(rt, reply, ctx, view, done ? { text: ctx.t.receipt.objectionSent, kind: 'good' } : null);
  });

  for (const base of ['/r/:token', '/p/:number']) {
    const journeyOf = async (request: Request, reply: Reply): Promise<Journey> => {
      const found = await asked(rt, request);
      return { ...found, rt, request, reply, ctx: await contextOf(rt, request, `${found.home}/objection`) };
    };
    app.get(`${base}/objection`, publicPage(rt, 60), async (request, reply) => {
      const journey = await journeyOf(request, reply);
      if (!journey.view.may.object) return seeOther(reply, journey.home);
      return showForm(journey, { reason: '', phone: '', errors: {} });
    });
    app.post(`${base}/objection`, publicPage(rt, 30), async (request, reply) =>
      receiveForm(await journeyOf(request, reply)),
    );
    app.post(`${base}/objection/code`, publicPage(rt, 60), async (request, reply) => {
      const journey = await journeyOf(request, reply);
      const fields = await readForm(request);
      const draft = unseal(rt, 'objection-draft', draftSchema, fields.get('draft'));
      if (draft.id !== journey.id) throw new AppError('csrf-failed');
      const step = codeStep(journey, draft);
      if (fields.showAgain) return showCode(reply, journey.ctx, step);
      if (fields.get('do') === 'again') return askForCode(rt, request, reply, journey.ctx, step);
      const errors = await checkCode(rt, reply, journey.ctx, draft.phone, fields.get('code'), draft.key);
      return errors ? showCodeErrors(reply, journey.ctx, step, errors) : send(journey, draft);
    });
  }
}

async function receiveForm(journey: Journey): Promise<Reply> {
  const { rt, request, reply, ctx } = journey;
  const fields = await readForm(request);
  const { key } = openFormToken(rt, 'objection', fields.get('f'));
  const known = verifiedPhone(rt, request);
  const typed = { reason: fields.get('reason').slice(0, 2 * limits.reason), phone: fields.get('phone').slice(0, 40) };
  if (fields.showAgain) return showForm(journey, { ...typed, key, errors: {} });
  const reason = readText(typed.reason, limits.reason);
  const phone = typed.phone.trim() === '' ? known : parsePhone(typed.phone);
  const errors: FieldErrors = {
    ...(reason.problem === null ? {} : { reason: reasonError(ctx, reason.problem) }),
    ...(phone === null ? { phone: ctx.t.fields.phoneBad } : {}),
  };
  if (phone === null || Object.keys(errors).length > 0) return showForm(journey, { ...typed, key, errors });
  const draft = { id: journey.id, key, reason: reason.text, phone };
  return phone === known ? send(journey, draft) : askForCode(rt, request, reply, ctx, codeStep(journey, draft));
}

function codeStep({ rt, ctx, home }: Journey, draft: Draft): CodeStep {
  return {
    action: `${home}/objection/code`,
    phone: draft.phone,
    draft: seal(rt, 'objection-draft', draft),
    mayBeAnonymous: false,
    back: { href: `${home}/objection`, label: ctx.t.shell.back },
    confirmLabel: ctx.t.code.confirm,
  };
}

async function send(journey: Journey, draft: Draft): Promise<Reply> {
  const { rt, request, reply, ctx, view, home } = journey;
  try {
    await rt.system('portal', (tx) =>
      objectToClosing(tx, residentActor(request), draft.id, { ...draft, isReporter: view.token !== null }),
    );
  } catch (error) {
    const text = error instanceof AppError ? refusalText(ctx, error) : null;
    if (text === null) throw error;
    return sendReceipt(rt, reply, ctx, view, { text, kind: 'warn' }, null, 409);
  }
  return seeOther(reply, `${home}?done=objection`);
}

function refusalText(ctx: PageContext, error: AppError): string | null {
  const t = ctx.t.receipt;
  if (error.code === 'move-not-allowed') return t.objectionNotNow;
  if (error.code !== 'guard-failed') return null;
  switch (error.details?.['guard']) {
    case 'once-per-person':
      return t.objectionTwice;
    case 'within-15-days':
      return t.objectionLate;
    default:
      return t.objectionNotNow;
  }
}

function showForm(
  { rt, request, reply, ctx, home }: Journey,
  form: { key?: string; reason: string; phone: string; errors: FieldErrors },
): Reply {
  const t = ctx.t.receipt;
  const page = reasonPage(ctx, {
    action: `${home}/objection`,
    title: t.objectionTitle,
    lead: t.objectionOnce,
    label: t.objectionReason,
    hint: t.objectionReasonHint,
    button: t.objectionButton,
    formToken: formToken(rt, 'objection', form.key),
    reason: form.reason,
    phone: { value: form.phone, verified: verifiedPhone(rt, request) },
    errors: form.errors,
    notice: null,
    back: { href: home, label: t.title },
  });
  return sendPrivatePage(reply, page, Object.keys(form.errors).length > 0 ? 422 : 200);
}
