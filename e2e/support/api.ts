/** The second look: what the service says to another pair of eyes than the page under test. */
import { randomUUID } from 'node:crypto';
import type { APIResponse, Browser, BrowserContext } from '@playwright/test';
import { expect, signInAs } from './fixtures.ts';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Calls the API with the context's session and the header that every change needs. */
export function request(context: BrowserContext, method: Method, path: string, data?: unknown): Promise<APIResponse> {
  return context.request.fetch(path, {
    method,
    headers: { 'x-wangge': '1' },
    ...(data === undefined ? {} : { data }),
  });
}

/** As {@link request}, for what must succeed: the answer's body. */
export async function ask<T>(context: BrowserContext, method: Method, path: string, data?: unknown): Promise<T> {
  const answer = await request(context, method, path, data);
  expect(answer.ok(), `${method} ${path}: ${await answer.text()}`).toBe(true);
  return (await answer.json()) as T;
}

/** A context of its own, signed in as somebody else. */
export async function as(browser: Browser, role: string): Promise<BrowserContext> {
  const context = await browser.newContext();
  await signInAs(context, role);
  return context;
}

export interface Reported {
  id: string;
  number: string;
}

/** An incident in the middle of the first micro-grid, as a caller would report it. Words make it findable. */
export async function reportIncident(context: BrowserContext, description: string): Promise<Reported> {
  const { points } = await ask<{ points: { area: { path: string; center: object | null } }[] }>(
    context,
    'GET',
    '/api/areas/qr-points',
  );
  const [first] = points.toSorted((a, b) => (a.area.path < b.area.path ? -1 : 1));
  return ask(context, 'POST', '/api/incidents', {
    clientKey: randomUUID(),
    categoryCode: await firstPublicCategory(context),
    description,
    place: first?.area.center,
    photoIds: [],
  });
}

/** A second-level category that residents may choose as well. */
export async function firstPublicCategory(context: BrowserContext): Promise<string> {
  interface Category {
    code: string;
    parentCode: string | null;
    public: boolean;
    active: boolean;
  }
  const { categories } = await ask<{ categories: Category[] }>(context, 'GET', '/api/incidents/categories');
  const found = categories.find((each) => each.parentCode !== null && each.public && each.active);
  if (!found) throw new Error('no public category');
  return found.code;
}
