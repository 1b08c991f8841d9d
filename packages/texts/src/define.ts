/** Dictionaries as typed objects: a key missing in one language is a compile error. */

type Leaf = string | ((...args: never[]) => string);
interface Tree {
  readonly [key: string]: Leaf | Tree;
}
/** The same keys; every leaf a string where the Chinese is one, a function where it is one. */
type SameShape<T> = {
  readonly [K in keyof T]: T[K] extends string
    ? string
    : T[K] extends (...a: infer A) => string
      ? (...a: A) => string
      : SameShape<T[K]>;
};

export interface Dictionary<T> {
  readonly zh: T;
  readonly en: T;
}

/** Chinese first, since it is the language the platform is written for; English must match it key by key. */
export function defineTexts<const T extends Tree>(zh: T, en: SameShape<T>): Dictionary<SameShape<T>> {
  return { zh: zh as unknown as SameShape<T>, en };
}
