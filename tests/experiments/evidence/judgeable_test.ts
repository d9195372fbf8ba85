import assert from "node:assert/strict";
import { readGridFile } from "popagent/adapters/config/grid_file.ts";
import { requireSameRegistration } from "popagent/adapters/evidence/registrations.ts";
import { gridOf, gridText } from "./record.ts";

/** What is said of a grid of evidence after a change of its text. */
const said = (from: string, to: string, more = "") => {
  const text = gridText(3, more).replace(from, to);
  assert.notEqual(from !== "" && text, gridText(3, more), "the change is none");
  try {
    gridOf(text);
  } catch (error) {
    return (error as Error).message;
  }
  return "";
};

Deno.test("settings that came after a grid was registered leave its registration as it was", async () => {
  await requireSameRegistration("results", await readGridFile("configs/experiments/primary.yaml"));
});

Deno.test("issue evidence A1: marketSeeds on bars that are not synthetic are refused, with the line", () => {
  const real = said("market: { mode: planted, ic: 0.06 }", "data: { source: bybit }");
  assert.match(
    real,
    /markets\.weak\.marketSeeds: are those of synthetic markets, and data\.source is bybit here: one market would count as 3: current value is "1-3" \(two\.yaml, line 4\)/,
  );
  const found = said("settings: { data.source: synthetic, ", "settings: { ");
  assert.match(found, /weak\.marketSeeds: .*source is auto.*\n.*strong\.marketSeeds/);
});

Deno.test("issue evidence B3: claims that could not be judged are refused before anything runs, with the line and what was meant", () => {
  const plus = "plus: [full, noDiversity], minus: [noTransfer, neither]";
  assert.match(
    said(plus, "plus: [full/champ, noDiversity], minus: [noTransfer, neither]"),
    /evidence\.claims\.transfer\.plus\.0: must be what cells of full are measured by, full\/populationMean, full\/champion, .*: current value is "full\/champ" \(two\.yaml, line 13\)\. Did you mean full\/champion\?/,
  );
  assert.match(
    said(plus, "plus: [full], minus: [full]"),
    /claims\.transfer\.minus\.0: must be another term than the one of plus in its place: current value is "full" \(two\.yaml, line 13\)/,
  );
  assert.match(
    said(plus, "plus: [full, neither], minus: [neither, full]"),
    /transfer\.minus: must hold other terms/,
  );
  assert.match(
    said(plus, "plus: [full], minus: [/singleAgent]"),
    /must be a strategy that runs beside the arms, and there is none: current value is "\/singleAgent"/,
  );
  assert.match(
    said("  describe: [champion]", "  describe: [champion, bogus]"),
    /evidence\.describe\.1: must be what a cell of the grid is measured by, populationMean, .*"bogus" \(two\.yaml, line 16\)/,
  );
  assert.match(
    said("", "", "  outcome: nothing\n"),
    /evidence\.outcome: must be .*"nothing" \(two\.yaml, line 17\)/,
  );
  assert.equal(said("", "", "  outcome: mirrored\n"), "");
  assert.match(said("", "", "  markets: [week]\n"), /must be a market .*"week" .*Did you mean weak\?/);
  assert.match(said("", "", "  same: { neither: neither }\n"), /same\.neither: must be another arm/);
});

Deno.test("issue evidence B3: arms of one configuration cannot differ, and a claim that holds them apart is refused", () => {
  const text = said("noTransfer: { population: { transfer: none } }", "noTransfer: {}");
  assert.match(
    text,
    /transfer\.minus\.0: must differ in some setting from full, the term of plus in its place/,
  );
});

Deno.test("issue evidence C19: an arm that the grid does not have is told with its key and what was meant", () => {
  const text = said("[full, neither]", "[full, nether]");
  assert.match(
    text,
    /evidence\.claims\.interaction\.plus\.1: must be an arm of the grid, full, noTransfer, noDiversity, neither: current value is "nether" \(two\.yaml, line 15\)\. Did you mean neither\?/,
  );
  assert.doesNotMatch(text, /register/);
});
