/** Failures of pages answer as pages; those of the API stay as they are. */
import { errorStatus } from '@wangge/contract-kit';
import { type ErrorPage, type Runtime, toAppError } from '@wangge/kernel';
import { errorPage } from '../pages/error.ts';
import { assetsNow, assetsOf } from './assets.ts';
import type { App } from './http.ts';
import { contextWith } from './page-context.ts';

/** Answered by programs, or by front ends with pages of their own. */
const others = /^\/(?:api|open311|files|console|field|portal-assets|openapi\.json)(?:[/?.]|$)/;

/** For `buildApi`'s `errorPages`: a browser that asks for a page gets one. */
export function portalErrorPage(rt: Runtime): ErrorPage {
  return (request, error) => {
    if (others.test(request.url) || !/\btext\/html\b/.test(request.headers.accept ?? '')) return null;
    return errorPage(contextWith(rt, request, assetsNow(request.server), pathBack(request)), error);
  };
}

/** A form's address may not be shown by GET; the switches of the page lead home then. */
function pathBack(request: { method: string; url: string }): string {
  return request.method === 'GET' ? request.url : '/';
}

/** Within the portal's own scope every failure is a page, whoever asks. */
export function registerErrorPages(scope: App, rt: Runtime): void {
  scope.setErrorHandler(async (thrown, request, reply) => {
    const { error, unexpected } = toAppError(thrown);
    if (unexpected) request.log.error({ err: thrown }, 'unexpected error');
    const retry = error.details?.['retryAfterS'];
    if (typeof retry === 'number') void reply.header('retry-after', String(retry));
    const assets = await assetsOf(request.server);
    void reply.code(errorStatus[error.code]).header('cache-control', 'no-store').type('text/html; charset=utf-8');
    return reply.send(errorPage(contextWith(rt, request, assets, pathBack(request)), error));
  });
}
