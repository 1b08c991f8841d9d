/**
 * Names of the built style and script. The server keeps the front ends' files; asking it for their list
 * leaves this module without a path into another package. Pages work without them.
 */
import { z } from 'zod';
import type { Assets } from '../pages/context.ts';
import type { App } from './http.ts';

export const assetsBase = '/portal-assets/';
const manifest = z.object({ css: z.string(), script: z.string() });
const none: Assets = { css: null, script: null };
const known = new WeakMap<App['server'], Assets>();

/** What is known without asking; for error pages, which cannot wait. */
export function assetsNow(app: App): Assets {
  return known.get(app.server) ?? none;
}

export async function assetsOf(app: App): Promise<Assets> {
  const before = known.get(app.server);
  if (before) return before;
  const answer = await app.inject({ method: 'GET', url: `${assetsBase}assets.json` });
  const parsed = answer.statusCode === 200 ? manifest.safeParse(JSON.parse(answer.body)) : null;
  const assets = parsed?.success
    ? { css: `${assetsBase}${parsed.data.css}`, script: `${assetsBase}${parsed.data.script}` }
    : none;
  known.set(app.server, assets);
  return assets;
}
