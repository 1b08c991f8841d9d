/** Every failure leaves in one shape; what we did not expect is logged and says no more than it must. */
import { AppError, errorStatus, type ErrorBody, type ErrorCode } from '@wangge/contract-kit';
import { errorTexts } from '@wangge/texts';
import type { FastifyError, FastifyInstance, FastifyRequest } from 'fastify';
import { ZodError } from 'zod';
import { translateDbError } from '../db/pool.ts';

/** Codes of the HTTP layer itself, in our words. */
const httpCodes: Record<string, ErrorCode> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'text-too-long',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported-media',
  FST_ERR_CTP_INVALID_JSON_BODY: 'malformed-json',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'malformed-json',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'bad-request',
  FST_ERR_BAD_URL: 'bad-request',
  FST_REQ_FILE_TOO_LARGE: 'file-too-large',
  FST_FILES_LIMIT: 'bad-request',
  FST_INVALID_MULTIPART_CONTENT_TYPE: 'unsupported-media',
};

/** From a failed check of a schema to the field at fault; a text over its limit says so by its own code. */
export function invalidField(error: ZodError): AppError {
  const issue = error.issues[0];
  const field = issue?.path.map(String).join('.') ?? '';
  const tooLong = issue?.code === 'too_big' && issue.origin === 'string';
  return new AppError(tooLong ? 'text-too-long' : 'invalid-field', {
    ...(field === '' ? {} : { field }),
    details: { problem: issue?.message ?? '', ...(tooLong ? { maxChars: Number(issue.maximum) } : {}) },
  });
}

/** What to answer, and whether the log needs to know. */
export function toAppError(error: unknown): { error: AppError; unexpected: boolean } {
  const known = translateDbError(error);
  if (known instanceof AppError) return { error: known, unexpected: false };
  if (known instanceof ZodError) return { error: invalidField(known), unexpected: false };
  const fastify = known as Partial<FastifyError>;
  const code = httpCodes[fastify.code ?? ''];
  if (code) return { error: new AppError(code, { cause: known }), unexpected: false };
  if (known instanceof SyntaxError && fastify.statusCode === 400)
    return { error: new AppError('malformed-json'), unexpected: false };
  if (fastify.statusCode === 429) return { error: new AppError('rate-limited'), unexpected: false };
  if (fastify.statusCode !== undefined && fastify.statusCode >= 400 && fastify.statusCode < 500) {
    return { error: new AppError('bad-request', { cause: known }), unexpected: false };
  }
  // The multipart parser's errors carry no code.
  if (known instanceof Error && /multipart/i.test(known.message)) {
    return { error: new AppError('bad-request', { cause: known }), unexpected: false };
  }
  return { error: new AppError('internal', { cause: known }), unexpected: true };
}

export function errorBodyOf(error: AppError, requestId?: string): ErrorBody {
  return {
    error: {
      code: error.code,
      message: errorTexts[error.code],
      ...(error.field === undefined ? {} : { field: error.field }),
      ...(error.details === undefined ? {} : { details: { ...error.details } }),
      ...(requestId === undefined ? {} : { requestId }),
    },
  };
}

/** Pages answer errors as pages; the portal registers how. */
export type ErrorPage = (request: FastifyRequest, error: AppError) => string | null;

export function registerErrors(app: FastifyInstance, pages: readonly ErrorPage[]): void {
  app.setErrorHandler((thrown, request, reply) => {
    const { error, unexpected } = toAppError(thrown);
    if (unexpected) request.log.error({ err: thrown }, 'unexpected error');
    const retry = error.details?.['retryAfterS'];
    if (typeof retry === 'number') reply.header('retry-after', String(retry));
    void reply.code(errorStatus[error.code]);
    for (const page of pages) {
      const html = page(request, error);
      if (html !== null) return reply.type('text/html; charset=utf-8').send(html);
    }
    return reply.type('application/json; charset=utf-8').send(JSON.stringify(errorBodyOf(error, request.id)));
  });
  app.setNotFoundHandler((request, reply) => {
    const error = new AppError('not-found');
    void reply.code(404);
    for (const page of pages) {
      const html = page(request, error);
      if (html !== null) return reply.type('text/html; charset=utf-8').send(html);
    }
    return reply.type('application/json; charset=utf-8').send(JSON.stringify(errorBodyOf(error, request.id)));
  });
}
