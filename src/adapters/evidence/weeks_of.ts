/** What a run on one market alone earned by week: its stored genomes are traded again, once. */
import { UserError } from "../../core/user_error.ts";
import { eventsOfType } from "../../events/event.ts";
import type { PopulationRunConfig } from "../../experiments/config.ts";
import { placesOfRun } from "../../experiments/evidence/robust/trade_again.ts";
import { weeklyOutcome } from "../../experiments/evidence/weekly_outcome.ts";
import { populationMean } from "../../experiments/population_mean.ts";
import type { RunResult } from "../../experiments/result.ts";
import type { Panel } from "../../market/panel.ts";
import type { PlacedCell } from "../ledger/grid_table.ts";
import { resultFiles } from "../ledger/result_files.ts";
import { storePlaces } from "../ledger/store_folder.ts";
import { storedEvents } from "../ledger/stored_events.ts";
import { keptWeeks } from "./kept_weeks.ts";

/**
 * The population mean by week of a run on the only market of its name, by trading its stored genomes again; null where
 * markets are several, or nobody learned. They are kept in the store.
 *
 * @throws {UserError} If they do not give the mean that was stored.
 */
export async function weeksOf(
  cell: PlacedCell & {
    readonly outcome: RunResult;
  },
  config: PopulationRunConfig,
  panel: Panel,
  store: string,
): Promise<number[] | null> {
  const { label, arm, marketSeed, events, outcome: { populationMean: stored } } = cell;
  if (arm === null || marketSeed !== null || events === null || stored === null) return null;
  return await keptWeeks(store, cell, () => {
    const files = resultFiles(storePlaces(store).results);
    const iterations = eventsOfType(storedEvents(files, events), "iteration");
    const places = placesOfRun({ config, panel, events: iterations });
    const again = populationMean(places);
    if (again === stored) return weeklyOutcome(places);
    throw new UserError(
      `Cannot tell the weeks of ${label} as its genomes must earn what was stored when they are traded again: ${stored} ` +
        `was stored, ${again} came out. They were run by other source: run the grid again`,
    );
  });
}
