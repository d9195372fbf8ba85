/** How often a memo was asked, and how often it had the answer. */
export interface MemoCounts {
  /** Times that a value was there. */
  readonly hits: number;
  /** Times that it had to be made. */
  readonly misses: number;
  /** Values that made room for others. */
  readonly evictions: number;
  /** What is kept now costs. */
  readonly bytes: number;
}

/** Rows of a market that a value was computed from. */
export interface KnownRows {
  /** Content address: equal hashes mean equal rows, bit for bit. */
  readonly hash: string;
  /** How many. */
  readonly rows: number;
  /** The same rows before the newest came, where they came one after another; null where they did not. */
  readonly grownFrom: KnownRows | null;
}

/**
 * A table of computed values by content address, bounded in bytes; the least recently used entry goes
 * first. An address is the rows and what is made of them; `what` must name everything else that the value
 * depends on (rounded genes ...), so that a hit equals a fresh computation bit for bit and an eviction costs
 * time alone.
 */
export interface Memo {
  /**
   * The value at an address, computed and kept if it is not there.
   *
   * @param compute Is given the value of the rows before, where they grew into these and it is still kept, so
   *   that it may go on from its end; the new value then takes its place.
   * @param bytes What keeping a value costs.
   */
  get<Value>(
    rows: KnownRows,
    what: string,
    compute: (before: Value | null) => Value,
    bytes: (value: Value) => number,
  ): Value;
  /** What became of the requests so far. */
  counts(): MemoCounts;
}

interface Entry {
  readonly value: unknown;
  readonly size: number;
  readonly hash: string;
  readonly what: string;
}

/** A memo that keeps at most `capacity` bytes; 0 keeps nothing, which turns caching off. */
export function createMemo(capacity: number): Memo {
  const entries = new Map<string, Entry>(); // a Map iterates in insertion order
  const newest = new Map<string, Entry>(); // by what is made, of whatever rows
  let bytes = 0, hits = 0, misses = 0, evictions = 0;

  const keyOf = (hash: string, what: string) => `${hash}|${what}`;

  function drop(entry: Entry): void {
    if (!entries.delete(keyOf(entry.hash, entry.what))) return; // evicted meanwhile, by what it was gone on for
    bytes -= entry.size;
    if (newest.get(entry.what) === entry) newest.delete(entry.what);
  }

  function get<Value>(
    rows: KnownRows,
    what: string,
    compute: (before: Value | null) => Value,
    sizeOf: (value: Value) => number,
  ): Value {
    const key = keyOf(rows.hash, what);
    const known = entries.get(key);
    if (known) {
      hits++;
      entries.delete(key);
      entries.set(key, known);
      return known.value as Value;
    }
    misses++;
    const last = newest.get(what);
    const before = last && grewFrom(rows, last.hash) ? last : null;
    const value = compute(before ? before.value as Value : null);
    if (before) drop(before);
    const size = sizeOf(value);
    if (size > capacity) return value;
    const entry: Entry = { value, size, hash: rows.hash, what };
    entries.set(key, entry);
    newest.set(what, entry);
    bytes += size;
    for (const oldest of entries.values()) {
      if (bytes <= capacity) break;
      drop(oldest);
      evictions++;
    }
    return value;
  }

  return { get, counts: () => ({ hits, misses, evictions, bytes }) };
}

/** True if the rows of that hash grew into these. */
function grewFrom(rows: KnownRows, hash: string): boolean {
  for (let before = rows.grownFrom; before !== null; before = before.grownFrom) {
    if (before.hash === hash) return true;
  }
  return false;
}
