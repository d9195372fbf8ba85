import assert from "node:assert/strict";
import { join } from "node:path";
import { issueRule } from "popagent/adapters/config/issue_rule.ts";
import { openCellStore } from "popagent/adapters/ledger/cell_store.ts";
import { openCells } from "popagent/adapters/ledger/open_cells.ts";
import { gridFile } from "popagent/cli/grid_called.ts";
import { inGridWords } from "popagent/cli/grid_words.ts";
import { UserError } from "popagent/core/user_error.ts";
import { evidencePlanSchema } from "popagent/experiments/evidence/evidence_plan.ts";
import { unreached } from "popagent/market/synthetic/worlds.ts";
import { inFolder } from "./cli.ts";

Deno.test("C11: a grid is called by its file, by its name in the usual folders, or by that of a grid of the store", () =>
  inFolder(async (folder) => {
    assert.equal(gridFile("elsewhere/mine.yaml"), "elsewhere/mine.yaml");
    assert.equal(gridFile("smoke"), join("configs", "experiments", "smoke.yaml"));
    assert.equal(gridFile("planted"), join("configs", "experiments", "validation", "planted.yaml"));
    const file = join(folder, "tiny.yaml"), store = join(folder, "data");
    const opened = await openCellStore(store);
    openCells(opened, { name: "tiny", question: "?", file, code: "c" }, [], 1).end("complete");
    await opened.close();
    assert.throws(
      () => gridFile("tiny", store),
      /the ledger of .*data, which knows it by .*tiny\.yaml, and that is not/,
    );
    await Deno.writeTextFile(file, "");
    assert.equal(gridFile("tiny", store), file);
    assert.throws(() => gridFile("tiny"), {
      name: "UserError",
      message: /looked at tiny, configs.experiments.tiny\.yaml, configs.experiments.validation.tiny\.yaml\./,
    });
    assert.throws(() => gridFile(""), { name: "UserError", message: /Cannot find the grid/ });
    assert.throws(() => gridFile("smok"), /Did you mean smoke\?/);
    assert.throws(() => gridFile("tiney", store), /Did you mean tiny\?/);
  }));

Deno.test("C12: bars that are missing are told in words of a grid, with the line that names their folder", () =>
  inFolder(async (folder) => {
    const file = join(folder, "g.yaml");
    await Deno.writeTextFile(file, "question: Q?\nsettings:\n  data.folder: elsewhere # real\n");
    const advice =
      "Copy them, name the coins that are there (--set universe.coins=[BTC, ...]), or use the synthetic " +
      "market (--synthetic default).";
    const refused = () => inGridWords(file, () => Promise.reject(new UserError(advice)));
    await assert.rejects(refused, ({ message }: Error) => {
      assert.match(
        message,
        /universe\.coins below settings.*data\.source: synthetic.*g\.yaml: line 3 names the folder/,
      );
      assert.doesNotMatch(message, /--/);
      return true;
    });
    await Deno.writeTextFile(file, "question: Q?\n");
    await assert.rejects(refused, /names no data\.folder, so data\/bybit is read/);
  }));

Deno.test("C16: a flip market says where its rows end before the flip, other worlds say nothing", () => {
  assert.match(
    unreached("flip", 2000)!,
    /reversed from row 5478 on, which a market of 2000 rows never reaches/,
  );
  assert.deepEqual([unreached("flip", 5478) === null, unreached("flip", 5479), unreached("planted", 1000)], [
    false,
    null,
    null,
  ]);
});

Deno.test("D: rules of a grid's evidence are in our words", () => {
  const issues =
    evidencePlanSchema.safeParse({ alpha: 3, outcome: "none", contrasts: 1, spred: 1 }).error!.issues;
  const rules = issues.map(issueRule);
  assert.ok(rules.length >= 3);
  for (const rule of rules) assert.doesNotMatch(rule, /expected|Invalid|received|Unrecognized/);
});
