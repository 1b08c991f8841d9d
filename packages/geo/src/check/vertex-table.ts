const none = -1;

/** Numbers lattice points: equal points get the same number. Coordinates must be whole. */
export class VertexTable {
  x = new Float64Array(1024);
  y = new Float64Array(1024);
  count = 0;
  #slots = new Int32Array(4096).fill(none);

  /** The number of a point, new or known. */
  idOf(x: number, y: number): number {
    const mask = this.#slots.length - 1;
    let slot = hash(x, y) & mask;
    for (;;) {
      const id = this.#slots[slot]!;
      if (id === none) break;
      if (this.x[id] === x && this.y[id] === y) return id;
      slot = (slot + 1) & mask;
    }
    const id = this.count++;
    if (id === this.x.length) {
      this.x = enlarged(this.x);
      this.y = enlarged(this.y);
    }
    this.x[id] = x;
    this.y[id] = y;
    this.#slots[slot] = id;
    if (2 * this.count > this.#slots.length) this.#rehash();
    return id;
  }

  #rehash(): void {
    const slots = new Int32Array(2 * this.#slots.length).fill(none);
    const mask = slots.length - 1;
    for (let id = 0; id < this.count; id++) {
      let slot = hash(this.x[id]!, this.y[id]!) & mask;
      while (slots[slot] !== none) slot = (slot + 1) & mask;
      slots[slot] = id;
    }
    this.#slots = slots;
  }
}

function enlarged(array: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(2 * array.length);
  larger.set(array);
  return larger;
}

/** Mixes the low 32 bits of both coordinates (murmur3's finaliser); high bits hardly vary within a region. */
function hash(x: number, y: number): number {
  let h = Math.imul(x | 0, 0x85ebca6b) ^ Math.imul(y | 0, 0xc2b2ae35);
  h ^= h >>> 16;
  h = Math.imul(h, 0x7feb352d);
  h ^= h >>> 15;
  return h;
}
