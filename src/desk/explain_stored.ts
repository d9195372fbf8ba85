/** One bar of a stored run explained in a cell: its modules of one's own and its market are brought in first. */
import { loadMarket } from "../adapters/bars/load_market.ts";
import { loadRunExtensions } from "../adapters/extensions/stored_extensions.ts";
import { PROJECT_PLACES } from "../adapters/files/project.ts";
import { withBarsFolder } from "../adapters/notebook/bars_folder.ts";
import { withSummary } from "../adapters/notebook/cell_summary.ts";
import type { StoredRun } from "../adapters/runs/run_files.ts";
import type { Coin } from "../core/universe.ts";
import type { Explanation } from "../experiments/explain/explain_bar.ts";
import { explainedAccount, explainRun, storedConfig } from "../experiments/explain/explain_run.ts";
import { explainText } from "../report/text/explain_text.ts";

/** Bytes of series that the agents of a run may keep. */
const MEMO_BYTES = 256 * 2 ** 20;

/** Which bar, of which coin, of whose account. */
export interface ExplainRequest {
  /** The open of the bar or an instant in it: ms UTC, or a date. */
  readonly time: number | Date;
  /** Symbol of the coin. */
  readonly coin: Coin;
  /** The strategy: the champion of a population, the pipeline of another run, or any behind which agents stand. */
  readonly strategy?: string;
  /** Where the run's modules of one's own lie now, if they were moved. */
  readonly extensions?: readonly string[];
}

/**
 * Why a run did what it did on a bar, from the fill down to the readings. What the run did not record is learned again
 * up to the bar, which may take a part of the time that the run took.
 *
 * @throws {UserError} If rows, account or modules are not what the run had, or no agents stand behind the strategy.
 */
export async function explain(
  run: StoredRun,
  { time, coin, strategy, extensions = [] }: ExplainRequest,
): Promise<Explanation> {
  await loadRunExtensions(run, extensions);
  const request = {
    config: await withBarsFolder(storedConfig(run.result)),
    opening: null,
    holdoutLog: PROJECT_PLACES.holdout,
    now: 0,
  };
  const explained = explainRun(
    run,
    await loadMarket(request),
    typeof time === "number" ? time : time.getTime(),
    coin,
    MEMO_BYTES,
    strategy ?? explainedAccount(run.result),
  );
  return withSummary(explained, (one) => [explainText(one)]);
}
