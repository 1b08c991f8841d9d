/** Waits for a condition, not for time: asks again as fast as the thing under test may have changed. */
export async function until<T>(
  probe: () => Promise<T | false | null | undefined> | T | false | null | undefined,
  what: string,
  timeoutMs = 10_000,
): Promise<T> {
  const endMs = performance.now() + timeoutMs;
  for (;;) {
    const value = await probe();
    if (value !== false && value !== null && value !== undefined) return value;
    if (performance.now() > endMs) throw new Error(`waited ${timeoutMs} ms for: ${what}`);
    await new Promise<void>((done) => setImmediate(done));
  }
}
