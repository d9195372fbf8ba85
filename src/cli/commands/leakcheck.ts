import { Command } from "@commander-js/extra-typings";
import { dirname } from "node:path";
import { writeFileAtomic } from "../../adapters/files/atomic_file.ts";
import { requireWritableFolder } from "../../adapters/files/writable_folder.ts";
import { UserError } from "../../core/user_error.ts";
import { readJson } from "../../adapters/files/json_file.ts";
import { exists } from "../../adapters/runs/run_places.ts";
import {
  alarms,
  freshMarket,
  type FreshMarkets,
  freshMarketsSchema,
} from "../../experiments/leakage/fresh_markets.ts";
import { type LeakCheck, leakChecks, type LeakFinding } from "../../experiments/leakage/leakcheck.ts";
import { FIRST_SEALED_SEED } from "../../market/seal.ts";
import { leakCheck, verdictOf } from "../../desk/leak_check.ts";
import type { PartFinding } from "../../experiments/leakage/own_checks.ts";
import { pathsIn } from "../chosen.ts";
import { countOf } from "../counts.ts";
import { say, tell } from "../print.ts";

const EXAMPLES = `
Every output at or before a row must be the same, bit for bit, whatever the rows after it hold or whether they are there.
First the cheats that were planted on purpose must be caught, then the product must be clear, layer by layer: data, features,
methods, agents, learner state, a whole run; and orders that are a row early or late, and series that begin later.

With --extensions nothing but what your own modules declare is probed, part by part (methods, columns, agents, strategies):
a part that LEAKS is named with the first row that changed, and the command fails. docs/INVENTORY.md says what that proves.

Examples:
  deno task popagent leakcheck                 planted cheats, then every layer of the product
  deno task popagent leakcheck --seed 11       the product on another market
  deno task popagent leakcheck --planted       the self-test alone
  deno task popagent leakcheck --extensions notebooks/own_analyst.ts    your own methods, columns, agents, strategies
  deno task popagent leakcheck --markets 20 --seed 461 --out results/validation/leakcheck.json    false alarms`;

/** popagent leakcheck: does anything know what has not happened yet? */
export function leakcheckCommand() {
  return new Command("leakcheck")
    .option("--seed <seed>", "seed of the market that the product is probed on", "3")
    .option("--planted", "the planted cheats alone")
    .option(
      "--extensions <paths>",
      "what these modules of one's own declare, and nothing else, parted by commas",
    )
    .option("--markets <count>", "the product alone, on so many markets from --seed on: how many alarms?")
    .option("--out <file>", "with --markets: where what was found goes as JSON", "data/leakcheck.json")
    .option("--json", "print JSON instead of text")
    .addHelpText("after", EXAMPLES)
    .action(async (flags) => {
      const seed = countOf(flags.seed, "--seed", 0);
      if (flags.extensions !== undefined) {
        const other = (["planted", "markets"] as const).find((name) => flags[name] !== undefined);
        if (other !== undefined) {
          throw new UserError(
            `Cannot probe extensions as --${other} must be left out beside --extensions: it probes the house. ` +
              "Leave out one of the two.",
          );
        }
        return await onExtensions(pathsIn(flags.extensions), seed, flags.json === true);
      }
      if (flags.markets !== undefined) {
        return await onFreshMarkets(seed, countOf(flags.markets, "--markets", 1), flags.out);
      }
      const found: (LeakFinding & Pick<LeakCheck, "name" | "layer" | "planted">)[] = [];
      for (const { run, ...check } of leakChecks(seed).filter((one) => one.planted || !flags.planted)) {
        const finding = await run();
        found.push({ ...check, ...finding });
        if (!flags.json) say(lineOf(check, finding));
        if (finding.told !== "") tell(`        ${finding.told}`);
      }
      if (flags.json) say(JSON.stringify(found));
      const failed = found.filter(({ holds }) => !holds).length;
      if (failed > 0) {
        throw new UserError(
          `Cannot clear this program as every check must hold: ${failed} of ${found.length} do not.`,
        );
      }
    });
}

/** Probes what modules of one's own declare. @throws {UserError} If a part leaks, or could not be looked at. */
async function onExtensions(extensions: readonly string[], seed: number, json: boolean): Promise<void> {
  if (extensions.length === 0) {
    throw new UserError("Cannot probe extensions as --extensions must name a file: it names none.");
  }
  requireProbedSeed(seed, 1);
  const found = await leakCheck({
    extensions,
    seed,
    onPart: (finding) => {
      if (!json) say(partLine(finding));
    },
  });
  if (json) say(JSON.stringify(found));
  const failed = found.filter(({ holds }) => !holds);
  if (failed.length === 0) return;
  const names = failed.map(({ name, first }) => first === null ? name : `${name} (row ${first.row})`);
  throw new UserError(
    `Cannot clear these extensions as no part may know the future, and each must be looked at: ${failed.length} of ` +
      `${found.length} fail, ${names.join(", ")}. Let value t read rows up to t alone, then check again.`,
  );
}

function partLine(finding: PartFinding): string {
  const { name, layer, worlds, compared, told } = finding;
  const line = `${verdictOf(finding).padEnd(7)} ${layer.padEnd(13)} ${name} (${worlds} worlds, ${
    compared.toLocaleString("en")
  } values)`;
  return told === "" ? line : `${line}\n        ${told}`;
}

function requireProbedSeed(first: number, count: number): void {
  if (first + count <= FIRST_SEALED_SEED) return;
  throw new UserError(
    `Cannot probe these markets as seeds must stay below ${FIRST_SEALED_SEED}: current value is ${count} from ${first}`,
  );
}

/** Goes on from what the file holds. @throws {UserError} If a check does not hold on one of the markets. */
async function onFreshMarkets(first: number, count: number, out: string): Promise<void> {
  requireProbedSeed(first, count);
  await requireWritableFolder(dirname(out));
  let markets = exists(out) ? (await readJson(out, freshMarketsSchema)).markets : [];
  for (let seed = first; seed < first + count; seed++) {
    if (markets.some((market) => market.seed === seed)) continue;
    const market = await freshMarket(seed);
    markets = [...markets, market].sort((a, b) => a.seed - b.seed);
    await writeFileAtomic(out, fileText({ markets }));
    say(`market ${seed}: ${market.checks.length} checks, ${alarms({ markets: [market] }).length} alarms`);
  }
  const raised = alarms({ markets });
  for (const line of raised) tell(line);
  say(`${raised.length} alarms on ${markets.length} markets`, out);
  if (raised.length > 0) {
    throw new UserError(`Cannot clear this program as no check may raise an alarm: ${raised.length} do.`);
  }
}

/** A line a check. */
function fileText(found: FreshMarkets): string {
  return `${JSON.stringify(found).replaceAll('{"layer"', '\n{"layer"')}\n`;
}

function lineOf(
  { name, layer, planted }: Pick<LeakCheck, "name" | "layer" | "planted">,
  { holds, worlds, compared, flagged }: LeakFinding,
): string {
  const verdict = planted ? holds ? "caught" : "MISSED" : holds ? "clear" : "LEAKS";
  const about = planted ? `planted: ${name}` : name;
  const more = planted || holds ? "" : `; ${flagged.slice(0, 5).join(", ")}`;
  return `${verdict.padEnd(7)} ${layer.padEnd(13)} ${about} (${worlds} worlds, ${
    compared.toLocaleString("en")
  } values${more})`;
}
