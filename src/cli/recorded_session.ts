/** A stored paper session as commands compare it: what it was made of, and its record. */
import { loadMarket } from "../adapters/bars/load_market.ts";
import { openJournalToRead } from "../adapters/exchange/journal_file.ts";
import { readSession, sessionPlaces } from "../adapters/exchange/session_folder.ts";
import { UserError } from "../core/user_error.ts";
import type { RecordedEvent } from "../events/event.ts";
import type { PopulationRunConfig } from "../experiments/config.ts";
import { playsLanguage } from "../experiments/language/plays.ts";
import { askingRecord } from "../live/asking.ts";
import type { ComparedSession } from "../live/compare_session.ts";
import type { GuardLimits } from "../live/guards.ts";
import { truncatePanel } from "../market/panel.ts";
import { workingSet } from "../population/working_set.ts";
import { memoryOfEach, parseMemory } from "./memory.ts";
import { HOLDOUT_FILE } from "./paths.ts";

/** Loads a session. @throws {UserError} If there is none, no bar of it has closed, or its bars are not what they were. */
export async function recordedSession(
  root: string,
  name: string,
): Promise<{ readonly session: ComparedSession; readonly record: readonly RecordedEvent[] }> {
  const places = sessionPlaces(root, name);
  const file = await readSession(places);
  const config = file.config as unknown as PopulationRunConfig; // as it was resolved and kept
  using journal = openJournalToRead(places.journal);
  const point = journal?.point() ?? null;
  if (journal === null || point === null || point.row < file.history) {
    throw new UserError(`Cannot compare the session ${name} as a bar of it must have closed: none has`);
  }
  const panel = await loadMarket({ config, opening: null, holdoutLog: HOLDOUT_FILE, now: Date.now() });
  if (panel.rows <= point.row || truncatePanel(panel, file.history).hash !== file.rowsHash) {
    throw new UserError(
      `Cannot compare the session ${name} as its bars must be those that it traded: they have changed`,
    );
  }
  const record = journal.events();
  const session: ComparedSession = {
    id: file.id,
    config,
    panel,
    history: file.history,
    until: point.row + 1,
    iterations: file.iterations,
    memoBytes: memoryOfEach(
      parseMemory(undefined),
      1,
      workingSet(panel.rows, panel.coins.length, config.population),
    ),
    limits: file.limits as unknown as GuardLimits,
    asking: playsLanguage(config.population) ? askingRecord(record) : null,
  };
  return { session, record };
}
