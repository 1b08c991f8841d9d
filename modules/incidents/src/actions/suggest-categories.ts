/** Categories that a text suggests. */
import { AppError, type Place } from '@wangge/contract-kit';
import { areaIndex } from '@wangge/areas';
import type { Tx } from '@wangge/kernel';
import { areaFor } from '../area-of.ts';
import { type CategoryBook, loadCategories } from '../categories/book.ts';
import type { Category, CategorySuggestions } from '../contract.ts';
import { suggestByName } from '../suggest/by-name.ts';
import { areaMarks } from '../suggest/category-lesson.ts';
import { currentLesson } from '../suggest/lessons.ts';
import { suggest } from '../suggest/suggest.ts';

export interface SuggestInput {
  readonly text: string;
  readonly place?: Place | undefined;
  readonly areaId?: string | undefined;
  /** For residents: categories that they may choose. */
  readonly publicOnly?: boolean | undefined;
}

/** The likeliest first; by the names of categories until something was learned; none when unsure or switched off. */
export async function suggestCategories(tx: Tx, input: SuggestInput): Promise<CategorySuggestions> {
  const lesson = await currentLesson(tx, 'category');
  if (!lesson.enabled) return { basis: 'off', suggestions: [] };
  const book = await loadCategories(tx);
  const may = (code: string): boolean => usable(book, book.get(code), input.publicOnly === true);
  if (!lesson.model) {
    const named = book.list.filter((c) => may(c.code)).map((c) => ({ label: c.code, names: [c.name.zh, c.name.en] }));
    const suggestions = suggestByName(named, input.text).map(({ label, words }) => ({
      categoryCode: label,
      share: null,
      words: [...words],
    }));
    return { basis: 'names', suggestions };
  }
  const index = areaIndex(tx.rt);
  const found = suggest(lesson.model, input.text, areaMarks(pathOf(tx, input)), may);
  return {
    basis: 'learned',
    suggestions: found.map(({ label, share, words, marks }) => ({
      categoryCode: label,
      share,
      words: [...words, ...marks.flatMap((mark) => index.byCode(mark.slice(1))?.name ?? [])],
    })),
  };
}

function usable(book: CategoryBook, category: Category | undefined, publicOnly: boolean): boolean {
  if (!category || category.parentCode === null || !category.active) return false;
  return book.get(category.parentCode)?.active === true && (!publicOnly || category.public);
}

/** A place outside, or none at all, takes nothing from what the text says. */
function pathOf(tx: Tx, { place, areaId }: SuggestInput): string {
  try {
    return areaFor(areaIndex(tx.rt), place, areaId).path;
  } catch (error) {
    if (error instanceof AppError) return '';
    throw error;
  }
}
