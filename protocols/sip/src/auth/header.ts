import { parseParams, quote, splitOutside, type Params } from '../message/split.ts';

/** Parameters of `Digest a="b", c=d`; undefined when it is another scheme (RFC 7616 §3.3, §3.4). */
export function parseDigest(value: string): Params | undefined {
  const match = /^Digest\s+(.+)$/is.exec(value.trim());
  if (!match || value.length > 4096) return undefined;
  return parseParams(splitOutside(match[1]!, ','));
}

const bare = new Set(['algorithm', 'stale', 'nc', 'qop']);

/** The header value. `quoteQop`: in a challenge qop is a quoted list, in credentials a bare word. */
export function formatDigest(params: Readonly<Record<string, string | undefined>>, quoteQop: boolean): string {
  const parts = Object.entries(params).flatMap(([name, value]) => {
    if (value === undefined) return [];
    const plain = bare.has(name) && !(name === 'qop' && quoteQop);
    return [`${name}=${plain ? value : quote(value)}`];
  });
  return `Digest ${parts.join(', ')}`;
}
