/** Answers that are the same for everybody until the areas change: made once, compressed once. */
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Call, Runtime } from '@wangge/kernel';
import { heldIndex } from './area-index.ts';

const gzipAsync = promisify(gzip);
const brotliAsync = promisify(brotliCompress);

class PreparedAnswer {
  readonly body: Buffer;
  readonly etag: string;
  readonly #packed = new Map<'br' | 'gzip', Promise<Buffer>>();
  constructor(value: unknown) {
    this.body = Buffer.from(JSON.stringify(value));
    this.etag = `"${createHash('sha1').update(this.body).digest('base64url')}"`;
  }
  packed(encoding: 'br' | 'gzip'): Promise<Buffer> {
    let packed = this.#packed.get(encoding);
    if (!packed) {
      packed =
        encoding === 'br'
          ? brotliAsync(this.body, { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } })
          : gzipAsync(this.body, { level: 6 });
      this.#packed.set(encoding, packed);
    }
    return packed;
  }
}

interface Shelf {
  readonly generation: number;
  readonly answers: Map<string, Promise<PreparedAnswer>>;
}
const shelves = new WeakMap<Runtime, Shelf>();

/**
 * Sends what `make` answers; it is called once per generation of the areas and name. The route's schema is
 * not applied again, so `make` must answer exactly what the contract names.
 */
export async function sendPrepared<T>(call: Call, name: string, make: () => Promise<T>): Promise<T> {
  const { generation } = heldIndex(call.rt);
  let shelf = shelves.get(call.rt);
  if (shelf?.generation !== generation) {
    shelf = { generation, answers: new Map() };
    shelves.set(call.rt, shelf);
  }
  const { answers } = shelf;
  let promise = answers.get(name);
  if (!promise) {
    promise = make().then((value) => new PreparedAnswer(value));
    answers.set(name, promise);
    promise.catch(() => answers.delete(name));
  }
  const answer = await promise;
  const { reply, request } = call;
  void reply
    .header('etag', answer.etag)
    .header('cache-control', 'private, no-cache')
    .header('vary', 'accept-encoding, cookie');
  const known = request.headers['if-none-match'];
  if (known?.split(',').some((tag) => tag.trim().replace(/^W\//, '') === answer.etag)) {
    return reply.code(304).send() as unknown as T;
  }
  void reply.type('application/json; charset=utf-8');
  const accepted = request.headers['accept-encoding'] ?? '';
  const encoding = /\bbr\b/.test(accepted) ? 'br' : /\bgzip\b/.test(accepted) ? 'gzip' : null;
  if (encoding === null || answer.body.length < 1400) return reply.send(answer.body) as unknown as T;
  const packed = await answer.packed(encoding);
  return reply.header('content-encoding', encoding).send(packed) as unknown as T;
}
