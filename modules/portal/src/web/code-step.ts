/** Sending a code and checking what was typed, the same for every form that needs a phone. */
import type { Runtime } from '@wangge/kernel';
import { codeStepPage, type CodeStepView } from '../pages/code-step.ts';
import type { PageContext } from '../pages/context.ts';
import type { FieldErrors } from '../pages/pieces.ts';
import { sendCode, spendCode } from '../phone-codes.ts';
import { type CodeDecision, parseCode } from '../rules.ts';
import { type Reply, type Request, sendPrivatePage } from './http.ts';
import { rememberPhone } from './verified-phone.ts';

export type CodeStep = Omit<CodeStepView, 'errors' | 'notice'>;

function noticeOf(ctx: PageContext, decision: CodeDecision): string | null {
  if (decision.kind === 'send') return null;
  return decision.kind === 'wait' ? ctx.t.code.wait(decision.seconds) : ctx.t.code.tooMany;
}

/** Sends a code, or says why not, and shows where to type it. */
export async function askForCode(
  rt: Runtime,
  request: Request,
  reply: Reply,
  ctx: PageContext,
  step: CodeStep,
): Promise<Reply> {
  const decision = await rt.system('portal', (tx) => sendCode(tx, step.phone, request.ip, ctx.lang));
  const status = decision.kind === 'send' ? 200 : 429;
  return sendPrivatePage(reply, codeStepPage(ctx, { ...step, errors: {}, notice: noticeOf(ctx, decision) }), status);
}

/** The same step in another language, say; nothing is sent. */
export function showCode(reply: Reply, ctx: PageContext, step: CodeStep): Reply {
  return sendPrivatePage(reply, codeStepPage(ctx, { ...step, errors: {}, notice: null }));
}

export function showCodeErrors(reply: Reply, ctx: PageContext, step: CodeStep, errors: FieldErrors): Reply {
  return sendPrivatePage(reply, codeStepPage(ctx, { ...step, errors, notice: null }), 422);
}

/**
 * Null when the code is right: the number is then remembered for a while.
 *
 * @param useKey of the form that is confirmed
 */
export async function checkCode(
  rt: Runtime,
  reply: Reply,
  ctx: PageContext,
  phone: string,
  typed: string,
  useKey: string,
): Promise<FieldErrors | null> {
  const code = parseCode(typed);
  if (code === null) return { code: ctx.t.fields.codeBad };
  const verdict = await rt.system('portal', (tx) => spendCode(tx, phone, code, useKey));
  switch (verdict.kind) {
    case 'right':
      rememberPhone(rt, reply, phone);
      return null;
    case 'wrong':
      return { code: ctx.t.fields.codeWrong(verdict.left) };
    case 'gone':
      return { code: ctx.t.fields.codeGone };
  }
}
