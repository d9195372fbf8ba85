import assert from "node:assert/strict";
import { join } from "node:path";
import { drawPaper } from "popagent/adapters/evidence/draw_paper.ts";
import { exportPaper } from "popagent/adapters/evidence/export_paper.ts";
import { loadRuns } from "popagent/adapters/evidence/load_runs.ts";
import { verifyPaper } from "popagent/adapters/evidence/verify_paper.ts";
import { freezeRegistration, requireSameRegistration } from "popagent/adapters/evidence/registrations.ts";
import { type EvidenceRecord, sealedCell } from "popagent/experiments/evidence/evidence_record.ts";
import { inFolder } from "../../cli/cli.ts";
import { appendEntry, manifestEntries } from "popagent/adapters/evidence/manifest.ts";
import { evidencePlaces } from "popagent/adapters/evidence/places.ts";
import { gridOf, gridText, oneMarketRecord, recordOf, robustOf } from "./record.ts";

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
      assert.match(
        fault!,
        /two_claims\.tex, line \d+: says ".*& \+0\.\d9x &.*", stored results give ".*& \+0\.\d\d &[^;]*$/,
      );
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
      assert.match(
        (await faults())[0]!,
        /macros\.tex, line \d+: \\twoTransferWeakEffect says "\+0\.x\d", stored results give "\+0\.\d\d"$/,
      );
    });
    await withChange(macros, /(TransferWeakVerdict\}\{)[a-z ]+/, "$1two words", async () => {
      assert.match((await faults())[0]!, /Verdict says "two words", stored results give "[a-z ]+"$/);
    });
    await withChange(macros, /\n/, "\n\n", async () => { // all lines after it are others
      const told = await faults();
      assert.equal(told.length, 1);
      assert.match(
        told[0]!,
        /line 2: says nothing, stored results give "% grid .*; \d\d further lines of it differ$/,
      );
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

Deno.test("a draft holds the grids that were exported to it, the paper all of them; a file that is missing is named once", () =>
  inFolder(async (folder) => {
    const results = join(folder, "results"), paper = join(folder, "paper"), draft = join(folder, "draft");
    const record = recordOf({ markets: 6, transfer: .5 }), places = { results, paper: draft };
    await exportPaper({ ...record, grid: "one" }, { results, paper }, ["svg"]);
    await exportPaper(record, places, ["svg"]);
    const { grids, elsewhere, faults } = await verifyPaper(places);
    assert.deepEqual([grids, elsewhere, faults], [["two"], ["one"], []]);
    const table = join(draft, "tables", "two_claims.tex");
    await Deno.remove(table);
    assert.deepEqual((await verifyPaper(places)).faults, [`${table}: is not there`]);
    await Deno.writeTextFile(join(draft, "main.tex"), "");
    const all = (await verifyPaper(places)).faults;
    assert.ok(all.includes(`${join(draft, "tables", "one_claims.tex")}: is not there`), all.join("\n"));
    assert.equal(new Set(all).size, all.length);
    await withChange(
      join(results, "one.json"),
      /"populationMean":(-?\d)/,
      '"populationMean":7$1',
      async () => {
        await Deno.remove(join(draft, "main.tex")); // stored results are checked whatever a folder holds
        assert.match((await verifyPaper(places)).faults.join(), /one\.json: the stored result was changed/);
      },
    );
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
    await Deno.writeTextFile(path, first.replace('"frozenAt":"2026-01-01', '"frozenAt":"2025-01-01'));
    await assert.rejects(requireSameRegistration(folder, grid), /must be that of the hash and of frozenAt/);
  }));

Deno.test("a registration belongs to what is exported: changed or taken away it is named", () =>
  inFolder(async (folder) => {
    const places = { results: join(folder, "results"), paper: join(folder, "paper") };
    const path = await freezeRegistration(places.results, gridOf(gridText(6)), "2026-01-01T00:00:00.000Z");
    await exportPaper(recordOf({ markets: 6 }), places, ["svg"]);
    const faults = async () => (await verifyPaper(places)).faults.join("\n");
    assert.equal(await faults(), "");
    await withChange(path, /2026-01-01/, "2025-01-01", async () => {
      assert.match(await faults(), /registrations\/two\.json: its bytes are not those that were exported/);
    });
    await Deno.remove(path);
    assert.match(await faults(), /registrations\/two\.json: is not there/);
  }));

/** Paths below the folder of the paper that results.tex and what it inputs ask for. */
async function askedFor(paper: string): Promise<string[]> {
  const text = await Deno.readTextFile(join(paper, "results.tex"));
  return [...text.matchAll(/\\(?:input|includegraphics(?:\[[^\]]*\])?)\{([^}]+)\}/g)].map(([, path]) =>
    path!
  );
}

const priced = ({ cells }: EvidenceRecord) => cells.some(({ costs }) => Object.keys(costs).length > 0);

for (
  const [what, record] of [
    ["on several markets", recordOf({ markets: 6 })],
    ["on one market", oneMarketRecord({ markets: 6 })],
    ["of which no series were kept", {
      ...recordOf({ markets: 6 }),
      cells: recordOf({ markets: 6 }).cells.map((cell) => ({ ...cell, series: null, costs: {}, pieces: {} })),
    }],
  ] as const
) {
  Deno.test(`all that the paper asks for of a grid ${what} is drawn from its stored result in a clean clone`, () =>
    inFolder(async (folder) => {
      const places = { results: join(folder, "results"), paper: join(folder, "paper") };
      // its cells were changed by hand above, so that their hashes are made anew
      await exportPaper(
        { ...record, cells: record.cells.map(({ hash: _, ...cell }) => sealedCell(cell)) },
        places,
        [],
      );
      const drawn = await drawPaper(places, ["pdf"]);
      for (const path of await askedFor(places.paper)) {
        assert.ok((await Deno.stat(join(places.paper, path))).size > 300, path);
      }
      assert.equal(drawn.some((path) => path.endsWith("two_cost_curve.pdf")), priced(record));
      assert.equal(drawn.some((path) => path.endsWith("two_power.pdf")), record.source !== "real");
      assert.deepEqual((await verifyPaper(places)).faults, []);
    }));
}

Deno.test("a stored result that is exported again, in whatever order its keys stand, gives the same bytes and no entry", () =>
  inFolder(async (folder) => {
    const places = { results: join(folder, "results"), paper: join(folder, "paper") };
    const record = oneMarketRecord({ markets: 4 }), file = join(places.results, "two.json");
    await exportPaper(
      { ...record, cells: record.cells.map(({ weeks, ...cell }) => ({ ...cell, weeks })) },
      places,
      [],
    );
    const before = await Promise.all(
      [file, join(places.results, "manifest.json")].map((path) => Deno.readTextFile(path)),
    );
    await exportPaper(await loadRuns(file), places, []);
    const after = await Promise.all(
      [file, join(places.results, "manifest.json")].map((path) => Deno.readTextFile(path)),
    );
    assert.deepEqual(after, before);
  }));

Deno.test("a figure of an earlier result is drawn anew, one that is as it was exported is not", () =>
  inFolder(async (folder) => {
    const places = { results: join(folder, "results"), paper: join(folder, "paper") };
    await exportPaper(recordOf({ markets: 6 }), places, ["svg"]);
    const figure = join(places.paper, "figures", "two_ablation.svg"), text = await Deno.readTextFile(figure);
    assert.deepEqual(await drawPaper(places, ["svg"]), []);
    await Deno.writeTextFile(figure, text.replace("What each factor is worth", "What each was worth"));
    assert.deepEqual(await drawPaper(places, ["svg"]), [figure]);
    assert.equal(await Deno.readTextFile(figure), text);
  }));

Deno.test("a figure that was exported by source which drew otherwise is no fault if it is drawn as today", () =>
  inFolder(async (folder) => {
    const places = { results: join(folder, "results"), paper: join(folder, "paper") };
    await exportPaper(recordOf({ markets: 6 }), places, ["svg"]);
    const { manifest } = evidencePlaces(places.results, "two"), [entry] = await manifestEntries(manifest);
    const { hash: _, previous: __, ...said } = entry!, name = "paper/figures/two_ablation.svg";
    await appendEntry(manifest, { ...said, files: { ...said.files, [name]: "0".repeat(64) } });
    assert.deepEqual((await verifyPaper(places)).faults, []);
    await withChange(join(places.paper, "figures", "two_ablation.svg"), /<svg/, "<svg ", async () => {
      assert.match((await verifyPaper(places)).faults[0]!, /two_ablation\.svg: its bytes are not those/);
    });
  }));

Deno.test("the paper counts seeds of one market as seeds, in every table, macro and figure", () =>
  inFolder(async (folder) => {
    const places = { results: join(folder, "results"), paper: join(folder, "paper") };
    await exportPaper(oneMarketRecord({ markets: 6 }), places, ["svg"]);
    for await (const { name } of Deno.readDir(join(places.paper, "tables"))) {
      const text = await Deno.readTextFile(join(places.paper, "tables", name));
      assert.doesNotMatch(text, /over markets|by market|1 markets/, name);
    }
    const levels = await Deno.readTextFile(join(places.paper, "tables", "two_levels.tex"));
    assert.match(levels, /mean and standard error \(SE\) over the seeds of one market\./);
    const claims = await Deno.readTextFile(join(places.paper, "tables", "two_claims.tex"));
    assert.match(claims, /paired by week of one market, seeds averaged;/);
  }));

Deno.test("what was tried under other terms is in the paper from the next export on, and one digit changed in it is named", () =>
  inFolder(async (folder) => {
    const places = { results: join(folder, "results"), paper: join(folder, "paper") };
    const record = recordOf({ markets: 4 }), { robust: file } = evidencePlaces(places.results, "two");
    await exportPaper(record, places, []);
    const tried = { ...robustOf({ oneBarLate: -1 }) };
    await Deno.writeTextFile(file, JSON.stringify(tried));
    assert.deepEqual((await verifyPaper(places)).faults, [], "it was exported without");
    await exportPaper(record, places, []);
    const table = join(places.paper, "tables", "two_robust.tex");
    assert.match(await Deno.readTextFile(table), /orders one bar late\} & \\textbf\{\$-\$1\.00\}.*changes/);
    assert.ok((await askedFor(places.paper)).includes("tables/two_robust.tex"));
    assert.deepEqual((await verifyPaper(places)).faults, []);
    await withChange(file, /"populationMean":-1/, '"populationMean":-2', async () => {
      const faults = (await verifyPaper(places)).faults.join("\n");
      assert.match(faults, /two_robust\.json: its bytes are not those that were exported/);
      assert.match(faults, /two_robust\.tex, line \d+: says/);
    });
    await Deno.writeTextFile(
      file,
      JSON.stringify({ ...tried, cells: [{ ...tried.cells[0], result: "other" }] }),
    );
    assert.match(
      (await verifyPaper(places)).faults.join(),
      /must be about the cells of two: full\/weak\.1\/1 were/,
    );
    await assert.rejects(exportPaper(record, places, []), /must be about the cells of two/);
  }));
