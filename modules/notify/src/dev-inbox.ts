/** `/dev/inbox`: what would have gone to telephones, in demo mode. Also as JSON for tests in a browser. */
import { AppError } from '@wangge/contract-kit';
import type { Runtime } from '@wangge/kernel';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { demoInbox, type InboxText } from './messages.ts';

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
}
function page(rt: Runtime, texts: readonly InboxText[]): string {
  const time = new Intl.DateTimeFormat('zh-CN', { timeZone: rt.config.zone, dateStyle: 'short', timeStyle: 'medium' });
  const rows = texts
    .map((t) => `<tr><td>${time.format(t.atMs)}</td><td>${escape(t.phone)}</td><td>${escape(t.text)}</td></tr>`)
    .join('');
  return `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>短信收件箱（演示）</title><style>body{font:16px/1.6 system-ui,sans-serif;margin:2rem auto;max-width:56rem;padding:0 1rem}
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.5rem;border-bottom:1px solid #ccc;vertical-align:top}</style>
<h1>短信收件箱（演示）</h1><p lang="en">Text messages that this demo would have sent. Nothing leaves this machine.</p>
<table><thead><tr><th>时间</th><th>手机号</th><th>内容</th></tr></thead><tbody>${rows || '<tr><td colspan="3">还没有短信。</td></tr>'}</tbody></table></html>`;
}

/** A demo that others can reach must not show them each other's codes: this machine itself, or somebody signed in. */
function mayRead(request: FastifyRequest): boolean {
  const direct = request.headers['x-forwarded-for'] === undefined && request.headers.forwarded === undefined;
  return request.actor.kind === 'account' || (direct && /^(127\.|::1$|::ffff:127\.)/.test(request.ip));
}

export function registerDevInbox(app: FastifyInstance, rt: Runtime): void {
  if (!rt.config.demo) return;
  const read = (request: FastifyRequest): Promise<InboxText[]> => {
    if (!mayRead(request)) throw new AppError('unauthenticated');
    return demoInbox(rt);
  };
  app.get('/dev/inbox', { config: { access: 'public' } }, async (request, reply) =>
    reply
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-store')
      .send(page(rt, await read(request))),
  );
  app.get('/dev/inbox.json', { config: { access: 'public' } }, async (request, reply) =>
    reply.header('cache-control', 'no-store').send(await read(request)),
  );
}
