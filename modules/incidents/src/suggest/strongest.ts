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
        if (!chosen.some((other) => overlap(other, token))) chosen.push(token);
      }
      return [name, chosen];
    }),
  );
}

/** A part of what is there already, or its seam with the next word (明忽 beside 忽明), says nothing new. */
function overlap(one: string, other: string): boolean {
  return one.includes(other) || other.includes(one) || one.at(-1) === other.at(0) || other.at(-1) === one.at(0);
}
