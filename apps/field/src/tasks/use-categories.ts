import type { Bilingual } from '@wangge/contract-kit';
import { listCategories, type Category } from '@wangge/incidents/contract';
import { useCall } from '@wangge/ui';
import { useMemo } from 'react';

const none: readonly Category[] = [];

/** All categories, and the name for a code (the code itself until the names are there). */
export function useCategories() {
  const answer = useCall(listCategories, {}, { freshMs: 600_000, live: { types: ['incidents.categories-changed'] } });
  const categories = answer.data?.categories ?? none;
  const names = useMemo(() => new Map(categories.map(({ code, name }) => [code, name])), [categories]);
  return {
    categories,
    nameOf: (code: string): Bilingual => names.get(code) ?? { zh: code, en: code },
    error: answer.error,
    retry: () => void answer.refetch(),
  };
}
