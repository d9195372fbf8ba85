import { Command, Option } from "@commander-js/extra-typings";
import { openExchangeFile } from "../../adapters/exchange/exchange_file.ts";
import { openJournal } from "../../adapters/exchange/journal_file.ts";
import { isTradingHost } from "../../adapters/exchange/bybit/hosts.ts";
import {
  askedOf,
  keepSession,
  lockSession,
  sessionPlaces,
  SESSIONS_FOLDER,
} from "../../adapters/exchange/session_folder.ts";
import { sessionTelemetry } from "../../adapters/telemetry/session_telemetry.ts";
import { haltOnSignal } from "../../adapters/exchange/halt_signal.ts";
import { sessionSource } from "../../admin/session_source.ts";
import { BAR_MS } from "../../core/universe.ts";
import { beginAsking, replaySession } from "../../live/replay_session.ts";
import { summaryOf } from "../../live/summary.ts";
import { workingSet } from "../../population/working_set.ts";
import { sessionText } from "../../report/text/session_text.ts";
import { collect, withConfigFlags } from "../config_options.ts";
import { onInterrupt } from "../interrupt.ts";
import { CASSETTES, MODELS } from "../llm_flags.ts";
import { memoryOfEach, parseMemory } from "../memory.ts";
import { NOTIFY_HELP, openedNotify, REPORTS_HELP } from "../notify_flags.ts";
import { plannedSession } from "../paper_session.ts";
import { openMessenger } from "../session_messenger.ts";
import { SESSION_CASSETTES, sessionModels } from "../session_models.ts";
import { say, tell } from "../print.ts";
import { paperDivergenceCommand } from "./paper_divergence.ts";
import { paperHaltCommand } from "./paper_halt.ts";
import { paperReplayCommand } from "./paper_replay.ts";

const EXAMPLES = `
The same command goes on where a session stands, also after a kill. docs/PAPER_TRADING.md says more.

Examples:
  deno task paper --once                          learn from the history, trade one bar, say what came of it
  deno task paper --symbols BTC ETH SOL --rows 42   a week of bars as fast as they can be traded
  deno task paper --data data/bybit               real bars, replayed
  deno task paper-bybit --exchange bybit-demo --once   one bar in real time; two variables, see .env.example
  deno task paper --notify file:data/notices.jsonl --reports daily   alerts and reports as lines of a file
  deno task paper-notify --notify slack=critical --notify mail   variables of both: .env.example
  deno task paper-language --config configs/llm_trader.yaml --once   traders that ask a language model
  deno task paper halt paper-1a2b3c4d5e           nothing is sent any more until --active`;

/** popagent paper: a paper account traded bar by bar. */
export function paperCommand() {
  return withConfigFlags(new Command("paper").enablePositionalOptions()) // halt, replay, divergence have flags of their own
    .option("--symbols <coins...>", "coins that are traded, e.g. BTC ETH SOL; BTC is looked at in any case")
    .option(
      "--exchange <name>",
      "sim: the embedded one, on stored or synthetic bars; bybit-demo, bybit-testnet: task paper-bybit",
      "sim",
    )
    .addOption(new Option("--once", "one bar: orders at its open, books at its close").conflicts("rows"))
    .option("--rows <count>", "stop after so many bars")
    .option("--until <time>", "stop before the bar that closes after this time (UTC)")
    .option(
      "--history <rows>",
      "rows that are learned from before the first order; the least that a decision needs",
    )
    .option("--limit <name=value>", "a guard's limit, e.g. dailyLoss=0.05", collect, [] as readonly string[])
    .option("--notify <channel>", NOTIFY_HELP, collect, [] as readonly string[])
    .option("--reports <when>", REPORTS_HELP, collect, [] as readonly string[])
    .option("--name <session>", "name of its folder; by its configuration if left out")
    .option("--out <folder>", "where session folders go", SESSIONS_FOLDER)
    .option("--memory <MiB>", "most that series kept for reuse may take; half of what is free")
    .option("--cassettes <mode>", SESSION_CASSETTES, "offline")
    .option("--cassette-folder <folder>", "the folder of cassettes", CASSETTES)
    .option("--models <file>", "the table of models", MODELS)
    .option("--json", "print the summary as JSON")
    .addCommand(paperHaltCommand())
    .addCommand(paperReplayCommand())
    .addCommand(paperDivergenceCommand())
    .addHelpText("after", EXAMPLES)
    .action(async (flags) => {
      const { exchange } = flags;
      if (isTradingHost(exchange)) {
        return await (await import("../bybit_session.ts")).tradeOnBybit(flags, exchange);
      }
      const notify = await openedNotify(flags);
      const { config, panel, file, limits, bars, until } = await plannedSession(flags);
      const name = flags.name ?? `paper-${file.id}`;
      const places = sessionPlaces(flags.out, name);
      const needed = workingSet(panel.rows, panel.coins.length, config.population);
      const memoBytes = memoryOfEach(parseMemory(flags.memory), 1, needed);
      const models = await sessionModels(config, file.id, flags);
      const lock = await lockSession(places);
      const restore = onInterrupt(() =>
        tell("\nStopped. The same command goes on from the newest closed bar.")
      );
      const deaf = haltOnSignal(places);
      try {
        const how = await keepSession(places, file);
        using journal = openJournal(places.journal, "process");
        using memory = openExchangeFile(places.exchange, "process");
        const before = journal.point();
        const onIteration = (k: number) => tell(`history: iteration ${k} learned`);
        const { history, iterations } = file, { asking } = models;
        const parts = { config, panel, history, iterations, memoBytes, journal, onIteration, asking };
        if (asking !== null && before === null) await beginAsking(parts, asking);
        const telemetry = await sessionTelemetry(config.universe.coins);
        const { loop: untold } = replaySession({
          thinking: telemetry.mind,
          through: telemetry.exchange,
          ...parts,
          id: file.id,
          until,
          exchange: memory.load(),
          save: memory.save,
          limits,
          asked: () => askedOf(places),
        });
        const loop = telemetry.loop(untold);
        const event = (what: "resumed" | "stopped", reason: string) => {
          const row = loop.row();
          journal.write({
            events: [{ type: "session", time: panel.openTime[row]! + BAR_MS, row, what, reason }],
          });
        };
        if (how === "resumed" && before !== null) event("resumed", "");
        await using messenger = openMessenger({
          ...notify,
          name,
          places,
          config,
          journal,
          source: panel.source,
        });
        let done = 0;
        await messenger.look();
        while (done < bars && await loop.bar()) {
          done++;
          await messenger.look();
          await new Promise((resolve) => setTimeout(resolve, 0)); // signals and the file GUARD are heard
        }
        const ended = done === 0 && loop.row() >= panel.rows - 1;
        event("stopped", ended ? "no bar was left" : "");
        const summary = summaryOf(journal.events(), config.startingEquity);
        say(
          flags.json ? JSON.stringify(summary) : sessionText(name, summary, sessionSource(panel.source)),
          places.folder,
        );
        if (ended) tell("No bar was left: the session had traded all of them.");
        else if (done === 0) tell("No bar was traded: the session stands where --until ends it, or later.");
      } finally {
        models.close();
        deaf();
        restore();
        await lock.release();
      }
    });
}
