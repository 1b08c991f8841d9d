import type { Lang } from '@wangge/contract-kit';

/** The word for a kind of finding, given in singular or plural, dashed or not. */
export function findingKind(kind: string, words: Readonly<Record<string, string>>): string {
  const plain = kind.replaceAll('-', '').toLowerCase();
  const found = Object.entries(words).find(([key]) => {
    const name = key.toLowerCase();
    return name === plain || name === `${plain}s`;
  });
  return found?.[1] ?? kind;
}

export function formatSquareMetres(m2: number, lang: Lang): string {
  if (m2 >= 1e6) return `${(m2 / 1e6).toFixed(2)} ${lang === 'zh' ? '平方公里' : 'km²'}`;
  const digits = m2 >= 100 ? 0 : m2 >= 1 ? 1 : 3;
  return `${m2.toFixed(digits)} ${lang === 'zh' ? '平方米' : 'm²'}`;
}
