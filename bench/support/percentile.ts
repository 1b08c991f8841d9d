/** Nearest-rank percentile: the smallest value that at least `share` of all do not exceed. */
export function percentile(values: Iterable<number>, share: number): number {
  const sorted = Float64Array.from(values).toSorted();
  if (sorted.length === 0) return Number.NaN;
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

/** `p50 3.1, p95 12.0, p99 20.4, max 31 ms` */
export function spread(ms: readonly number[]): string {
  const at = (share: number): string => percentile(ms, share).toFixed(1);
  return `p50 ${at(0.5)}, p95 ${at(0.95)}, p99 ${at(0.99)}, max ${at(1)} ms`;
}
