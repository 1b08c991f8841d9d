import { SipError } from '../error.ts';
import { headerKey, headerName } from './header-names.ts';
import { splitOutside } from './split.ts';

/**
 * Header lines in order. Values are "binary" strings, one char per byte of the message, so that a name in GB18030
 * or UTF-8 that is echoed in an answer comes back as it was sent.
 */
export class Headers {
  readonly #lines: [key: string, value: string][] = [];

  /** First line of that name, in any spelling of the name. */
  get(name: string): string | undefined {
    const key = headerKey(name);
    return this.#lines.find((line) => line[0] === key)?.[1];
  }

  /** All lines of that name. */
  all(name: string): string[] {
    const key = headerKey(name);
    return this.#lines.filter((line) => line[0] === key).map((line) => line[1]);
  }

  /** All values of that name, lines with several of them cut at their commas. */
  values(name: string): string[] {
    return this.all(name).flatMap((line) => splitOutside(line, ','));
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  /** @throws SipError `malformed` when the value would break out of its line */
  add(name: string, value: string | number): this {
    this.#lines.push([headerKey(name), oneLine(value)]);
    return this;
  }

  /** Puts a line before all others (Via of a request on its way). */
  prepend(name: string, value: string): this {
    this.#lines.unshift([headerKey(name), oneLine(value)]);
    return this;
  }

  /** Replaces the first line of that name in its place and drops the others. */
  set(name: string, value: string | number): this {
    const key = headerKey(name);
    const at = this.#lines.findIndex((line) => line[0] === key);
    if (at < 0) return this.add(name, value);
    const kept = this.#lines.filter((line, index) => index <= at || line[0] !== key);
    kept[at] = [key, oneLine(value)];
    this.#lines.splice(0, this.#lines.length, ...kept);
    return this;
  }

  /** Replaces all lines of that name by these values, the first of them in the old place. */
  replace(name: string, values: readonly string[]): this {
    const key = headerKey(name);
    const at = this.#lines.findIndex((line) => line[0] === key);
    const lines = this.#lines.filter((line) => line[0] !== key);
    lines.splice(at < 0 ? lines.length : at, 0, ...values.map((value): [string, string] => [key, oneLine(value)]));
    this.#lines.splice(0, this.#lines.length, ...lines);
    return this;
  }

  /** A copy that may be changed. */
  clone(): Headers {
    const copy = new Headers();
    for (const [key, value] of this.#lines) copy.#lines.push([key, value]);
    return copy;
  }

  /** The lines as they go onto the wire, names in their usual spelling. */
  toString(): string {
    return this.#lines.map(([key, value]) => `${headerName(key)}: ${value}\r\n`).join('');
  }
}

function oneLine(value: string | number): string {
  const text = String(value);
  if (/[\r\n\0]/.test(text)) throw new SipError('malformed', 'a header value holds a line break');
  return text;
}
