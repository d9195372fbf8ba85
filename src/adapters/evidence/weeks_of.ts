/** What a run on one market alone earned by week: its stored genomes are traded again. */
import { UserError } from "../../core/user_error.ts";
import { eventsOfType } from "../../events/event.ts";
import type { PopulationRunConfig } from "../../experiments/config.ts";
import { placesOfRun } from "../../experiments/evidence/robust/trade_again.ts";
import { weeklyOutcome } from "../../experiments/evidence/weekly_outcome.ts";
import { populationMean } from "../../experiments/population_mean.ts";
import type { RunResult } from "../../experiments/result.ts";
import type { Panel } from "../../market/panel.ts";
import type { PlacedCell } from "../ledger/grid_table.ts";
import type { ResultFiles } from "../ledger/result_files.ts";
import { storedEvents } from "../ledger/stored_events.ts";

/**
 * The population mean by week of a run on the only market of its name, by trading its stored genomes again; null where
 * markets are several, or nobody learned.
 *
 * @throws {UserError} If they do not give the mean that was stored.
 */
export function weeksOf(
  { label, arm, marketSeed, events, outcome: { populationMean: stored } }: PlacedCell & {
    readonly outcome: RunResult;
  },
  config: PopulationRunConfig,
  panel: Panel,
  files: ResultFiles,
): number[] | null {
  if (arm === null || marketSeed !== null || events === null || stored === null) return null;
  const iterations = eventsOfType(storedEvents(files, events), "iteration");
  const places = placesOfRun({ config, panel, events: iterations });
  const again = populationMean(places);
  if (again === stored) return weeklyOutcome(places);
  throw new UserError(
    `Cannot tell the weeks of ${label} as its genomes must earn what was stored when they are traded again: ${stored} ` +
      `was stored, ${again} came out. They were run by other source: run the grid again`,
  );
}
