/** What speaks most for each label, for whoever wants to know what was learned. */
import type { Model } from './model.ts';

/** @returns by label its strongest tokens of two characters and more; marks are left out */
export function strongestWords(model: Model, most = 8): Map<string, string[]> {
  const count = model.labels.length;
  const words = [...model.features].filter(
    ([token]) => Array.from(token).length > 1 && /^[\p{Script=Han}a-z]+$/u.test(token),
  );
  const means = words.map(([, row]) => {
    let sum = 0;
    for (let label = 0; label < count; label++) sum += model.weights[row * count + label]!;
    return sum / count;
  });
  return new Map(
    model.labels.map((name, label) => {
      const voice = (i: number): number => {
        const row = words[i]![1];
        return model.rarity[row]! * (model.weights[row * count + label]! - means[i]!);
      };
      const ranked = words
        .map(([token], i) => ({ token, voice: voice(i) }))
        .filter((w) => w.voice > 0)
        .toSorted((a, b) => b.voice - a.voice);
      const chosen: string[] = [];
      for (const { token } of ranked) {
        if (chosen.length === most) break;
        // A part of what is there already says nothing new.
        if (!chosen.some((other) => other.includes(token) || token.includes(other))) chosen.push(token);
      }
      return [name, chosen];
    }),
  );
}
