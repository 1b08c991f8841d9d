import { GbError } from '../error.ts';
import { childrenOf, escapeXml, textOf, type XmlElement } from './element.ts';

/** How one property of a message stands in XML. Reading tolerates, writing follows the standard. */
export interface Field<T> {
  /** Undefined when it is absent or cannot be understood. */
  read(parent: XmlElement): T | undefined;
  write(value: T): string;
}

export interface RequiredField<T> extends Field<T> {
  readonly required: true;
}

export type Shape = Readonly<Record<string, Field<unknown>>>;

type ValueOf<F> = F extends Field<infer T> ? T : never;

/** The value that a shape describes: required fields are there, the others may be. */
export type Of<S extends Shape> = {
  readonly [K in keyof S as S[K] extends RequiredField<unknown> ? K : never]: ValueOf<S[K]>;
} & {
  readonly [K in keyof S as S[K] extends RequiredField<unknown> ? never : K]?: ValueOf<S[K]> | undefined;
};

export const required = <T>(field: Field<T>): RequiredField<T> => ({ ...field, required: true });

const element = (tag: string, inner: string): string => `<${tag}>${inner}</${tag}>\r\n`;

function firstText(parent: XmlElement, tags: readonly string[]): string | undefined {
  for (const tag of tags) {
    const text = textOf(parent, tag);
    if (text) return text;
  }
  return undefined;
}

/** Further tags are other spellings that are read but not written. */
export const text = (tag: string, ...others: string[]): Field<string> => ({
  read: (parent) => firstText(parent, [tag, ...others]),
  write: (value) => element(tag, escapeXml(value)),
});

/** Accepts ` 1 `, `1.0` and `+1`. */
export const number = (tag: string, ...others: string[]): Field<number> => ({
  read: (parent) => readNumber(firstText(parent, [tag, ...others])),
  write: (value) => element(tag, String(value)),
});

export const whole = (tag: string, ...others: string[]): Field<number> => {
  const field = number(tag, ...others);
  return {
    read: (parent) => {
      const value = field.read(parent);
      return value === undefined || !Number.isSafeInteger(Math.trunc(value)) ? undefined : Math.trunc(value);
    },
    write: field.write,
  };
};

function readNumber(value: string | undefined): number | undefined {
  if (value === undefined || !/^\s*[+-]?(\d{1,20}(\.\d{0,20})?|\.\d{1,20})\s*$/.test(value)) return undefined;
  return Number(value);
}

/** `<Tag>…</Tag>` with fields inside. */
export const group = <S extends Shape>(tag: string, shape: S): Field<Of<S>> => ({
  read: (parent) => {
    const child = childrenOf(parent, tag)[0];
    return child && readShape(child, shape);
  },
  write: (value) => element(tag, `\r\n${writeShape(value, shape)}`),
});

/** `<Tag Num="2"><Item>…</Item><Item>…</Item></Tag>`; items that cannot be understood are left out. */
export const list = <S extends Shape>(tag: string, item: string, shape: S): Field<readonly Of<S>[]> => ({
  read: (parent) => {
    const outer = childrenOf(parent, tag)[0];
    return outer && childrenOf(outer, item).flatMap((one) => readShape(one, shape) ?? []);
  },
  write: (values) => {
    const inner = values.map((value) => element(item, `\r\n${writeShape(value, shape)}`)).join('');
    return `<${tag} Num="${values.length}">\r\n${inner}</${tag}>\r\n`;
  },
});

/** `<Tag><Item>a</Item><Item>b</Item></Tag>` */
export const texts = (tag: string, item: string): Field<readonly string[]> => ({
  read: (parent) => {
    const outer = childrenOf(parent, tag)[0];
    return outer && childrenOf(outer, item).flatMap((one) => (one.text.trim() === '' ? [] : [one.text.trim()]));
  },
  write: (values) => element(tag, values.map((value) => element(item, escapeXml(value))).join('')),
});

/** Fields that stand inside `<Tag>` or, with some devices, beside it. */
export const within = <T>(tag: string, field: Field<T>): Field<T> => ({
  read: (parent) => {
    const inner = childrenOf(parent, tag)[0];
    return (inner && field.read(inner)) ?? field.read(parent);
  },
  write: (value) => element(tag, field.write(value)),
});

/** Undefined when a required field is missing. */
export function readShape<S extends Shape>(parent: XmlElement, shape: S): Of<S> | undefined {
  const value: Record<string, unknown> = {};
  for (const [key, field] of Object.entries(shape)) {
    const read = field.read(parent);
    if (read !== undefined) value[key] = read;
    else if ('required' in field) return undefined;
  }
  return value as Of<S>;
}

/** @throws GbError `value` for numbers that are none */
export function writeShape<S extends Shape>(value: Of<S>, shape: S): string {
  let out = '';
  for (const [key, field] of Object.entries(shape)) {
    const one = (value as Record<string, unknown>)[key];
    if (one === undefined) continue;
    if (typeof one === 'number' && !Number.isFinite(one)) throw new GbError('value', key);
    out += field.write(one);
  }
  return out;
}
