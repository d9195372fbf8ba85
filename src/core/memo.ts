/** How often a memo was asked, and how often it had the answer. */
export interface MemoCounts {
  readonly hits: number;
  readonly misses: number;
  readonly evictions: number;
  readonly bytes: number;
}

/** Rows of a market that a value was computed from. */
export interface KnownRows {
  /** Content address: equal hashes mean equal rows, bit for bit. */
  readonly hash: string;
  readonly rows: number;
  /** The same rows before the newest came, where they came one after another; null where they did not. */
  readonly grownFrom: KnownRows | null;
}

/**
 * How much a byte of a value costs to compute again: what is cheap leaves first, and never drives out what is dear.
 * In rising order: plans and limits (a walk over rows), accounts (a plan, limits and a simulation), columns and
 * analyses, forecasts (thousands of regressions).
 */
export const WORTH = { plan: 0, account: 1, series: 2, forecast: 3 } as const;
export type Worth = (typeof WORTH)[keyof typeof WORTH];

/**
 * A table of computed values by content address, bounded in bytes. An address is the rows and what is made of them; `what` must name everything else that the value
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
   * @param worth How dear it is to compute again; `WORTH.series` if left out.
   */
  get<Value>(
    rows: KnownRows,
    what: string,
    compute: (before: Value | null) => Value,
    bytes: (value: Value) => number,
    worth?: Worth,
  ): Value;
  /** The value at an address, if it is kept; null if not. Nothing is counted. */
  peek<Value>(rows: KnownRows, what: string): Value | null;
  counts(): MemoCounts;
}

interface Entry {
  readonly value: unknown;
  readonly size: number;
  readonly hash: string;
  readonly what: string;
  readonly worth: Worth;
  /** Number of the request that asked for it last. */
  used: number;
}

/** An entry that as many requests as this many times the entries have passed by is not coming back. */
const STALE_ROUNDS = 4;

/**
 * A memo that keeps at most `capacity` bytes; 0 keeps nothing, which turns caching off.
 *
 * Where room is short, what is cheaper to compute again leaves, the least recently used first. Among equals what is
 * in stays while it is asked for: runs ask for the same series in turn, and dropping the oldest of them would always
 * drop the one that is asked for next. What was made of other rows than are asked for now goes soon.
 */
export function createMemo(capacity: number): Memo {
  const entries = new Map<string, Entry>();
  const byWorth = Object.values(WORTH).map(() => new Map<string, Entry>()); // a Map iterates in insertion order: by last use
  const newest = new Map<string, Entry>(); // by what is made, of whatever rows
  let bytes = 0, hits = 0, misses = 0, evictions = 0, requests = 0;

  const keyOf = (hash: string, what: string) => `${hash}|${what}`;

  function drop(entry: Entry): void {
    const key = keyOf(entry.hash, entry.what);
    if (entries.get(key) !== entry) return; // evicted meanwhile, by what it was gone on for
    entries.delete(key);
    byWorth[entry.worth]!.delete(key);
    bytes -= entry.size;
    if (newest.get(entry.what) === entry) newest.delete(entry.what);
  }

  /** Makes room for so many bytes of that worth, or leaves all as it is and says no. */
  function makeRoom(size: number, worth: Worth, hash: string): boolean {
    const leaving: Entry[] = [];
    let free = capacity - bytes;
    for (let level = 0; level <= worth && free < size; level++) {
      for (const entry of byWorth[level]!.values()) {
        if (free >= size) break;
        const idle = requests - entry.used;
        const stale = entry.hash === hash ? idle > STALE_ROUNDS * entries.size : idle > entries.size / 2;
        if (level === worth && !stale) break; // those after it were used later
        leaving.push(entry);
        free += entry.size;
      }
    }
    if (free < size) return false;
    for (const entry of leaving) drop(entry);
    evictions += leaving.length;
    return true;
  }

  function get<Value>(
    rows: KnownRows,
    what: string,
    compute: (before: Value | null) => Value,
    sizeOf: (value: Value) => number,
    worth: Worth = WORTH.series,
  ): Value {
    const key = keyOf(rows.hash, what);
    const known = entries.get(key);
    requests++;
    if (known) {
      hits++;
      known.used = requests;
      byWorth[known.worth]!.delete(key);
      byWorth[known.worth]!.set(key, known);
      return known.value as Value;
    }
    misses++;
    const last = newest.get(what);
    const before = last && grewFrom(rows, last.hash) ? last : null;
    const value = compute(before ? before.value as Value : null);
    if (before) drop(before);
    const size = sizeOf(value);
    if (size > capacity || !makeRoom(size, worth, rows.hash)) return value;
    const entry: Entry = { value, size, hash: rows.hash, what, worth, used: requests };
    entries.set(key, entry);
    byWorth[worth]!.set(key, entry);
    newest.set(what, entry);
    bytes += size;
    return value;
  }

  function peek<Value>(rows: KnownRows, what: string): Value | null {
    return (entries.get(keyOf(rows.hash, what))?.value ?? null) as Value | null;
  }

  return { get, peek, counts: () => ({ hits, misses, evictions, bytes }) };
}

/** True if the rows of that hash grew into these. */
function grewFrom(rows: KnownRows, hash: string): boolean {
  for (let before = rows.grownFrom; before !== null; before = before.grownFrom) {
    if (before.hash === hash) return true;
  }
  return false;
}
