/** Fetches a folder of CSVs, or what it lacks: bars that are there are not asked for again. */
import { join } from "node:path";
import { formatTime } from "../../core/time.ts";
import type { Coin } from "../../core/universe.ts";
import { UserError } from "../../core/user_error.ts";
import { bybitCsv } from "../bars/bybit_csv_writer.ts";
import { SYNTHETIC_FILE } from "../bars/synthetic_mark.ts";
import { tryLock } from "../files/file_lock.ts";
import { requireWritableFolder } from "../files/writable_folder.ts";
import { exists } from "../runs/run_places.ts";
import type { BybitClient } from "./client.ts";
import { missingPieces, PIECE_BARS, wantedSpan } from "./fetch_plan.ts";
import { fetchSpan } from "./fetch_span.ts";
import { keepRows, rowsOfFile, rowsOfPart, workFolder } from "./kept_rows.ts";
import { timeSchema } from "./messages.ts";
import type { Interval, Span } from "./pages.ts";
import { isUnknown, joined, putInPlace, sameNumbers } from "./whole_files.ts";

/** What is to be fetched. */
export interface FetchRequest {
  readonly folder: string;
  readonly coins: readonly Coin[];
  readonly interval: Interval;
  /** First open, ms UTC; null to go on from the files. */
  readonly from: number | null;
  /** Bars open before it, ms UTC; null for all that have closed. */
  readonly to: number | null;
  /** Now, ms UTC: a bar that has not closed by it, or by the exchange's clock, is left out. */
  readonly now: number;
  /** Bars that are asked for at once; a page of candles unless given. */
  readonly pieceBars?: number;
}

/** What a fetch did to one coin's file. */
export interface FetchedCoin {
  readonly coin: Coin;
  readonly rows: number;
  /** Rows that were not in its file before. */
  readonly added: number;
  /** Rows in which the exchange does not know the open interest, or the long ratio. */
  readonly unknown: number;
  /** Open of the last row of an older file, which had not closed when it was written; null where it had. */
  readonly corrected: number | null;
}

/** What a fetch did. */
export interface FetchReport {
  readonly span: Span;
  readonly coins: readonly FetchedCoin[];
}

/**
 * Fetches what a folder lacks. What has come is kept on disk piece by piece; the CSVs change at the end, each in one
 * rename, and only to what the strict reader accepts.
 *
 * @param onProgress Told how many bars have come of those that are fetched now.
 * @throws {UserError} If another process is at the folder, it holds synthetic bars, or the exchange will not.
 */
export async function fetchFolder(
  request: FetchRequest,
  client: BybitClient,
  onProgress: (done: number, total: number) => void,
): Promise<FetchReport> {
  const { folder } = request;
  const work = workFolder(folder);
  if (exists(folder)) await requireWritableFolder(folder);
  await requireWritableFolder(work);
  if (exists(join(folder, SYNTHETIC_FILE))) {
    throw new UserError(
      `Cannot fetch into ${folder} as it must hold no synthetic bars: give another folder (--out)`,
    );
  }
  const since = new Date(request.now).toISOString();
  const lock = await tryLock(join(work, "lock"), {
    pid: Deno.pid,
    host: Deno.hostname(),
    since,
  });
  if ("holder" in lock) {
    throw new UserError(
      `Cannot fetch into ${folder} as one process at a time may: ${lock.holder?.pid ?? "one"} is at it`,
    );
  }
  try {
    return await fetchMissing(request, client, onProgress);
  } finally {
    await lock.release();
    await Deno.remove(work).catch(() => {}); // it stays where rows are kept in it
  }
}

async function fetchMissing(
  { folder, coins, interval, from, to, now, pieceBars = PIECE_BARS }: FetchRequest,
  client: BybitClient,
  onProgress: (done: number, total: number) => void,
): Promise<FetchReport> {
  const { ms: step } = interval;
  const files = new Map(coins.map((coin) => [coin, rowsOfFile(folder, coin, step)]));
  const times = [...files.values()].map((rows) => [...rows.keys()]);
  const closed = Math.floor(Math.min(now, await exchangeTime(client)) / step) * step;
  const wanted = wantedSpan({ from, to }, times, closed, step);

  // The last row of a file may have been written before its bar had closed: it is asked for with what follows it.
  const doubtful = (coin: Coin) => {
    const last = [...files.get(coin)!.keys()].at(-1);
    return last !== undefined && last + step < wanted.to ? last : null;
  };
  const parts = new Map(coins.map((coin) => [coin, rowsOfPart(folder, coin, step)]));
  const has = (coin: Coin, time: number) =>
    parts.get(coin)!.has(time) || (files.get(coin)!.has(time) && time !== doubtful(coin));
  const pieces = missingPieces(coins, wanted, step, has, pieceBars);
  const barsIn = ({ from, to }: Span) => (to - from) / step;
  const total = pieces.reduce((sum, { span }) => sum + barsIn(span), 0);
  let done = 0;
  if (total > 0) onProgress(done, total);
  for (const { coin, span } of pieces) {
    const { bars, openTime } = await fetchSpan(client, coin, interval, span);
    keepRows(folder, coin, step, bybitCsv(bars, openTime).split("\n").slice(1, -1));
    onProgress(done += barsIn(span), total);
  }

  const rows = coins.map((coin) => joined(files.get(coin)!, rowsOfPart(folder, coin, step), wanted));
  // What a killed fetch brought may be all there is to bring: it is kept, and not in its place yet.
  const brought = total > 0 || coins.some((coin) => parts.get(coin)!.size > 0);
  if (brought) await putInPlace(folder, coins, rows, step);
  return {
    span: wanted,
    coins: coins.map((coin, i) => {
      const last = doubtful(coin), before = files.get(coin)!;
      const differs = last !== null && !sameNumbers(before.get(last)!, rows[i]!.get(last)!);
      return {
        coin,
        rows: rows[i]!.size,
        added: [...rows[i]!.keys()].filter((time) => !before.has(time)).length,
        unknown: [...rows[i]!.values()].filter(isUnknown).length,
        corrected: differs ? last : null,
      };
    }),
  };
}

async function exchangeTime(client: BybitClient): Promise<number> {
  return 1000 * Number((await client.get("/v5/market/time", {}, timeSchema)).timeSecond);
}

/** Text of a span, for a person. */
export function spanText({ from, to }: Span, step: number): string {
  return `${formatTime(from)} to ${formatTime(to - step)} UTC`;
}
