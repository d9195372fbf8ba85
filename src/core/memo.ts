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
 * How much a byte of a value costs to compute again: what is cheap leaves first, and never drives out what is dear.
 * In rising order: plans and limits (a walk over rows), accounts (a plan, limits and a simulation), columns and
 * analyses, forecasts (thousands of regressions).
 */
export const WORTH = { plan: 0, account: 1, series: 2, forecast: 3 } as const;
/** One of them. */
export type Worth = (typeof WORTH)[keyof typeof WORTH];

/**
 * A table of computed values by content address, bounded in bytes. An address is the rows and what is made of them;
 * `what` must name everything else that the value depends on (rounded genes ...), so that a hit equals a fresh
 * computation bit for bit and an eviction costs time alone.
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
  /** Says that agents change now: what is not asked for from here on is not coming back. */
  turn(): void;
  /** What became of the requests so far. */
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

/**
 * A memo that keeps at most `capacity` bytes; 0 keeps nothing, which turns caching off.
 *
 * Where room is short, what nobody has asked for since the last turn leaves first, then what is cheaper to compute
 * again, the least recently used first. Among equals the one used last makes room: runs ask for the same series in
 * turn, and dropping the oldest of them would always drop the one that is asked for next.
 */
export function createMemo(capacity: number): Memo {
  const entries = new Map<string, Entry>();
  const byWorth = Object.values(WORTH).map(() => ({
    entries: new Map<string, Entry>(), // a Map iterates in insertion order: by last use
    latest: null as Entry | null,
  }));
  const newest = new Map<string, Entry>(); // by what is made, of whatever rows
  let bytes = 0, hits = 0, misses = 0, evictions = 0, requests = 0, turned = 0;

  const keyOf = (hash: string, what: string) => `${hash}|${what}`;

  function drop(entry: Entry): void {
    const key = keyOf(entry.hash, entry.what);
    if (entries.get(key) !== entry) return; // evicted meanwhile, by what it was gone on for
    entries.delete(key);
    const level = byWorth[entry.worth]!;
    level.entries.delete(key);
    if (level.latest === entry) level.latest = null;
    bytes -= entry.size;
    if (newest.get(entry.what) === entry) newest.delete(entry.what);
  }

  /** Takes note that an entry is used now. */
  function use(key: string, entry: Entry): void {
    const level = byWorth[entry.worth]!;
    entry.used = requests;
    level.entries.delete(key);
    level.entries.set(key, entry);
    level.latest = entry;
  }

  /** Makes room for so many bytes of that worth, or leaves all as it is and says no. */
  function makeRoom(size: number, worth: Worth): boolean {
    const leaving = new Set<Entry>();
    let free = capacity - bytes;
    const leave = (entry: Entry) => {
      if (leaving.has(entry)) return;
      leaving.add(entry);
      free += entry.size;
    };
    for (const level of byWorth) {
      for (const entry of level.entries.values()) {
        if (free >= size || entry.used > turned) break; // those after it were used later
        leave(entry);
      }
    }
    for (const level of byWorth.slice(0, worth)) {
      for (const entry of level.entries.values()) {
        if (free >= size) break;
        leave(entry);
      }
    }
    const { latest, entries: equals } = byWorth[worth]!;
    if (free < size && latest !== null) leave(latest);
    for (const entry of equals.values()) {
      if (free >= size) break;
      leave(entry);
    }
    if (free < size) return false;
    for (const entry of leaving) drop(entry);
    evictions += leaving.size;
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
      use(key, known);
      return known.value as Value;
    }
    misses++;
    const last = newest.get(what);
    const before = last && grewFrom(rows, last.hash) ? last : null;
    const value = compute(before ? before.value as Value : null);
    if (before) drop(before);
    const size = sizeOf(value);
    if (size > capacity || !makeRoom(size, worth)) return value;
    const entry: Entry = { value, size, hash: rows.hash, what, worth, used: requests };
    entries.set(key, entry);
    use(key, entry);
    newest.set(what, entry);
    bytes += size;
    return value;
  }

  function peek<Value>(rows: KnownRows, what: string): Value | null {
    return (entries.get(keyOf(rows.hash, what))?.value ?? null) as Value | null;
  }

  const turn = () => {
    turned = requests;
  };

  return { get, peek, turn, counts: () => ({ hits, misses, evictions, bytes }) };
}

/** True if the rows of that hash grew into these. */
function grewFrom(rows: KnownRows, hash: string): boolean {
  for (let before = rows.grownFrom; before !== null; before = before.grownFrom) {
    if (before.hash === hash) return true;
  }
  return false;
}
