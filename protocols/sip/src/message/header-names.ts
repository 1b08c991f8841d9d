// Compact forms: RFC 3261 §7.3.3, RFC 6665 §8.4, RFC 3515, RFC 3892, RFC 4028, RFC 3841, RFC 4474.
const compact: Readonly<Record<string, string>> = {
  a: 'accept-contact',
  b: 'referred-by',
  c: 'content-type',
  d: 'request-disposition',
  e: 'content-encoding',
  f: 'from',
  i: 'call-id',
  j: 'reject-contact',
  k: 'supported',
  l: 'content-length',
  m: 'contact',
  n: 'identity-info',
  o: 'event',
  r: 'refer-to',
  s: 'subject',
  t: 'to',
  u: 'allow-events',
  v: 'via',
  x: 'session-expires',
  y: 'identity',
};

const irregular: Readonly<Record<string, string>> = {
  'call-id': 'Call-ID',
  cseq: 'CSeq',
  'www-authenticate': 'WWW-Authenticate',
  'mime-version': 'MIME-Version',
  'x-gb-ver': 'X-GB-Ver',
};
const written = new Map<string, string>();

/** The full name in lower case: `i`, `Call-ID` and `CALL-ID` are one header. */
export function headerKey(name: string): string {
  const lower = name.toLowerCase();
  return lower.length === 1 ? (compact[lower] ?? lower) : lower;
}

/** The name as other stacks write it. */
export function headerName(key: string): string {
  const known = irregular[key] ?? written.get(key);
  if (known) return known;
  const name = key.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());
  // The names come from messages of others: what is remembered stays small.
  if (written.size < 200) written.set(key, name);
  return name;
}
