/**
 * A year of paper trading bar by bar, two years of history in front: what a bar costs, and whether that grows.
 *
 *   deno task paper-year                         a population of five coins that learns on, and a script, for what the loop alone costs
 *   deno task paper-year --bars 72 --history 800 --keep    a short one, of which nothing is stored
 *
 * What is measured is CPU time of the whole process, its collector's threads too, from the open of a bar to the end of its
 * close: orders, books, journal and exchange on disk, learning where a window ends. The result goes to
 * tests/results/paper_year.json.
 */
import { join } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { fileURLToPath } from "node:url";
import { openExchangeFile } from "../src/adapters/exchange/exchange_file.ts";
import { openJournal } from "../src/adapters/exchange/journal_file.ts";
import { populationRunConfig, settingsSchema } from "../src/experiments/config.ts";
import { virtualClock } from "../src/live/clock.ts";
import { DECLARED_GUARDS, startGuards } from "../src/live/guards.ts";
import { replayBars } from "../src/live/replay.ts";
import { type ReplayParts, replaySession } from "../src/live/replay_session.ts";
import { simulatedExchange } from "../src/live/simulated_exchange.ts";
import { startExchange } from "../src/live/simulated_state.ts";
import { type TradingLoop, tradingLoop } from "../src/live/trading_loop.ts";
import { truncatePanel } from "../src/market/panel.ts";
import { createAccount } from "../src/simulation/account.ts";
import { iterationsIn } from "../src/population/config.ts";
import { workingSet } from "../src/population/working_set.ts";
import { marketOf } from "../src/experiments/market.ts";
import { arenaOf, scriptedMind } from "./paper_mind.ts";

/** Months into which the year is cut. */
const PARTS = 12;
const MIB = 2 ** 20;

/** What one twelfth of a year came to. */
export interface MonthReport {
  readonly bars: number;
  /** CPU time of the process a bar, ms. */
  readonly cpuMs: number;
  /** At its end, MiB: all of the process, and what the memo keeps its series in. */
  readonly residentMiB: number;
  readonly arraysMiB: number;
}

/** What one session came to. */
export interface YearReport {
  readonly history: number;
  readonly bars: number;
  /** CPU seconds before the first bar: what is learned from the history. */
  readonly historySeconds: number;
  /** CPU ms a bar, of each half and of the whole. */
  readonly cpuMs: { readonly first: number; readonly second: number; readonly whole: number };
  /** Second half by the first. */
  readonly ratio: number;
  /** Highest resident memory of the last quarter by that of the second. */
  readonly memoryRatio: number;
  readonly events: number;
  readonly fills: number;
  readonly lessons: number;
  readonly months: readonly MonthReport[];
}

/** What is stored. */
export interface PaperYear {
  readonly population: YearReport;
  readonly script: YearReport;
}

interface YearOptions {
  readonly history: number;
  readonly bars: number;
  /** True where a script decides and nothing is learned. */
  readonly scripted: boolean;
}

/** Nothing halts a session for good: one that is halted costs nothing. */
const LIMITS = { ...DECLARED_GUARDS, drawdown: 0.999, dailyLoss: 0.999 };

/** The same session with a script in the place of the population: other orders at every bar, nothing learned. */
function scriptedLoop(
  { config, panel, history, until, journal, save, limits }: Pick<
    ReplayParts,
    "config" | "panel" | "history" | "until" | "journal" | "save" | "limits"
  >,
): TradingLoop {
  const coins = panel.coins.length, cash = config.startingEquity;
  const clock = virtualClock(panel.openTime[history - 1]!);
  const venue = simulatedExchange(
    { arena: arenaOf(panel), openTime: panel.openTime, now: clock.now, ...(save ? { save } : {}) },
    startExchange(coins, cash, history),
  );
  const book = [...createAccount(coins, cash)];
  journal.write({
    point: { row: history - 1, book, booked: 0, population: null, guards: startGuards(cash) },
  });
  return tradingLoop({
    id: "year",
    mind: scriptedMind(truncatePanel(panel, history), 1),
    bars: replayBars(panel, venue, clock, until),
    exchange: venue,
    journal,
    clock,
    limits,
    arenaOf,
    asked: () => null,
  });
}

/** Trades it. */
export async function paperYear({ history, bars, scripted }: YearOptions): Promise<YearReport> {
  const config = populationRunConfig(settingsSchema.parse({ market: { rows: history + bars + 1 } }));
  const { panel } = marketOf(config);
  const folder = await Deno.makeTempDir({ prefix: "popagent-year-" });
  const cpu = () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  };
  try {
    using journal = openJournal(join(folder, "journal.sqlite"), "process");
    using memory = openExchangeFile(join(folder, "exchange.sqlite"), "process");
    const begun = cpu();
    const parts = {
      config,
      panel,
      history,
      until: history + bars,
      journal,
      save: memory.save,
      limits: LIMITS,
    };
    const loop = scripted ? scriptedLoop(parts) : replaySession({
      ...parts,
      id: "year",
      iterations: iterationsIn(panel.rows, config.clock),
      memoBytes: workingSet(panel.rows, panel.coins.length, config.population),
      exchange: null,
    }).loop;
    const historySeconds = (cpu() - begun) / 1000;
    const months: MonthReport[] = [];
    for (let month = 0, told = 0; month < PARTS; month++) {
      const many = Math.round(bars * (month + 1) / PARTS) - Math.round(bars * month / PARTS);
      const before = cpu();
      for (let bar = 0; bar < many; bar++) {
        await loop.bar();
        told += journal.events(told).length; // as the command reads them, to tell of them
        await new Promise((resolve) => setTimeout(resolve, 0));
      }
      const { rss, external } = Deno.memoryUsage();
      months.push({
        bars: many,
        cpuMs: (cpu() - before) / many,
        residentMiB: rss / MIB,
        arraysMiB: external / MIB,
      });
      console.error(JSON.stringify(months.at(-1)));
    }
    const events = journal.events();
    const many = (type: string) => events.filter((one) => one.type === type).length;
    const mean = (some: readonly MonthReport[]) =>
      some.reduce((sum, one) => sum + one.cpuMs * one.bars, 0) / some.reduce((sum, one) => sum + one.bars, 0);
    const highest = (some: readonly MonthReport[]) => Math.max(...some.map((one) => one.residentMiB));
    const first = mean(months.slice(0, PARTS / 2)), second = mean(months.slice(PARTS / 2));
    return {
      history,
      bars,
      historySeconds,
      cpuMs: { first, second, whole: mean(months) },
      ratio: second / first,
      memoryRatio: highest(months.slice(9)) / highest(months.slice(3, 6)),
      events: events.length,
      fills: many("fill"),
      lessons: many("iteration"),
      months,
    };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      history: { type: "string", default: "4380" },
      bars: { type: "string", default: "2190" },
      keep: { type: "boolean", default: false },
      only: { type: "string" },
    },
  });
  const history = Number(values.history), bars = Number(values.bars);
  const run = (scripted: boolean) => paperYear({ history, bars, scripted });
  const found: Partial<PaperYear> = {
    ...(values.only === "script" ? {} : { population: await run(false) }),
    ...(values.only === "population" ? {} : { script: await run(true) }),
  };
  console.log(JSON.stringify(found, null, 2));
  if (!values.keep && values.only === undefined) {
    const path = fileURLToPath(new URL("../tests/results/paper_year.json", import.meta.url));
    await Deno.writeTextFile(path, `${JSON.stringify(found, null, 2)}\n`);
  }
}
