import assert from "node:assert/strict";
import { join } from "node:path";
import { PROJECT } from "popagent/adapters/files/project.ts";
import { robustSchema } from "popagent/experiments/evidence/robust/robust_record.ts";
import { recordText } from "popagent/adapters/evidence/export_paper.ts";
import { recordOf, robustOf } from "../experiments/evidence/record.ts";
import { inFolder, tree } from "./cli.ts";
import { warmPopagent } from "./warm.ts";

const popagent = warmPopagent();

Deno.test("a summary of real bars is told from stored results alone: no bars, no store, nothing left behind", () =>
  inFolder(async (folder) => {
    const stored = join(PROJECT, "results");
    const { code, stdout, stderr } = await popagent(
      folder,
      "experiment",
      "summary",
      "primary_real",
      "--results",
      stored,
    );
    assert.equal(code, 0, stderr);
    assert.match(stdout, /mean \(SE\) over the seeds of one market:/);
    assert.match(
      stdout,
      /On real, one market, seeds are averaged, and interval, p and TOST are over its \d+ weeks\./,
    );
    assert.deepEqual(await tree(folder), []);
  }));

Deno.test("a summary says what was tried under other terms, that nothing was, or that it is about other cells", () =>
  inFolder(async (folder) => {
    const results = join(folder, "results"), robust = join(results, "two_robust.json");
    await Deno.mkdir(results);
    await Deno.writeTextFile(join(results, "two.json"), recordText(recordOf({ markets: 4 })));
    const summary = async () => (await popagent(folder, "experiment", "summary", "two")).stdout;
    assert.match(await summary(), /Not tried under other terms: deno task experiment run two --robust/);
    const tried = robustOf({ oneBarLate: -1 });
    await Deno.writeTextFile(robust, JSON.stringify(tried));
    assert.match(await summary(), /orders one bar late +-1\.00 +0\.00 +4 +SIGN CHANGES/);
    const other = robustSchema.parse({
      ...tried,
      cells: tried.cells.map((cell) => ({ ...cell, result: "other" })),
    });
    await Deno.writeTextFile(robust, JSON.stringify(other));
    assert.match(
      await summary(),
      /!! Cannot read results\/two_robust\.json as it must be about the cells of two: full\/weak\.1\/1/,
    );
  }));
