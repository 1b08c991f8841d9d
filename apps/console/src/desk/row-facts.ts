/** What the second line of a row can show, in its order. */
export const rowFacts = ['number', 'category', 'reported', 'area', 'address', 'source', 'marks', 'deadline'] as const;
export type RowFact = (typeof rowFacts)[number];
export const usualFacts: readonly RowFact[] = ['category', 'reported', 'area', 'source', 'marks', 'deadline'];
