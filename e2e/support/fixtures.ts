/** What every spec shares: signing in by cookie, and a console that must stay silent. */
import { type BrowserContext, expect, type Page, test as base } from '@playwright/test';

export { expect };

interface Fixtures {
  /** Refusals that a spec provokes on purpose: the browser writes each as an error into its console. */
  refusals: readonly number[];
  silentConsole: void;
  leftPages: void;
}

/** An error in the browser's console fails the spec, whatever the page looks like. */
export const test = base.extend<Fixtures>({
  refusals: [[], { option: true }],
  silentConsole: [
    async ({ context, refusals }, use) => {
      const errors: string[] = [];
      context.on('console', (message) => {
        if (message.type() !== 'error') return;
        const status = Number(/status of (\d{3})/.exec(message.text())?.[1]);
        if (!refusals.includes(status)) errors.push(`${message.text()} (${message.location().url})`);
      });
      context.on('weberror', (error) => errors.push(String(error.error())));
      await use();
      expect(errors).toEqual([]);
    },
    { auto: true },
  ],
  leftPages: [
    async ({ browser, context: own }, use) => {
      await use();
      // Pages that a spec left open go on drawing and listening, and slow down every spec after it.
      const left = browser.contexts().filter((context) => context !== own && context.pages().length > 0);
      await Promise.all(left.map((context) => context.close()));
    },
    { auto: true },
  ],
});

interface DemoAccount {
  login: string;
  password: string;
  role: string;
}

/** Signs a browser context in without going through the form. */
export async function signInAs(context: BrowserContext, role: string): Promise<DemoAccount> {
  const answer = await context.request.get('/api/me/demo-accounts');
  const { accounts } = (await answer.json()) as { accounts: DemoAccount[] };
  const account = accounts.find((a) => a.role === role);
  if (!account) throw new Error(`the demo has no account of role ${role}`);
  const session = await context.request.post('/api/session', {
    headers: { 'x-wangge': '1' },
    data: { login: account.login, password: account.password },
  });
  expect(session.ok(), await session.text()).toBe(true);
  return account;
}

/** The axe-core findings of a page, or of what a selector finds on it, WCAG 2.2 A and AA. */
export async function axeFindings(page: Page, within = 'html'): Promise<string[]> {
  const { default: axe } = await import('axe-core');
  await page.evaluate(axe.source);
  return page.evaluate(async (selector) => {
    const run = (
      globalThis as unknown as {
        axe: { run(context: string, o: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
      }
    ).axe;
    const result = await run.run(selector, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] });
    return result.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 120)).join(' | ')}`);
  }, within);
}
