import assert from "node:assert/strict";
import { join } from "node:path";
import { exportPaper } from "popagent/adapters/evidence/export_paper.ts";
import { loadRuns } from "popagent/adapters/evidence/load_runs.ts";
import { verifyPaper } from "popagent/adapters/evidence/verify_paper.ts";
import { freezeRegistration, requireSameRegistration } from "popagent/adapters/evidence/registrations.ts";
import { inFolder } from "../../cli/cli.ts";
import { gridOf, gridText, recordOf } from "./record.ts";

/** Changes the first match in a file for the time of `look`. */
async function withChange(file: string, from: RegExp, to: string, look: () => Promise<void>): Promise<void> {
  const text = await Deno.readTextFile(file);
  const changed = text.replace(from, to);
  assert.notEqual(changed, text, `${from} in ${file}`);
  await Deno.writeTextFile(file, changed);
  await look();
  await Deno.writeTextFile(file, text);
}

Deno.test("one digit changed in a table, a stored result, a macro or the manifest is found and named", () =>
  inFolder(async (folder) => {
    const places = { results: join(folder, "results"), paper: join(folder, "paper") };
    await exportPaper(recordOf({ markets: 6, transfer: .5 }), places, ["svg"]);
    const faults = async () => (await verifyPaper(places)).faults;
    assert.deepEqual(await faults(), []);
    const table = join(places.paper, "tables", "two_claims.tex"), stored = join(places.results, "two.json");
    await withChange(table, /\+0\.(\d)(\d) &/, "+0.$19x &", async () => {
      const [fault] = await faults();
      assert.match(fault!, /two_claims\.tex, line \d+: says \+0\.\d9x, stored results give \+0\.\d\d/);
    });
    await withChange(stored, /"populationMean":(-?\d)/, '"populationMean":7$1', async () => {
      assert.match((await faults())[0]!, /two\.json: the stored result was changed in full\/weak\.1\/1/);
      await assert.rejects(
        loadRuns(stored),
        /every cell must be as it was written: full\/weak\.1\/1 was changed/,
      );
    });
    const macros = join(places.paper, "macros.tex");
    await withChange(macros, /(TransferWeakEffect\}\{\+0\.)\d/, "$1x", async () => {
      assert.match((await faults())[0]!, /macros\.tex, line \d+: \\twoTransferWeakEffect says \+0\.x/);
    });
    await withChange(join(places.results, "manifest.json"), /"trials":80/, '"trials":81', async () => {
      await assert.rejects(verifyPaper(places), /entry 1, of two, was changed/);
    });
    await withChange(join(places.paper, "figures", "two_ablation.svg"), /<svg/, "<svg ", async () => {
      assert.match((await faults())[0]!, /two_ablation\.svg: its bytes are not those that were exported/);
    });
  }));

Deno.test("an export to a folder elsewhere is the same export: the manifest names no path of there, and it verifies there", () =>
  inFolder(async (folder) => {
    const results = join(folder, "results"), draft = { results, paper: join(folder, "some", "draft") };
    const record = recordOf({ markets: 6, transfer: .5 });
    await exportPaper(record, { results, paper: join(folder, "paper") }, ["svg"]);
    const before = await Deno.readTextFile(join(results, "manifest.json"));
    const files = await exportPaper(record, draft, ["svg"]);
    assert.equal(await Deno.readTextFile(join(results, "manifest.json")), before);
    assert.deepEqual(
      Object.keys(JSON.parse(before).entries[0].files).filter((name) =>
        !/^(results|paper)\/[\w/.]+$/.test(name)
      ),
      [],
    );
    assert.ok(files.includes(join(draft.paper, "tables", "two_claims.tex")));
    assert.deepEqual((await verifyPaper(draft)).faults, []);
    await Deno.remove(join(draft.paper, "tables", "two_claims.tex"));
    assert.match((await verifyPaper(draft)).faults.join(), /draft\/tables\/two_claims\.tex: is not there/);
  }));

Deno.test("a grid that cannot be judged leaves no file where it would be exported to", () =>
  inFolder(async (folder) => {
    const places = { results: join(folder, "results"), paper: join(folder, "paper") };
    const record = recordOf({ markets: 6 });
    await assert.rejects(
      exportPaper({ ...record, cells: record.cells.slice(1) }, places, ["svg"]),
      /1 are missing/,
    );
    await assert.rejects(Deno.stat(join(places.results, "two.json")), Deno.errors.NotFound);
  }));

Deno.test("a grid that was registered as something else is refused; the same again is not", () =>
  inFolder(async (folder) => {
    const grid = gridOf(gridText(20)), other = gridOf(gridText(21));
    const path = await freezeRegistration(folder, grid, "2026-01-01T00:00:00.000Z");
    const first = await Deno.readTextFile(path);
    await freezeRegistration(folder, grid, "2026-02-01T00:00:00.000Z");
    assert.equal(await Deno.readTextFile(path), first, "when it was frozen stays");
    await requireSameRegistration(folder, grid);
    await assert.rejects(requireSameRegistration(folder, other), /must be what was registered at 2026-01-01/);
    await assert.rejects(freezeRegistration(folder, other, "2026-02-01T00:00:00.000Z"), /another name/);
    await Deno.writeTextFile(path, first.replace('"margin":0.25', '"margin":0.5'));
    await assert.rejects(requireSameRegistration(folder, grid), /must be the hash of the registration/);
  }));
