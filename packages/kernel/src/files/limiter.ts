/** At most so many at a time; the others wait their turn in order. */
export function limiter(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (running >= most) await new Promise<void>((go) => waiting.push(go));
    else running++;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      // The place passes on without ever being free, so that nobody slips in between.
      if (next) next();
      else running--;
    }
  };
}
