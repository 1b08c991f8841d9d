import { defineRoute } from '@wangge/contract-kit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineModule, handle } from '../../src/index.ts';
import { schemaText } from '../../src/http/schema-text.ts';
import { openTestTown, type TestTown } from '../../src/testkit/index.ts';

const odd = defineRoute({
  method: 'POST',
  path: '/api/odd/:id',
  summary: '<script>alert("x")</script> & more',
  access: 'public',
  params: z.object({ id: z.uuid() }),
  query: z.object({ '<b>': z.string().optional() }),
  body: z.object({ text: z.string().max(5), kind: z.enum(["it's", '</pre>']) }),
  response: z.object({ ok: z.boolean() }),
});
let town: TestTown;
beforeAll(async () => {
  town = await openTestTown([
    defineModule({ name: 'odd', routes: [handle(odd, () => Promise.resolve({ ok: true }))] }),
  ]);
});
afterAll(() => town.close());

describe('/docs', () => {
  it('shows every route of the document, escaped, without scripts', async () => {
    const page = await town.app.inject({ method: 'GET', url: '/docs' });
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    const document = (await town.app.inject({ method: 'GET', url: '/openapi.json' })).json<{
      openapi: string;
      paths: Record<string, Record<string, unknown>>;
    }>();
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths)).toEqual(
      expect.arrayContaining(['/api/files', '/files/{id}/{variant}', '/api/live', '/api/audit', '/api/odd/{id}']),
    );
    for (const path of Object.keys(document.paths)) expect(page.body).toContain(`<code>${path}</code>`);
    expect(page.body).toContain('href="/openapi.json"');
    expect(page.body).toContain('&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; more');
    expect(page.body).toContain('<code>&lt;b&gt;</code>');
    expect(page.body).toContain('&lt;/pre&gt;');
    expect(page.body).not.toMatch(/<script|<b>| on\w+=/);
  });
});

describe('a schema as text', () => {
  it.each([
    [z.string().max(5), 'string (≤ 5 chars)'],
    [z.array(z.uuid()), 'uuid[]'],
    [z.array(z.enum(['a', 'b'])), '("a" | "b")[]'],
    [z.string().nullable(), 'string | null'],
    [z.int(), 'integer'],
    [z.number().min(0).max(5), 'number (≥ 0, ≤ 5)'],
    [z.record(z.string(), z.unknown()), '{\n  [name]: any\n}'],
    [z.object({ a: z.literal(1), b: z.boolean().optional() }), '{\n  a: 1\n  b?: boolean\n}'],
  ])('%#: %s', (schema, text) => {
    expect(schemaText(z.toJSONSchema(schema))).toBe(text);
  });
});
