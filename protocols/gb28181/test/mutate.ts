/** The same mutations in every run: a failure can be looked at again. */
export function mutator(seed: number): (seeds: readonly Buffer[]) => Buffer {
  let state = seed >>> 0;
  // mulberry32
  const random = (below: number): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
  const pieces = [
    '\r\n',
    '\r\n\r\n',
    '<',
    '>',
    '</',
    '&',
    '"',
    ';',
    ',',
    '=',
    ':',
    '%',
    '99999999999999999999',
    '-1',
    '\0',
    '<![CDATA[',
    ';tag=',
    '[::1]',
    '\u00e9',
  ];
  const change = (bytes: Buffer, seeds: readonly Buffer[]): Buffer => {
    const at = random(bytes.length + 1);
    const end = Math.min(bytes.length, at + random(40));
    const [head, tail] = [bytes.subarray(0, at), bytes.subarray(end)];
    switch (random(6)) {
      case 0:
        return Buffer.concat([head, Buffer.from([random(256)]), bytes.subarray(at + 1)]);
      case 1:
        return Buffer.concat([head, tail]);
      case 2:
        return Buffer.concat([head, bytes.subarray(at, end), bytes.subarray(at)]);
      case 3:
        return Buffer.concat([head, Buffer.from(pieces[random(pieces.length)]!, 'latin1'), bytes.subarray(at)]);
      case 4:
        return Buffer.concat([head, seeds[random(seeds.length)]!.subarray(at)]);
      default:
        return Buffer.concat([head, Buffer.from(String(random(1e9))), tail]);
    }
  };
  return (seeds) => {
    let bytes = seeds[random(seeds.length)]!;
    // One in eight is left whole, so that the flood also reaches what lies behind the parsers.
    for (let left = random(8); left > 0; left--) bytes = change(bytes, seeds);
    return bytes;
  };
}
