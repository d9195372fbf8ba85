/** A session as commands watch it: its folder read again and again, and what is shown of it. */
import { isTradingHost } from "../adapters/exchange/bybit/hosts.ts";
import { namedSource } from "../adapters/bars/named_source.ts";
import { readSession, sessionPlaces } from "../adapters/exchange/session_folder.ts";
import { openSessionReader } from "../adapters/exchange/session_reader.ts";
import { newestSession } from "../adapters/exchange/stored_session.ts";
import type { Alert } from "../admin/alert.ts";
import { alertFold } from "../admin/alert_fold.ts";
import { sessionViewOf } from "../admin/session_view.ts";
import type { RecordedEvent } from "../events/event.ts";
import type { PopulationRunConfig } from "../experiments/config.ts";
import type { SessionView } from "../figures/session_view.ts";
import type { GuardLimits } from "../live/guards.ts";

/** A session that is watched. */
export interface WatchedSession {
  readonly name: string;
  /** @returns Null where nothing has changed since the call before. @throws {UserError} If it cannot be read now. */
  look(): SessionView | null;
  /** What has happened so far, in order. */
  events(): readonly RecordedEvent[];
  [Symbol.dispose](): void;
}

const VENUES: Readonly<Record<string, string>> = {
  sim: "simulated exchange",
  "bybit-demo": "Bybit demo",
  "bybit-testnet": "Bybit testnet",
};

/** Opens a session to watch it, by default the one that wrote last. @throws {UserError} If there is none. */
export async function watchedSession(root: string, named: string | undefined): Promise<WatchedSession> {
  const name = named ?? newestSession(root), places = sessionPlaces(root, name);
  const file = await readSession(places);
  const config = file.config as unknown as PopulationRunConfig; // as it was resolved and kept
  const simulated = !isTradingHost(file.exchange);
  const venue = VENUES[file.exchange] ?? file.exchange;
  const source = simulated ? namedSource(config) : { text: `Bars of ${venue} itself`, synthetic: false };
  const reader = openSessionReader(places);
  let fold = alertFold(), alerts: readonly Alert[] = [], events: readonly RecordedEvent[] = [];
  return {
    name,
    events: () => events,
    look() {
      const reading = reader.read();
      if (reading === null) return null;
      if (reading.events[0] !== events[0]) { // another session took its place
        fold = alertFold();
        alerts = [];
        events = [];
      }
      const fresh = reading.events.slice(events.length);
      alerts = [...alerts, ...fresh.flatMap(fold)];
      events = reading.events;
      return sessionViewOf({
        session: name,
        ...reading,
        alerts,
        coins: config.universe.coins,
        startingEquity: config.startingEquity,
        deploy: config.population.deploy,
        limits: file.limits as unknown as GuardLimits,
        venue,
        simulated,
        source: source.text,
        synthetic: source.synthetic,
      });
    },
    [Symbol.dispose]: reader[Symbol.dispose],
  };
}
