import { Command } from "@commander-js/extra-typings";
import { UserError } from "../../core/user_error.ts";
import { leakChecks, type LeakFinding } from "../../experiments/leakage/leakcheck.ts";
import { countOf } from "../counts.ts";
import { say, tell } from "../print.ts";

const EXAMPLES = `
Every output at or before a row must be the same, bit for bit, whatever the rows after it hold or whether they are there.
First twelve cheats that were planted on purpose must be caught, then the product must be clear.

Examples:
  deno task popagent leakcheck                 planted cheats, features, agents, a whole run
  deno task popagent leakcheck --seed 11       the product on another market
  deno task popagent leakcheck --planted       the self-test alone`;

/** popagent leakcheck: does anything know what has not happened yet? */
export function leakcheckCommand() {
  return new Command("leakcheck")
    .option("--seed <seed>", "seed of the market that the product is probed on", "3")
    .option("--planted", "the planted cheats alone")
    .option("--json", "print JSON instead of text")
    .addHelpText("after", EXAMPLES)
    .action(async (flags) => {
      const seed = countOf(flags.seed, "--seed", 0);
      const found: (LeakFinding & { readonly name: string; readonly planted: boolean })[] = [];
      for (const { name, planted, run } of leakChecks(seed).filter((one) => one.planted || !flags.planted)) {
        const finding = await run();
        found.push({ name, planted, ...finding });
        if (!flags.json) say(lineOf(name, planted, finding));
        if (!finding.holds && finding.told !== "") tell(finding.told);
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

function lineOf(name: string, planted: boolean, { holds, worlds, compared, flagged }: LeakFinding): string {
  const verdict = planted ? holds ? "caught" : "MISSED" : holds ? "clear" : "LEAKS";
  const about = planted ? `planted: ${name}` : name;
  const more = planted || holds ? "" : `; ${flagged.slice(0, 5).join(", ")}`;
  return `${verdict.padEnd(7)} ${about} (${worlds} worlds, ${compared.toLocaleString("en")} values${more})`;
}
