/** Categories that a resident's words suggest: public ones, with the kind under which they are reported. */
import { AppError } from '@wangge/contract-kit';
import { qrPointByToken } from '@wangge/areas';
import { categoriesOf, suggestCategories } from '@wangge/incidents';
import type { Tx } from '@wangge/kernel';
import { reportKinds } from '../report-kinds.ts';

interface ResidentSuggestion {
  readonly code: string;
  readonly name: { readonly zh: string; readonly en: string };
  readonly kind: string;
  readonly words: string[];
}

/** @throws AppError `wrong-token`: only who stands at a sign is answered */
export async function suggestForResident(
  tx: Tx,
  input: { readonly text: string; readonly token: string },
): Promise<{ suggestions: ResidentSuggestion[] }> {
  const point = await qrPointByToken(tx, input.token);
  if (!point) throw new AppError('wrong-token');
  const { suggestions } = await suggestCategories(tx, { text: input.text, areaId: point.area.id, publicOnly: true });
  const kinds = reportKinds((await categoriesOf(tx)).list);
  return {
    suggestions: suggestions.flatMap(({ categoryCode, words }) => {
      const kind = kinds.find((k) => k.categories.some((c) => c.code === categoryCode));
      const category = kind?.categories.find((c) => c.code === categoryCode);
      return kind && category ? [{ code: categoryCode, name: category.name, kind: kind.code, words }] : [];
    }),
  };
}
