/** From a request to what its page needs to know. */
import { areaIndex } from '@wangge/areas';
import type { Runtime } from '@wangge/kernel';
import { type Assets, type PageContext, textsOf } from '../pages/context.ts';
import { assetsOf } from './assets.ts';
import type { Request } from './http.ts';
import { preferencesOf } from './preferences.ts';

/** Name of the town; the platform's own while no areas are published. */
export function townName(rt: Runtime): string {
  return (
    areaIndex(rt)
      .all()
      .find((area) => area.level === 'town')?.name ?? '网格'
  );
}

export function contextWith(rt: Runtime, request: Request, assets: Assets, path: string = request.url): PageContext {
  const { lang, large } = preferencesOf(request);
  return {
    lang,
    t: textsOf(lang),
    large,
    town: townName(rt),
    demo: rt.config.demo,
    path,
    zone: rt.config.zone,
    nowMs: rt.clock.nowMs(),
    assets,
  };
}

/** @param path of the page to come back to, where the request was a form */
export async function contextOf(rt: Runtime, request: Request, path: string = request.url): Promise<PageContext> {
  return contextWith(rt, request, await assetsOf(request.server), path);
}
