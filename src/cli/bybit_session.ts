/** A paper session in real time on a demo or testnet account of Bybit. */
import { join } from "node:path";
import { bybitClient } from "../adapters/bybit/client.ts";
import { beginAccount, stepsOf } from "../adapters/exchange/bybit/begin_account.ts";
import { bybitExchange } from "../adapters/exchange/bybit/bybit_exchange.ts";
import { TRADING_HOSTS, type TradingHost } from "../adapters/exchange/bybit/hosts.ts";
import { bybitKeys } from "../adapters/exchange/bybit/keys.ts";
import { closedPanel, liveBars, type LiveMarket } from "../adapters/exchange/bybit/live_bars.ts";
import { signedClient } from "../adapters/exchange/bybit/signed_client.ts";
import { openVenueMemory } from "../adapters/exchange/bybit/venue_memory.ts";
import { haltOnSignal } from "../adapters/exchange/halt_signal.ts";
import { openJournal } from "../adapters/exchange/journal_file.ts";
import {
  askedOf,
  keepSession,
  lockSession,
  readSession,
  type SessionFile,
  sessionPlaces,
} from "../adapters/exchange/session_folder.ts";
import { sessionTelemetry } from "../adapters/telemetry/session_telemetry.ts";
import { exists } from "../adapters/runs/run_places.ts";
import { sessionSource } from "../admin/session_source.ts";
import { hashJson } from "../core/hash.ts";
import { BAR_MS } from "../core/universe.ts";
import { UserError } from "../core/user_error.ts";
import { arenaOf, statedInstruments } from "../experiments/market.ts";
import { ExchangeFault } from "../live/exchange.ts";
import { populationMind } from "../live/mind.ts";
import { askedBy, beginAsking, beginSession } from "../live/replay_session.ts";
import { summaryOf } from "../live/summary.ts";
import { tradingLoop } from "../live/trading_loop.ts";
import { truncatePanel } from "../market/panel.ts";
import { iterationsIn } from "../population/config.ts";
import { workingSet } from "../population/working_set.ts";
import { sessionText } from "../report/text/session_text.ts";
import { countOf } from "./counts.ts";
import { onInterrupt } from "./interrupt.ts";
import { memoryOfEach, parseMemory } from "./memory.ts";
import { type NotifyFlags, openedNotify } from "./notify_flags.ts";
import { limitsOf, type PaperFlags, sessionConfig } from "./paper_session.ts";
import { type SessionModelFlags, sessionModels } from "./session_models.ts";
import { say, tell } from "./print.ts";
import { openMessenger } from "./session_messenger.ts";

/** Rows of a year: what schedules that end reckon with, for a session that has no end. */
const YEAR_ROWS = 2190;

/** The flags of the command that such a session reads. */
export type BybitFlags = Parameters<typeof sessionConfig>[0] & PaperFlags & NotifyFlags & {
  readonly name?: string | undefined;
  readonly out: string;
  readonly memory?: string | undefined;
  readonly json?: true | undefined;
} & SessionModelFlags;

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Flags that choose other bars than the exchange's own. */
const OTHER_BARS = ["data", "synthetic", "ic", "until"];

function requireLive(flags: object): void {
  const given = OTHER_BARS.find((name) => (flags as Record<string, unknown>)[name] !== undefined);
  if (given === undefined) return;
  throw new UserError(
    `Cannot read --${given} as bars are the exchange's own, in real time: leave it out, or trade on --exchange sim`,
  );
}

/** What a session cannot begin without; later on the loop asks again by itself. */
function answered<Value>(call: Promise<Value>, host: TradingHost): Promise<Value> {
  return call.catch((error) => {
    if (!(error instanceof ExchangeFault)) throw error;
    throw new UserError(
      `Cannot begin on ${host} as the exchange must answer: ${error.message} (${error.fault}). Start it again later`,
    );
  });
}

/** Begins or goes on with a session. @throws {UserError} If no key is set, the account is not ready, or a flag is wrong. */
export async function tradeOnBybit(flags: BybitFlags, host: TradingHost): Promise<void> {
  const keys = bybitKeys((name) => Deno.env.get(name), host);
  requireLive(flags);
  const notify = await openedNotify(flags);
  const config = await sessionConfig(flags), limits = limitsOf(flags.limit);
  const least = config.clock.firstDecision + 1;
  const asked = flags.history === undefined ? least : countOf(flags.history, "--history", least);
  const most = flags.once ? 1 : flags.rows === undefined ? Infinity : countOf(flags.rows, "--rows", 1);
  const places = sessionPlaces(flags.out, flags.name ?? host);
  const address = TRADING_HOSTS[host];
  const wire = signedClient(address, keys, { fetch, now: Date.now, sleep });
  await answered(wire.sync(), host);
  const clock = { now: () => wire.now(), wait: sleep };
  const coins = config.universe.coins, symbols = coins.map((coin) => `${coin}USDT`);

  const models = await sessionModels(config, flags.name ?? host, flags);
  const lock = await lockSession(places);
  const restore = onInterrupt(() =>
    tell("\nStopped. The same command goes on; positions stay at the exchange.")
  );
  const deaf = haltOnSignal(places);
  try {
    const onWait = (why: string) => tell(`Waiting: ${why}.`);
    const market: LiveMarket = {
      client: bybitClient(address, { fetch: (url, init) => fetch(url, init), now: Date.now, sleep, onWait }),
      folder: join(places.folder, "bars"),
      coins,
      instruments: statedInstruments(config),
      clock,
    };
    const before = exists(places.session) ? await readSession(places) : null;
    const panel = await closedPanel(market, asked);
    const history = before?.history ?? panel.rows;
    const file: SessionFile = {
      version: 1,
      id: hashJson([config, history, panel.openTime[0], host]).slice(0, 10),
      exchange: host,
      config: config as unknown as Record<string, unknown>,
      history,
      rowsHash: truncatePanel(panel, history).hash,
      iterations: config.iterations ?? iterationsIn(history + YEAR_ROWS, config.clock),
      limits: { ...limits },
    };
    await keepSession(places, file);
    using journal = openJournal(places.journal, "disk");
    using memory = openVenueMemory(join(places.folder, "bybit.sqlite"));
    await answered(beginAccount(wire, symbols, config.startingEquity, memory), host);
    const steps = await answered(stepsOf(wire, symbols), host);
    const { iterations } = file;
    const { asking } = models;
    const needed = workingSet(panel.rows, coins.length, config.population);
    const memoBytes = memoryOfEach(parseMemory(flags.memory), 1, needed);
    const onIteration = (k: number) => tell(`history: iteration ${k} learned`);
    if (journal.point() === null) {
      const parts = { config, panel, history, iterations, memoBytes, journal, onIteration };
      if (asking === null) beginSession(parts);
      else await beginAsking(parts, asking);
    }
    const point = journal.point()!;
    const telemetry = await sessionTelemetry(coins);
    const mind = telemetry.mind(populationMind({
      config,
      iterations,
      panel: truncatePanel(panel, point.row + 1),
      state: point.population!,
      memoBytes,
      ...askedBy({ asking, journal }),
    }));
    const closeOf = (row: number) => panel.openTime[0]! + (row + 1) * BAR_MS;
    const exchange = telemetry.exchange(
      bybitExchange({ client: wire, symbols, steps, memory, now: clock.now, closeOf }),
    );
    let inside = () => Promise.resolve();
    const loop = telemetry.loop(tradingLoop({
      id: file.id,
      mind,
      bars: liveBars(market, panel, () => inside()),
      exchange,
      journal,
      clock,
      limits,
      arenaOf: (one, before) => arenaOf(one, config, before),
      asked: () => askedOf(places),
    }));
    const name = flags.name ?? host;
    await using messenger = openMessenger({ ...notify, name, places, config, journal, source: host, clock });
    inside = async () => {
      await loop.tick();
      await messenger.look();
    };
    await messenger.look();
    for (let done = 0; done < most && await loop.bar(); done++) await messenger.look();
    const summary = summaryOf(journal.events(), config.startingEquity);
    say(
      flags.json ? JSON.stringify(summary) : sessionText(name, summary, sessionSource(host)),
      places.folder,
    );
  } finally {
    models.close();
    deaf();
    restore();
    await lock.release();
  }
}
