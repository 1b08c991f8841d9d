/** A demo town with people and categories, and a browser without script. */
import { areaIndex, type AreaNode, areas, qrTokenOf, seedAreas } from '@wangge/areas';
import { demoSeed, generateDemoTown } from '@wangge/geo/town';
import { incidents, moveIncident, seedCategories, systemMove } from '@wangge/incidents';
import type { Config } from '@wangge/kernel';
import { openTestTown, type TestTown, until } from '@wangge/kernel/testkit';
import { demoInbox, notify } from '@wangge/notify';
import { seedStaff, staff } from '@wangge/staff';
import { portal } from '../src/index.ts';

/** A red square of 16 pixels. */
export const smallPhoto = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAABAAAAAQCAMAAAAoLQ9TAAAAA1BMVEX/AAAZ4gk3AAAACXBIWXMAAAPoAAAD6AG1e1JrAAAADklEQVQYlWNgGAUMSAAAARAAAVGhZwQAAAAASUVORK5CYII=',
  'base64',
);

export interface PortalTown extends TestTown {
  readonly microGrid: AreaNode;
  readonly token: string;
  readonly kind: string;
  readonly category: string;
  signIn(login: string): Promise<string>;
}

export async function openPortalTown(more: Partial<Config> & { nowMs?: number } = {}): Promise<PortalTown> {
  const town = await openTestTown([areas, staff, notify, incidents, portal], more);
  await seedAreas(town.rt, generateDemoTown(demoSeed));
  const accounts = new Map((await seedStaff(town.rt)).map((a) => [a.login, a]));
  await seedCategories(town.rt);
  const microGrid = areaIndex(town.rt)
    .all()
    .find((a) => a.level === 'micro-grid');
  const token = microGrid && (await town.rt.system('test', (tx) => qrTokenOf(tx, microGrid.id)));
  if (!microGrid || !token) throw new Error('the demo town has no signs');
  return {
    ...town,
    microGrid,
    token,
    kind: 'environment',
    category: 'environment.rubbish',
    async signIn(login) {
      const answer = await town.app.inject({
        method: 'POST',
        url: '/api/session',
        headers: { 'x-wangge': '1' },
        payload: { login, password: accounts.get(login)?.password ?? '' },
      });
      const cookie = answer.cookies.find((c) => c.name === 'wangge_session');
      if (!cookie) throw new Error(`${login}: ${answer.body}`);
      return `wangge_session=${cookie.value}`;
    },
  };
}

export type Fields = Record<string, string | readonly string[]>;
export interface Page {
  readonly status: number;
  readonly html: string;
  readonly location: string | null;
  readonly headers: Readonly<Record<string, unknown>>;
}

/** Keeps cookies, follows nothing by itself, reads hidden fields: what a person without script has. */
export class Visitor {
  readonly #town: TestTown;
  readonly #cookies = new Map<string, string>();
  readonly #headers: Record<string, string>;
  constructor(town: TestTown, headers: Record<string, string> = {}) {
    this.#town = town;
    this.#headers = headers;
  }
  async #ask(
    method: 'GET' | 'POST',
    url: string,
    more: { headers?: Record<string, string>; payload?: string | Buffer },
  ) {
    const cookie = [...this.#cookies].map(([k, v]) => `${k}=${encodeURIComponent(v)}`).join('; ');
    const answer = await this.#town.app.inject({
      method,
      url,
      headers: { accept: 'text/html', ...(cookie === '' ? {} : { cookie }), ...this.#headers, ...more.headers },
      ...(more.payload === undefined ? {} : { payload: more.payload }),
    });
    for (const c of answer.cookies) this.#cookies.set(c.name, c.value);
    const location = answer.headers.location;
    return {
      status: answer.statusCode,
      html: answer.body,
      location: typeof location === 'string' ? location : null,
      headers: answer.headers,
    };
  }
  get(url: string): Promise<Page> {
    return this.#ask('GET', url, {});
  }
  post(url: string, fields: Fields): Promise<Page> {
    const body = new URLSearchParams();
    for (const [name, value] of Object.entries(fields))
      for (const one of Array.isArray(value) ? value : [value]) body.append(name, one);
    return this.#ask('POST', url, {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: body.toString(),
    });
  }
  /** As a browser sends a form with files. */
  async postFiles(url: string, fields: Fields, files: readonly { name: string; bytes: Buffer }[] = []): Promise<Page> {
    const boundary = '----wangge-test-boundary';
    const parts: Buffer[] = [];
    for (const [name, value] of Object.entries(fields)) {
      for (const one of Array.isArray(value) ? value : [value])
        parts.push(
          Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${String(one)}\r\n`),
        );
    }
    for (const file of files) {
      parts.push(
        Buffer.from(
          `--${boundary}\r\ncontent-disposition: form-data; name="photo"; filename="${file.name}"\r\ncontent-type: image/jpeg\r\n\r\n`,
        ),
        file.bytes,
        Buffer.from('\r\n'),
      );
    }
    parts.push(Buffer.from(`--${boundary}--\r\n`));
    const page = await this.#ask('POST', url, {
      headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
      payload: Buffer.concat(parts),
    });
    // Reports of one test are much alike; who is asked says that it is another.
    const alike = /action="([^"]*\/report\/alike)"/.exec(page.html)?.[1];
    return alike === undefined ? page : this.post(alike, { draft: fieldOf(page.html, 'draft'), do: 'other' });
  }
  /** Opens the report form and gives its hidden token. */
  async openForm(town: PortalTown): Promise<{ url: string; f: string }> {
    const url = `/q/${town.token}/report?kind=${town.kind}`;
    return { url, f: fieldOf((await this.get(url)).html, 'f') };
  }
  /** A whole anonymous report; the answer is its receipt's path. */
  async report(town: PortalTown, more: Fields = {}): Promise<string> {
    const { url, f } = await this.openForm(town);
    const page = await this.postFiles(url, {
      f,
      category: town.category,
      description: '村口垃圾桶旁堆了很多垃圾',
      contact: 'anonymous',
      ...more,
    });
    if (page.location === null) throw new Error(`no receipt: ${page.status} ${errorsOf(page.html).join(' ')}`);
    return page.location.split('?')[0] ?? '';
  }
}

function unescapeHtml(text: string): string {
  const known: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
  return text.replace(/&(amp|lt|gt|quot|#39);/g, (_whole, name: string) => known[name] ?? '');
}
/** Value of an input, as a browser would send it. */
export function fieldOf(html: string, name: string): string {
  return valuesOf(html, name)[0] ?? '';
}
export function valuesOf(html: string, name: string): string[] {
  const inputs = html.match(/<input[^>]*>/g) ?? [];
  return inputs
    .filter((input) => input.includes(`name="${name}"`))
    .map((input) => unescapeHtml(/value="([^"]*)"/.exec(input)?.[1] ?? ''));
}
export function errorsOf(html: string): string[] {
  return [...html.matchAll(/<p class="error" id="([a-z]+)-error">/g)].map((m) => m[1] ?? '');
}

/** The newest code that went to this phone. */
export async function codeFor(town: TestTown, phone: string): Promise<string> {
  return until(async () => {
    const text = (await demoInbox(town.rt)).find((t) => t.phone === phone && t.text.includes('验证码'));
    return /\d{6}/.exec(text?.text ?? '')?.[0];
  }, 'a code');
}

export async function incidentOf(town: TestTown, receipt: string): Promise<{ id: string; number: string }> {
  const html = (await town.app.inject({ url: receipt, headers: { accept: 'text/html' } })).body;
  const number = /<dd class="number">([^<]+)<\/dd>/.exec(html)?.[1] ?? '';
  const found = await town.owner.query<{ id: string }>('select id from incidents_incidents where number = $1', [
    number,
  ]);
  return { id: found.rows[0]?.id ?? '', number };
}

/** Through the office's moves until it is closed. */
export async function closeIncident(town: TestTown, id: string): Promise<void> {
  const facts = { hats: ['dispatcher', 'verifier'], anyVersion: true } as const;
  await town.rt.system('test', async (tx) => {
    await moveIncident(tx, id, { move: 'accept', version: 0 }, facts);
    await moveIncident(tx, id, { move: 'register', version: 0 }, facts);
    await systemMove(tx, id, 'start', { orderAccepted: true });
    await systemMove(tx, id, 'respond', { respondedOrders: 1 });
  });
  await town.owner.query('update incidents_incidents set proof_count = 1 where id = $1', [id]);
  await town.rt.system('test', (tx) => moveIncident(tx, id, { move: 'close', version: 0 }, facts));
}
