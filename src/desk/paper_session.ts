/** A paper session in a cell: on the embedded simulated exchange, kept in memory. */
import { loadMarket as loadPanel } from "../adapters/bars/load_market.ts";
import { openAsking } from "../adapters/llm/open_asking.ts";
import { withBarsFolder } from "../adapters/notebook/bars_folder.ts";
import type { RecordedEvent } from "../events/event.ts";
import { populationRunConfig } from "../experiments/config.ts";
import { askingRecord } from "../live/asking.ts";
import { sourceText } from "../figures/run_subtitle.ts";
import { compareSession } from "../live/compare_session.ts";
import type { DivergencePart } from "../live/divergence_part.ts";
import { DECLARED_GUARDS, type GuardLimits, type GuardState } from "../live/guards.ts";
import { memoryJournal } from "../live/memory_journal.ts";
import { requireOrdersInTime } from "../live/orders_in_time.ts";
import { beginAsking, replaySession } from "../live/replay_session.ts";
import { type SessionSummary, summaryOf } from "../live/summary.ts";
import { iterationsIn } from "../population/config.ts";
import { configure, type SettingsRequest } from "./configuration.ts";
import { requireKeys } from "../core/known_names.ts";
import { inNotebookWords } from "./said_in_notebook.ts";

/** How a session is traded. */
export interface PaperOptions {
  /** Bars that are traded; all that follow on the history unless given. */
  readonly bars?: number;
  /** Rows that are learned from before the first order; the least that a decision needs unless given. */
  readonly history?: number;
  /** Limits of its guards; the declared ones where left out. */
  readonly limits?: Partial<GuardLimits>;
  /** What a person asks of the guards at the open or close of a bar, by its row; null asks nothing. */
  readonly asked?: (row: number) => GuardState | null;
}

/** A session that has been traded. */
export interface PaperSession {
  /** Everything that happened, in order. */
  readonly events: readonly RecordedEvent[];
  /** Where its bars come from, in words. */
  readonly source: string;
  /** What it came to. */
  readonly summary: SessionSummary;
  /** Compares it with the research simulation; it is decided again, which takes as long as it did. */
  readonly divergence: () => Promise<readonly DivergencePart[]>;
}

const OPTION_KEYS = "bars history limits asked".split(" ");
const MEMO_BYTES = 192 * 2 ** 20;

/**
 * Trades a paper account bar by bar, learning on, as `popagent paper` does. Traders that ask a language model hear what
 * is recorded; nobody is asked.
 *
 * @param settings Those of a population run, or the path of a YAML file of them.
 * @throws {UserError} If a setting breaks a rule.
 * @throws {RangeError} If no bar follows on the history.
 */
export async function paperSession(
  settings: SettingsRequest | string,
  options: PaperOptions = {},
): Promise<PaperSession> {
  requireKeys("Cannot trade a paper session as its options", options, OPTION_KEYS);
  return await inNotebookWords(() => traded(settings, options));
}

async function traded(settings: SettingsRequest | string, options: PaperOptions): Promise<PaperSession> {
  const config = populationRunConfig(await configure(settings));
  requireOrdersInTime(config);
  const panel = await loadPanel({
    config: await withBarsFolder(config),
    opening: null,
    holdoutLog: "",
    now: 0,
  });
  const history = options.history ?? config.clock.firstDecision + 1;
  const limits: GuardLimits = { ...DECLARED_GUARDS, ...options.limits };
  const journal = memoryJournal();
  const base = {
    id: "notebook",
    config,
    panel,
    history,
    until: Math.min(panel.rows, history + (options.bars ?? panel.rows)),
    iterations: config.iterations ?? Math.max(1, iterationsIn(panel.rows, config.clock)),
    memoBytes: MEMO_BYTES,
    limits,
  };
  const { asking, close } = await openAsking(config, base.id);
  if (asking !== null) await beginAsking({ ...base, journal }, asking);
  const session = replaySession({
    ...base,
    asking,
    journal,
    exchange: null,
    asked: () => options.asked?.(journal.point()!.row) ?? null,
  });
  while (await session.loop.bar());
  close();
  const events = journal.events();
  const again = asking === null ? null : askingRecord(events);
  return {
    events,
    source: sourceText(panel.source),
    summary: summaryOf(events, config.startingEquity),
    divergence: () => compareSession({ ...base, asking: again, asked: () => null }, events),
  };
}
