/** Sentence shapes of one category; each is one template, whole ones are held out of training. */
export interface CategorySentences {
  readonly code: string;
  /** How often people write about it, beside the others. */
  readonly share: number;
  readonly sentences: readonly string[];
}
