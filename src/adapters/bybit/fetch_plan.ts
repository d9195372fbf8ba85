/** Which bars a fetch has to ask for, given those that are there. Pure. */
import { formatTime } from "../../core/time.ts";
import type { Coin } from "../../core/universe.ts";
import { UserError } from "../../core/user_error.ts";
import { gapsIn, piecesOf } from "./gaps.ts";
import type { Span } from "./pages.ts";

/** Bars that are asked for at once: a page of candles. */
export const PIECE_BARS = 1000;

/** One coin's bars over one span. */
export interface Piece {
  readonly coin: Coin;
  readonly span: Span;
}

/**
 * The bars that are wanted of every coin: those that are asked for and those that are there, without a hole between.
 *
 * @param asked `from` is null where the files say it.
 * @param times Open times of each coin's file, ascending; shape [coin][rows], empty for a coin without a file.
 * @param closed The end of the last bar that has closed, ms UTC, on the grid.
 * @throws {UserError} If nothing says where to begin, there would be a hole, or nothing has closed in the span.
 */
export function wantedSpan(
  asked: { readonly from: number | null; readonly to: number | null },
  times: readonly (readonly number[])[],
  closed: number,
  step: number,
): Span {
  const files = times.filter((one) => one.length > 0);
  const first = Math.min(...files.map((one) => one[0]!)),
    end = Math.max(...files.map((one) => one.at(-1)! + step));
  const from = asked.from === null ? first : Math.ceil(asked.from / step) * step;
  if (!Number.isFinite(from)) {
    throw new UserError(
      "Cannot fetch bars as --from must say where to begin, e.g. --from 2021-11-05: the folder is new",
    );
  }
  const to = Math.min(closed, asked.to === null ? Infinity : Math.floor(asked.to / step) * step);
  if (files.length === 0) {
    if (from < to) return { from, to };
    throw new UserError(
      `Cannot fetch bars as one must have closed between --from and --to: from ${
        formatTime(from)
      }, the last has ` +
        `closed at ${formatTime(closed)} UTC`,
    );
  }
  if (from > end || to < first) {
    throw new UserError(
      `Cannot fetch bars as none may be missing between: the files hold ${formatTime(first)} to ${
        formatTime(end - step)
      } UTC. Give --from ${formatTime(end).slice(0, 10)} or earlier, or another folder (--out)`,
    );
  }
  return { from: Math.min(from, first), to: Math.max(to, end) };
}

/** The missing bars of all coins in pieces, the oldest of every coin first: what cannot be had is said early. */
export function missingPieces(
  coins: readonly Coin[],
  wanted: Span,
  step: number,
  has: (coin: Coin, time: number) => boolean,
  bars = PIECE_BARS,
): Piece[] {
  const pieces = coins.flatMap((coin) =>
    gapsIn(wanted, step, (time) => has(coin, time))
      .flatMap((gap) => piecesOf(gap, step, bars))
      .map((span) => ({ coin, span }))
  );
  return pieces.sort((a, b) => a.span.from - b.span.from || coins.indexOf(a.coin) - coins.indexOf(b.coin));
}
