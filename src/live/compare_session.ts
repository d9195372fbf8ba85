/** Decides a recorded session again on its own books, and runs it through the research simulation. */
import type { RecordedEvent } from "../events/event.ts";
import { BAR_MS } from "../core/universe.ts";
import { divergenceOf } from "./divergence.ts";
import type { DivergenceLimits, DivergencePart } from "./divergence_part.ts";
import { memoryJournal } from "./memory_journal.ts";
import { recordedExchange } from "./recorded_exchange.ts";
import { beginAsking, type ReplayParts, replaySession } from "./replay_session.ts";

/** What a comparison needs of a session: what it was made of. Journal and exchange are the comparison's own. */
export type ComparedSession = Omit<ReplayParts, "journal" | "exchange" | "save" | "through">;

/** The events of a session that is run again; on its record if there is one, else on a fresh simulated exchange. */
export async function runAgain(
  session: ComparedSession,
  record: readonly RecordedEvent[] | null,
): Promise<readonly RecordedEvent[]> {
  const journal = memoryJournal(), { panel } = session;
  const first = panel.openTime[0]!;
  const asking = session.asking ?? null;
  if (asking) await beginAsking({ ...session, journal }, asking);
  const { loop } = replaySession({
    ...session,
    journal,
    exchange: null,
    ...(record === null ? {} : {
      through: (_venue, clock) =>
        recordedExchange(
          record,
          panel.coins.map(({ coin }) => coin),
          clock,
          (row, coin) => panel.coins[coin]!.open[row]!,
          (time) => Math.floor((time - first) / BAR_MS),
        ),
    }),
  });
  while (await loop.bar());
  return journal.events();
}

/** The divergence report of a record. @param session What it was made of; it ends with the last recorded bar. */
export async function compareSession(
  session: ComparedSession,
  record: readonly RecordedEvent[],
  limits?: DivergenceLimits,
): Promise<DivergencePart[]> {
  const decided = await runAgain(session, record);
  const replayed = await runAgain(session, null);
  return divergenceOf(record, decided, replayed, session.panel, limits);
}
