import { dirname } from "node:path";
import { Command } from "@commander-js/extra-typings";
import { requireWritableFolder } from "../../adapters/files/writable_folder.ts";
import { UserError } from "../../core/user_error.ts";
import type { ThresholdCheck } from "../../experiments/validation.ts";
import { FIRST_SEALED_SEED } from "../../market/seal.ts";
import { collect } from "../config_options.ts";
import { countOf, decimalOf } from "../counts.ts";
import { withStore } from "../grid_command.ts";
import { say } from "../print.ts";
import { parseWorkers } from "../workers.ts";
import { WORLD_FLAGS, WORLDS } from "./validate_worlds.ts";

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
  deno task popagent validate ladder                           the rungs before learning means anything, L0 to L6
  deno task popagent validate planted --set population.transfer=none`;

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
    .option(
      "--first <seed>",
      "market seed of the first; the others follow; of the ladder 821 unless given",
      "1",
    )
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
    .action(async (world, flags, command) => {
      if (!Object.hasOwn(WORLDS, world)) {
        throw new UserError(
          `Cannot validate as the world must be one of ${
            Object.keys(WORLDS).join(", ")
          }: current value is ${world}`,
        );
      }
      const { out: usual, first: usualFirst, run } = WORLDS[world]!;
      const given = (flag: string) => command.getOptionValueSource(flag) === "cli";
      requireTaken(world, given);
      const markets = countOf(flags.markets, "--markets", 2);
      const first = usualFirst !== undefined && !given("first")
        ? usualFirst
        : countOf(flags.first, "--first", 0);
      const rows = countOf(flags.rows, "--rows"), ic = decimalOf(flags.ic, "--ic", 0, MOST_IC);
      const workers = parseWorkers(flags.workers);
      if (first + markets > FIRST_SEALED_SEED) {
        throw new UserError(
          `Cannot validate as seeds must stay below ${FIRST_SEALED_SEED}: current value is ${flags.markets} from ${flags.first}`,
        );
      }
      const { data, set, store } = flags, out = flags.out ?? usual;
      await requireWritableFolder(dirname(out));
      const marketSeeds = Array.from({ length: markets }, (_, i) => first + i);
      const asked = { marketSeeds, rows, ic, icText: flags.ic, workers, data, set, store, out };
      const { text, checks, told } = await run({ ...asked, storedOnly: flags.stored === true });
      say(text, out);
      requireNoneFails(checks, told);
    });
}

/** Flags that say what is run; beside --stored, which runs nothing, they say nothing. */
const OF_RUNS = ["markets", "first", "workers", "store"];

/** @throws {UserError} If a flag is given that would change nothing in a world. */
function requireTaken(world: string, given: (flag: string) => boolean): void {
  const { takes, fixed } = WORLDS[world]!;
  const untaken = WORLD_FLAGS.find((flag) => given(flag) && !takes.includes(flag));
  if (untaken === "set" && fixed !== undefined) throw new UserError(fixed);
  const idle = given("stored") ? OF_RUNS.find(given) : undefined;
  if (untaken === undefined && idle === undefined) return;
  const which = untaken === undefined ? `--stored and --${idle}` : `--${untaken}`;
  throw new UserError(`Cannot validate ${world} with ${which} as it would change nothing: leave it out`);
}

/** @throws {UserError} If a threshold fails, so that a script sees it. Too few markets to judge are no failure. */
export function requireNoneFails(checks: readonly ThresholdCheck[], told?: string): void {
  const failed = checks.filter(({ holds }) => holds === false).length;
  if (failed === 0) return;
  const said = told === undefined
    ? `every threshold must hold: ${failed} of ${checks.length} fail, see FAILS above.`
    : `what must hold does not, see FAILS above. ${told}`;
  throw new UserError(`Cannot call this valid as ${said}`);
}
