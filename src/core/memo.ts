/** How often a memo was asked, and how often it had the answer. */
export interface MemoCounts {
  readonly hits: number;
  readonly misses: number;
  readonly evictions: number;
  readonly bytes: number;
}

/**
 * A table of computed values by content address, bounded in bytes; the least recently used entry goes
 * first. A key must name everything its value depends on (rounded genes, the rows hash ...), so that a
 * hit equals a fresh computation bit for bit and an eviction costs time alone.
 */
export interface Memo {
  /** The value at `key`, computed and kept if it is not there. `bytes` is what keeping it costs. */
  get<Value>(key: string, compute: () => Value, bytes: (value: Value) => number): Value;
  counts(): MemoCounts;
}

/** A memo that keeps at most `capacity` bytes; 0 keeps nothing, which turns caching off. */
export function createMemo(capacity: number): Memo {
  const entries = new Map<string, { value: unknown; size: number }>(); // a Map iterates in insertion order
  let bytes = 0, hits = 0, misses = 0, evictions = 0;

  function get<Value>(key: string, compute: () => Value, sizeOf: (value: Value) => number): Value {
    const known = entries.get(key);
    if (known) {
      hits++;
      entries.delete(key);
      entries.set(key, known);
      return known.value as Value;
    }
    misses++;
    const value = compute();
    const size = sizeOf(value);
    if (size > capacity) return value;
    entries.set(key, { value, size });
    bytes += size;
    for (const [oldest, entry] of entries) {
      if (bytes <= capacity) break;
      entries.delete(oldest);
      bytes -= entry.size;
      evictions++;
    }
    return value;
  }

  return { get, counts: () => ({ hits, misses, evictions, bytes }) };
}
