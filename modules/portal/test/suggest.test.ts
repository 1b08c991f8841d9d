/** What residents' words suggest: public categories only, at a sign only, and not without end. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPortalTown, type PortalTown, Visitor } from './support.ts';

let town: PortalTown;
beforeAll(async () => {
  town = await openPortalTown({ rateLimits: true });
});
afterAll(() => town.close());

const ask = (text: string, more: { token?: string; remoteAddress?: string; headers?: Record<string, string> } = {}) =>
  town.app.inject({
    method: 'POST',
    url: '/api/portal/suggest',
    headers: { 'x-wangge': '1', ...more.headers },
    payload: { text, token: more.token ?? town.token },
    remoteAddress: more.remoteAddress ?? '198.51.100.1',
  });

describe('suggestions for residents', () => {
  it('name public categories with their kind and the words that counted, and no more', async () => {
    const lamp = await ask('村口的路灯坏了');
    expect(lamp.statusCode).toBe(200);
    expect(lamp.json()).toEqual({
      suggestions: [
        {
          code: 'patrol.lamp',
          name: { zh: '路灯故障', en: 'Street lamp out' },
          kind: 'patrol',
          words: ['路灯'],
        },
      ],
    });
    // 反诈宣传 is a category that residents may not choose.
    expect((await ask('反诈宣传')).json()).toEqual({ suggestions: [] });
    expect((await ask('？？？')).json()).toEqual({ suggestions: [] });
  });

  it.each([
    [{ token: '0000000000' }, '路灯', 403],
    [{ token: 'x' }, '路灯', 403],
    [{}, '', 400],
    [{}, '长'.repeat(5000), 400],
    [{ headers: { 'x-wangge': '0' } }, '路灯', 403],
  ])('%# are refused to others and for nonsense', async (more, text, status) => {
    expect((await ask(text, { ...more, remoteAddress: '198.51.100.2' })).statusCode).toBe(status);
  });

  it('end for whoever asks without end; the next visitor is answered', async () => {
    const answers = [];
    for (let i = 0; i < 70; i++) answers.push((await ask('路灯', { remoteAddress: '198.51.100.3' })).statusCode);
    expect(answers.filter((status) => status === 200)).toHaveLength(60);
    expect(answers.at(-1)).toBe(429);
    expect((await ask('路灯', { remoteAddress: '198.51.100.4' })).statusCode).toBe(200);
  });

  it('have their place in the form, empty without script', async () => {
    const { html } = await new Visitor(town).get(`/q/${town.token}/report?kind=${town.kind}`);
    expect(html).toMatch(/data-island="suggest"[^>]*data-token="[0-9A-Z]{10}"/);
  });
});
