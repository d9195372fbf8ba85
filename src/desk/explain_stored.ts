/** One bar of a stored run explained in a cell: its modules of one's own and its market are brought in first. */
import { loadMarket } from "../adapters/bars/load_market.ts";
import { loadRunExtensions } from "../adapters/extensions/stored_extensions.ts";
import { PROJECT_PLACES } from "../adapters/files/project.ts";
import { withBarsFolder } from "../adapters/notebook/bars_folder.ts";
import { withSummary } from "../adapters/notebook/cell_summary.ts";
import type { StoredRun } from "../adapters/runs/run_files.ts";
import { lastPart } from "../core/plain_path.ts";
import { shown } from "../core/shown.ts";
import { readTime } from "../core/time.ts";
import type { Coin } from "../core/universe.ts";
import { UserError } from "../core/user_error.ts";
import type { Explanation } from "../experiments/explain/explain_bar.ts";
import { explainedAccount, explainRun, storedConfig } from "../experiments/explain/explain_run.ts";
import { sourceText } from "../figures/run_subtitle.ts";
import type { Panel } from "../market/panel.ts";
import { explainText } from "../report/text/explain_text.ts";
import { requireKeys } from "../core/known_names.ts";
import type { Market } from "./market.ts";
import { inNotebookWords } from "./said_in_notebook.ts";

/** Bytes of series that the agents of a run may keep. */
const MEMO_BYTES = 256 * 2 ** 20;

/** The last instant that a date can hold, ms. */
const LAST_DATE = 8.64e15;

/** Which bar, of which coin, of whose account. */
export interface ExplainRequest {
  /** The open of the bar or an instant in it: ms UTC, a date, or text such as "2025-03-01 08:00", always UTC. */
  readonly time: number | Date | string;
  /** Symbol of the coin. */
  readonly coin: Coin;
  /** The strategy: the champion of a population, the pipeline of another run, or any behind which agents stand. */
  readonly strategy?: string;
  /** Where the run's modules of one's own lie now, if they were moved. */
  readonly extensions?: readonly string[];
  /** Where the run's bars lie now, if they were moved. */
  readonly folder?: string;
  /** The rows that the run was given as `market`, if it was. */
  readonly market?: Market;
}

const KEYS = ["time", "coin", "strategy", "extensions", "folder", "market"];
const EXAMPLE = 'explain(run, { time: "2025-03-01 08:00", coin: "BTC" })';

/**
 * Why a run did what it did on a bar, from the fill down to the readings. What the run did not record is learned again
 * up to the bar, which may take a part of the time that the run took.
 *
 * @throws {RangeError} If the run is none, or the request names no time or no coin.
 * @throws {UserError} If rows, account or modules are not what the run had, or no agents stand behind the strategy.
 */
export async function explain(run: StoredRun, request: ExplainRequest): Promise<Explanation> {
  requireStoredRun(run);
  requireKeys(`Cannot explain, ${EXAMPLE}, as the request`, request, KEYS);
  const { coin, strategy, extensions = [], folder, market } = request;
  const time = instantOf(request.time);
  if (typeof coin !== "string") {
    throw new RangeError(
      `Cannot explain, ${EXAMPLE}, as coin must be a symbol: current value is ${shown(coin)}`,
    );
  }
  return await inNotebookWords(async () => {
    await loadRunExtensions(run, extensions);
    const panel = market?.panel ?? await storedBars(run, folder);
    const explained = explainRun(
      run,
      panel,
      time,
      coin,
      MEMO_BYTES,
      strategy ?? explainedAccount(run.result),
    );
    return withSummary(explained, (one) => [explainText(one)]);
  });
}

/** The bars that a run's settings name. @throws {UserError} If they name others than the run had. */
export async function storedBars(
  { result }: StoredRun,
  folder: string | undefined,
  what = "explain",
  example = EXAMPLE,
): Promise<Panel> {
  const stored = storedConfig(result), { source } = result;
  const given = source.kind === "bybit" && lastPart(source.folder) !== lastPart(stored.data.folder);
  if (folder === undefined && given) {
    throw new UserError(
      `Cannot ${what} this run as its bars must be at hand: it was given them (${
        sourceText(source)
      }), and its settings ` +
        `name others. Give them again: ${example.slice(0, example.indexOf("("))}(run, { market, ... }).`,
    );
  }
  const named = folder === undefined ? stored : { ...stored, data: { ...stored.data, folder } };
  const config = await withBarsFolder(named);
  return await loadMarket({ config, opening: null, holdoutLog: PROJECT_PLACES.holdout, now: 0 });
}

/** Refuses what is no stored run, and runs whose bars a notebook does not open. */
export function requireStoredRun(
  run: unknown,
  what = "explain",
  example = EXAMPLE,
): asserts run is StoredRun {
  if (run instanceof Promise) throw new RangeError(`Cannot ${what} a promise: write await before it`);
  const parts = typeof run === "object" && run !== null ? run as Partial<StoredRun> : {};
  if (typeof run === "string" || !parts.result || !parts.events || !parts.series) {
    throw new RangeError(
      `Cannot ${what}, ${example}, as the run must be what loadRun(folder), readRun or runPopulation gives: current value ` +
        `is ${shown(run)}`,
    );
  }
  const { source } = parts.result;
  if (source.kind !== "bybit" || !source.unsealed) return;
  throw new UserError(
    `Cannot ${what} this run in a notebook as it was made from the sealed months, which the command line alone opens: ` +
      `popagent ${what} with --opening and one of holdout open`,
  );
}

function instantOf(time: unknown): number {
  const instant = time instanceof Date ? time.getTime() : typeof time === "string" ? readTime(time) : time;
  if (typeof instant === "number" && Number.isFinite(instant) && Math.abs(instant) <= LAST_DATE) {
    return instant;
  }
  throw new RangeError(
    `Cannot explain, ${EXAMPLE}, as time must be a date, ms UTC or text like "2025-03-01 08:00" (UTC): current value is ${
      shown(time)
    }`,
  );
}
