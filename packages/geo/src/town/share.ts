/**
 * Shares out `total` pieces by weight, at least `least` to each (largest remainder method).
 * The weight is damped (power 0.8), because where people live closely one helper reaches more of them.
 * Throws when there are too few pieces for that.
 */
export function share(total: number, weights: readonly number[], least: number): number[] {
  const free = total - least * weights.length;
  if (free < 0) throw new Error('share: fewer pieces than the least for each');
  const damped = weights.map((weight) => Math.max(weight, 1) ** 0.8);
  const sum = damped.reduce((a, b) => a + b, 0);
  // What the least already covers is not given again.
  const wanted = damped.map((weight) => Math.max(0, (total * weight) / sum - least));
  const scale = free / (wanted.reduce((a, b) => a + b, 0) || 1);
  const exact = wanted.map((want) => want * scale);
  const shares = exact.map((want) => least + Math.floor(want));
  let left = total - shares.reduce((a, b) => a + b, 0);
  const byRemainder = exact
    .map((want, i) => ({ i, remainder: want - Math.floor(want) }))
    .toSorted((a, b) => b.remainder - a.remainder || a.i - b.i);
  for (const { i } of byRemainder) if (left-- > 0) shares[i]!++;
  return shares;
}
