import { dirname } from "node:path";
import { Command } from "@commander-js/extra-typings";
import { writeFileAtomic } from "../../adapters/files/atomic_file.ts";
import { UserError } from "../../core/user_error.ts";
import { readResult } from "../../adapters/ledger/grid_frame.ts";
import type { PlacedCell } from "../../adapters/ledger/grid_table.ts";
import { type ResultFiles, resultFiles } from "../../adapters/ledger/result_files.ts";
import { storePlaces } from "../../adapters/ledger/store_folder.ts";
import { requireWritableFolder } from "../../adapters/files/writable_folder.ts";
import { canonicalJson } from "../../core/hash.ts";
import { FIRST_SEALED_SEED } from "../../market/seal.ts";
import { controlChecks } from "../../experiments/learning_control.ts";
import {
  type MarketOutcome,
  marketOutcome,
  nullChecks,
  plantedChecks,
  type ThresholdCheck,
} from "../../experiments/validation.ts";
import { drawdownProofText } from "../../report/text/drawdown_proof_text.ts";
import { proofChecks } from "../../experiments/drawdown_proof.ts";
import { languageProofText } from "../../report/text/language_proof_text.ts";
import { learningControlText } from "../../report/text/learning_control_text.ts";
import { marketLine, validationText } from "../../report/text/validation_text.ts";
import { collect } from "../config_options.ts";
import { countOf, decimalOf } from "../counts.ts";
import { planned, runGridJob, withStore } from "../grid_command.ts";
import { say } from "../print.ts";
import { parseWorkers } from "../workers.ts";
import { validationGrid } from "../validation_grid.ts";
import { requireNoFailure } from "./experiment_run.ts";
import { runLanguageProof } from "./validate_language.ts";
import { runFourCellsProof } from "./validate_news.ts";
import { fourCellsChecks } from "../../experiments/language/four_cells_effects.ts";
import { fourCellsText } from "../../report/text/four_cells_text.ts";
import { languageChecks } from "../../experiments/language/proof.ts";
import { forecastChecks } from "../../experiments/forecast_proof.ts";
import { forecastProofText } from "../../report/text/forecast_proof_text.ts";
import { methodChecks } from "../../experiments/method_proof.ts";
import { methodProofText } from "../../report/text/method_proof_text.ts";
import { runMethodProof } from "./validate_methods.ts";
import { runDrawdownProof } from "./validate_drawdown.ts";
import { runForecastProof } from "./validate_forecasts.ts";
import { executionChecks } from "../../experiments/execution_proof.ts";
import { paragraph } from "../../report/text/paragraph.ts";
import { checkText } from "../../report/text/validation_text.ts";
import { runExecutionProof } from "./validate_execution.ts";
import { runSelectionProof } from "./validate_selection.ts";
import { selectionChecks } from "../../experiments/selection_proof.ts";
import { selectionProofText } from "../../report/text/selection_proof_text.ts";
import { runLearningControl } from "./validate_learning.ts";
import { runLadder, storedRungs } from "./validate_ladder.ts";
import { rungs } from "../../experiments/evidence/ladder.ts";
import { ladderText } from "../../report/text/ladder_text.ts";

/** As much as market.ic takes. */
const MOST_IC = 0.2;

const EXAMPLES = `
Each threshold holds, FAILS, or has too few markets to judge; with fewer markets than it was stated for (20 planted, 40
null, 20 learning) its bound is the one that chance passes as seldom. The exit code is 1 where one FAILS.

Examples:
  deno task popagent validate planted                          20 markets of two years with a planted edge
  deno task popagent validate planted --rows 8766              four years each, scored from the second on
  deno task popagent validate null --markets 40                nothing is to be found, and nothing must be
  deno task popagent validate learning --workers 1             nothing is to be found, and learning must not seem to
  deno task popagent validate drawdown --first 341             do accounts keep to the drawdowns their risk agents declare?
  deno task popagent validate language --markets 5 --rows 2190 do right answers lift a run, and do lies lose credit?
  deno task popagent validate news --rows 1500 --markets 12    language model on/off by news on/off, by a script that reads
  deno task popagent validate forecasts --rows 8766 --ic 0.06  means against a plain ridge, widths against climatology
  deno task popagent validate forecasts --data data/bybit      the same, and widths on development rows of real bars
  deno task popagent validate selection                        which method does an agent choose, and which does it prune?
  deno task popagent validate execution                        does any way of trading earn where nothing is to be earned?
  deno task popagent validate methods --data data/bybit        every forecasting method of the inventory, and what calibrations cover
  deno task popagent validate ladder --first 821               the rungs before learning means anything, L0 to L6
  deno task popagent validate planted --set population.transfer=none`;

/** Where outcomes go unless a file is named. */
const OUT = {
  planted: "data/validation.json",
  null: "data/validation.json",
  learning: "data/learning_control.json",
  drawdown: "data/drawdown_proof.json",
  language: "data/language_proof.json",
  news: "data/language_news.json",
  forecasts: "data/forecast_proof.json",
  selection: "data/selection_proof.json",
  execution: "data/execution_proof.json",
  methods: "data/method_proof.json",
  ladder: "results/validation/ladder.json",
};

function isWorld(text: string): text is keyof typeof OUT {
  return Object.hasOwn(OUT, text);
}

/** popagent validate: the thresholds that learning must meet on markets whose truth is known. */
export function validateCommand() {
  return withStore(
    new Command("validate")
      .argument(
        "<world>",
        "planted: an edge is there to be found; null: nothing is; learning: null, twice; drawdown: the field; " +
          "forecasts: pairs alone; methods: the inventory's; selection: scratch methods; execution: sides by lot; " +
          "language: scripts in the place of language models; news: model on/off by news on/off; ladder: L0 to L6",
      ),
  )
    .option("--markets <count>", "number of markets", "20")
    .option("--first <seed>", "market seed of the first; the others follow", "1")
    .option("--rows <count>", "rows of each market; from 8766 on the first year is history", "4380")
    .option("--ic <number>", "information coefficient of the planted edge", "0.1")
    .option("--workers <count>", "Web Workers; results do not depend on it", "2")
    .option("-d, --data <folder>", "drawdown, forecasts, methods: real bars too, without their sealed months")
    .option(
      "--out <file>",
      "where the outcomes go as JSON (default: data/validation.json, or learning_control.json, drawdown_proof.json, forecast_proof.json, method_proof.json, selection_proof.json, execution_proof.json there)",
    )
    .option("--stored", "ladder: run nothing, say what is stored")
    .option("--set <key=value>", "any setting by its path", collect, [] as readonly string[])
    .addHelpText("after", EXAMPLES)
    .action(async (world, flags) => {
      if (!isWorld(world)) {
        throw new UserError(
          `Cannot validate as the world must be one of ${
            Object.keys(OUT).join(", ")
          }: current value is ${world}`,
        );
      }
      const markets = countOf(flags.markets, "--markets", 2), first = countOf(flags.first, "--first", 0);
      const rows = countOf(flags.rows, "--rows"), ic = decimalOf(flags.ic, "--ic", 0, MOST_IC);
      const workers = parseWorkers(flags.workers);
      if (first + markets > FIRST_SEALED_SEED) {
        throw new UserError(
          `Cannot validate as seeds must stay below ${FIRST_SEALED_SEED}: current value is ${flags.markets} from ${flags.first}`,
        );
      }
      if (["forecasts", "methods", "selection", "execution"].includes(world) && flags.set.length > 0) {
        throw new UserError(
          `Cannot validate ${world} with --set (what is measured is fixed) as it would change nothing: leave it out`,
        );
      }
      if (world === "ladder" && flags.set.length > 0) {
        throw new UserError(
          "Cannot validate the ladder with --set as its rungs are asked of the default settings: leave it out",
        );
      }
      if (!["forecasts", "methods", "drawdown"].includes(world) && flags.data !== undefined) {
        throw new UserError(`Cannot validate ${world} with --data as it would change nothing: leave it out`);
      }
      const out = flags.out ?? OUT[world];
      await requireWritableFolder(dirname(out));
      const marketSeeds = Array.from({ length: markets }, (_, i) => first + i);
      if (world === "drawdown") {
        const data = flags.data ?? null;
        const proof = await runDrawdownProof({ marketSeeds, rows, workers, data, out, set: flags.set });
        say(drawdownProofText(proof.markets), out);
        return requireNoneFails(proofChecks(proof.markets));
      }
      if (world === "language") {
        const proof = await runLanguageProof({ marketSeeds, rows, ic, out, set: flags.set });
        say(languageProofText(proof), out);
        return requireNoneFails(languageChecks(proof.markets));
      }
      if (world === "news") {
        const proof = await runFourCellsProof({ marketSeeds, rows, ic, out, set: flags.set });
        say(fourCellsText(proof), out);
        return requireNoneFails(fourCellsChecks(proof.markets));
      }
      if (world === "execution") {
        const proof = await runExecutionProof({ marketSeeds, rows, out });
        const checks = executionChecks(proof);
        say(checks.map((check) => paragraph(checkText(check), "", "  ")).join("\n"), out);
        return requireNoneFails(checks);
      }
      if (world === "selection") {
        const proof = await runSelectionProof({ marketSeeds, rows, ic: Number(flags.ic), out });
        say(selectionProofText(proof), out);
        return requireNoneFails(selectionChecks(proof));
      }
      if (world === "forecasts") {
        const proof = await runForecastProof({
          marketSeeds,
          rows,
          ic,
          data: flags.data,
          out,
        });
        say(forecastProofText(proof), out);
        return requireNoneFails(forecastChecks(proof));
      }
      if (world === "methods") {
        const proof = await runMethodProof({
          marketSeeds,
          rows,
          ic: Number(flags.ic),
          data: flags.data,
          out,
        });
        say(methodProofText(proof), out);
        return requireNoneFails(methodChecks(proof));
      }
      if (world === "ladder") {
        const storedOnly = flags.stored === true;
        const ladder = await runLadder({ marketSeeds, rows, workers, store: flags.store, out, storedOnly });
        const judged = rungs(await storedRungs(dirname(OUT.ladder)), ladder);
        say(ladderText(judged, ladder), out);
        return requireNoneFails(judged.filter(({ must }) => must).flatMap(({ checks }) => checks));
      }
      if (world === "learning") {
        const control = await runLearningControl({ marketSeeds, rows, workers, out, set: flags.set });
        say(learningControlText(control), out);
        return requireNoneFails(controlChecks(control.markets));
      }
      const { file, grid } = await validationGrid(world, { ...flags, markets, first, rows });
      const plan = await planned(grid);
      const results = resultFiles(storePlaces(flags.store).results);
      const end = await runGridJob({
        plan,
        file,
        store: flags.store,
        workers,
        mine: plan.cells,
        reproduction: () => `deno task popagent validate ${Deno.args.slice(1).join(" ")}`,
        onDone: ({ marketSeed }, placed) => {
          const [outcome] = outcomesOf(placed().filter((cell) => cell.marketSeed === marketSeed), results);
          return outcome ? marketLine(outcome) : null;
        },
      });
      requireNoFailure(end.run.failed.length);
      const outcomes = outcomesOf(end.cells, results);
      const { config } = grid.markets[0]!.arms[0]!;
      const checks = world === "planted" ? plantedChecks(outcomes, rows) : nullChecks(outcomes);
      await writeFileAtomic(out, `${canonicalJson({ world, rows, config, outcomes, checks })}\n`);
      say(validationText(world, outcomes, checks), out);
      requireNoneFails(checks);
    });
}

/** @throws {UserError} If a threshold fails, so that a script sees it. Too few markets to judge are no failure. */
export function requireNoneFails(checks: readonly ThresholdCheck[]): void {
  const failed = checks.filter(({ holds }) => holds === false).length;
  if (failed === 0) return;
  throw new UserError(
    `Cannot call this valid as every threshold must hold: ${failed} of ${checks.length} fail, see FAILS above.`,
  );
}

/** The markets whose cells are all done, with the strategies of their cells together. */
function outcomesOf(cells: readonly PlacedCell[], results: ResultFiles): MarketOutcome[] {
  const seeds = [...new Set(cells.map(({ marketSeed }) => marketSeed!))];
  return seeds.flatMap((seed) => {
    const own = cells.filter(({ marketSeed }) => marketSeed === seed);
    if (own.some(({ state }) => state !== "done")) return [];
    return [marketOutcome(seed, own.map(({ result }) => readResult(results, result!)))];
  });
}
