import { Command } from "@commander-js/extra-typings";
import { openHoldout, readOpenings } from "../../adapters/bars/openings.ts";
import { readGridFile } from "../../adapters/config/grid_file.ts";
import { RESULTS_FOLDER } from "../../adapters/evidence/places.ts";
import { frozenRegistration } from "../../adapters/evidence/registrations.ts";
import { plainTable } from "../../report/text/plain_table.ts";
import { gridFile } from "../grid_called.ts";
import { HOLDOUT_FILE, STORE_FOLDER } from "../paths.ts";
import { say } from "../print.ts";

const EXAMPLES = `
Examples:
  deno task popagent holdout open --experiment primary --reason "the confirmatory run"
  deno task popagent holdout list`;

const OPEN_EXAMPLES = `
Examples:
  deno task popagent holdout open --experiment primary --reason "the confirmatory run"
  deno task population --data data/bybit --opening 3f2a90cc11      with the ID that it gave`;

const LIST_EXAMPLES = `
Examples:
  deno task popagent holdout list
  deno task popagent holdout list --json`;

/** popagent holdout: openings of sealed data. */
export function holdoutCommand() {
  return new Command("holdout").addCommand(openCommand()).addCommand(listCommand()).addHelpText(
    "after",
    EXAMPLES,
  );
}

function openCommand() {
  return new Command("open")
    .description("Open the sealed months or market seeds for one experiment; every use is logged")
    .requiredOption(
      "--experiment <grid>",
      "the grid that it is for, its file or its name; one with a frozen registration confirms",
    )
    .requiredOption("--reason <text>", "why")
    .option("--results <folder>", "where registrations are", RESULTS_FOLDER)
    .addHelpText("after", OPEN_EXAMPLES)
    .action(async ({ experiment: called, reason, results }) => {
      const { name: experiment } = await readGridFile(gridFile(called, STORE_FOLDER)); // a mistake opens nothing
      const frozen = await frozenRegistration(results, experiment);
      const { id } = openHoldout(HOLDOUT_FILE, {
        experiment,
        registration: frozen?.hash ?? null,
        reason,
        time: new Date().toISOString(),
      });
      const said = frozen
        ? `It is for ${experiment} as registered at ${frozen.frozenAt}.`
        : `${experiment} is not registered: what is made from this opening explores and confirms nothing.`;
      say(`${id}\n${said} Give it to commands as --opening ${id}; each use is logged in ${HOLDOUT_FILE}.`);
    });
}

function listCommand() {
  return new Command("list")
    .description("List what was opened, why, and how often it was used")
    .option("--json", "print JSON instead of text")
    .addHelpText("after", LIST_EXAMPLES)
    .action(({ json }) => {
      const { openings, uses } = readOpenings(HOLDOUT_FILE);
      if (json) return say(JSON.stringify({ openings, uses }));
      if (openings.length === 0) return say("Nothing was opened.");
      say(plainTable(
        [["Opening", "left"], ["Experiment", "left"], ["Registered", "left"], ["Time", "left"], [
          "Uses",
          "right",
        ], [
          "Reason",
          "left",
        ]],
        openings.map(({ id, experiment, registration, time, reason }) => [
          id,
          experiment,
          registration === null ? "no" : registration.slice(0, 10),
          time.slice(0, 16).replace("T", " "),
          `${uses.filter(({ used }) => used === id).length}`,
          reason,
        ]),
      ));
    });
}
