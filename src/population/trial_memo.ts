/** A memo for what may not last: trials read what is kept already, and drive nothing out of it. */
import { createMemo, type KnownRows, type Memo, type Worth } from "../core/memo.ts";

/** A memo beside another one. */
export interface TrialMemo extends Memo {
  /** Gives the other memo what was made since the last call and is still here: the trial is to last. */
  readonly handOver: () => void;
}

/**
 * A memo that looks into `main` first and keeps what it has to make by itself, at most `capacity` bytes.
 *
 * @param main Is read and not written, until something is handed over.
 */
export function createTrialMemo(main: Memo, capacity: number): TrialMemo {
  const own = createMemo(capacity);
  let made: (() => void)[] = [];

  function get<Value>(
    rows: KnownRows,
    what: string,
    compute: (before: Value | null) => Value,
    bytes: (value: Value) => number,
    worth?: Worth,
  ): Value {
    const known = main.peek<Value>(rows, what);
    if (known !== null) return known;
    return own.get<Value>(
      rows,
      what,
      () => {
        const value = compute(null);
        made.push(() => {
          const kept = own.peek<Value>(rows, what);
          if (kept !== null) main.get<Value>(rows, what, () => kept, bytes, worth);
        });
        return value;
      },
      bytes,
      worth,
    );
  }

  return {
    get,
    peek: (rows, what) => main.peek(rows, what) ?? own.peek(rows, what),
    turn: own.turn,
    counts: own.counts,
    handOver: () => {
      for (const give of made) give();
      made = [];
    },
  };
}
