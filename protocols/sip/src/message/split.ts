/**
 * Cuts at `separator` where it stands outside quoted strings and angle brackets (RFC 3261 §7.3.1: one header line
 * may carry several values). Parts come trimmed; empty ones are left out.
 */
export function splitOutside(value: string, separator: ',' | ';'): string[] {
  const parts: string[] = [];
  let start = 0;
  let quoted = false;
  let angle = 0;
  const push = (end: number): void => {
    const part = value.slice(start, end).trim();
    if (part !== '') parts.push(part);
    start = end + 1;
  };
  for (let at = 0; at < value.length; at++) {
    const char = value[at];
    if (quoted) {
      if (char === '\\') at++;
      else if (char === '"') quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === '<') angle++;
    else if (char === '>') angle = Math.max(0, angle - 1);
    else if (char === separator && angle === 0) push(at);
  }
  push(value.length);
  return parts;
}

export type Params = ReadonlyMap<string, string>;

/** Parameters after a value: `;rport;branch=x;name="a;b"`. Names in lower case, a flag has the value ''. */
export function parseParams(parts: readonly string[]): Map<string, string> {
  const params = new Map<string, string>();
  for (const part of parts.slice(0, 64)) {
    const equals = part.indexOf('=');
    if (equals < 0) params.set(part.toLowerCase(), '');
    else params.set(part.slice(0, equals).trim().toLowerCase(), unquote(part.slice(equals + 1).trim()));
  }
  return params;
}

/** `"a \"b\""` → `a "b"`; what is not quoted stays. */
export function unquote(value: string): string {
  if (value.length < 2 || !value.startsWith('"') || !value.endsWith('"')) return value;
  return value.slice(1, -1).replace(/\\(.)/gs, '$1');
}

export const quote = (value: string): string => `"${value.replace(/["\\]/g, '\\$&')}"`;
