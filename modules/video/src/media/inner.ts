/** What other processes of the platform ask a media worker: a door of its own on the loopback, each request signed. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { Runtime } from '@wangge/kernel';
import { z } from 'zod';
import { linkStateNames } from '../contract.ts';
import { probeRtsp } from './probe.ts';

const header = 'x-wangge-inner';
const purpose = 'video.inner';
const probePath = '/inner/probe';
const freshMs = 60_000;
const longestBody = 16 << 10;

const probeInput = z.object({
  url: z.string().max(500),
  user: z.string().max(100).nullable(),
  password: z.string().max(200).nullable(),
});
export type ProbeInput = z.infer<typeof probeInput>;
const probeOutput = z.object({
  link: z.enum(linkStateNames),
  /** As `RtspClosure.reason`. */
  reason: z.string().nullable(),
  codec: z.string().nullable(),
  width: z.number().int().nullable(),
  height: z.number().int().nullable(),
  tookMs: z.number().int(),
});
export type ProbeOutput = z.infer<typeof probeOutput>;

/** The caller listens, on the loopback, and closes. */
export function innerServer(rt: Runtime): Server {
  return createServer((request, response) => {
    answer(rt, request).then(
      ({ status, body }) =>
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body ?? {})),
      (error: unknown) => {
        rt.log.error({ err: error }, 'an inner request failed');
        response.writeHead(500).end();
      },
    );
  });
}

async function answer(rt: Runtime, request: IncomingMessage): Promise<{ status: number; body?: unknown }> {
  const text = await readBody(request);
  if (text === null) return { status: 413 };
  if (!isSigned(rt, String(request.headers[header] ?? ''), request.url ?? '', text)) return { status: 403 };
  if (request.url !== probePath || request.method !== 'POST') return { status: 404 };
  const input = probeInput.safeParse(JSON.parse(text));
  return input.success ? { status: 200, body: await probeRtsp(input.data) } : { status: 400 };
}

function isSigned(rt: Runtime, word: string, path: string, text: string): boolean {
  const [ms = '', signature = ''] = word.split('.');
  return Math.abs(Number(ms) - Date.now()) < freshMs && rt.keys.verify(signature, purpose, ms, path, text);
}

async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > longestBody) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
