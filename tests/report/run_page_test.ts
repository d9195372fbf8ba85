import assert from "node:assert/strict";
import fc from "fast-check";
import { parseHTML } from "linkedom";
import { ROLES } from "popagent/genome/role.ts";
import { resultTable } from "popagent/figures/result_table.ts";
import { runPage } from "popagent/report/html/run_page.ts";
import { figureSvg } from "popagent/report/svg/figure_svg.ts";
import { svgToPng } from "popagent/adapters/draw/png_export.ts";
import { runFigures } from "popagent/figures/run_figures.ts";
import { createRunFixture } from "../fixtures/run_fixture.ts";

const run = createRunFixture({ iterations: 25 });
type RunOnPage = Parameters<typeof runPage>[0];
const pages = new Map<RunOnPage, Document>();

/** The page of a run, read as a browser does; of one run once, for every test that only looks at it. */
function page(record: RunOnPage): Document {
  const known = pages.get(record) ?? parseHTML(runPage(record)).document;
  pages.set(record, known);
  return known;
}

Deno.test("runPage() holds every table and figure of a run, each linked from the contents", () => {
  const document = page(run);
  const ids = [...document.querySelectorAll("section")].map((section) => section.id);
  assert.deepEqual(ids, [
    ...["results", "equity", "sharpe_intervals", "trading", "costs", "risk", "drawdown"],
    ...["learning_curves", "champions", "genealogy", "credit_heatmap", "diversity"],
    ...["credit", "genealogy_list", "notes", "glossary", "provenance"],
  ]);
  assert.deepEqual(
    [...document.querySelectorAll("nav a")].map((link) => link.getAttribute("href")),
    ids.map((id) => `#${id}`),
  );
  assert.equal(document.querySelectorAll("figure .on-wide > svg").length, 8);
  assert.equal(document.querySelectorAll("figure .on-narrow > svg").length, 8);
  assert.equal(document.querySelectorAll("figure .wide > svg").length, 1); // the costs
  for (const id of ["results", "trading", "risk", "notes"]) {
    assert.equal(document.querySelectorAll(`#${id} tbody tr`).length, run.result.strategies.length);
    assert.equal(document.querySelectorAll(`#${id} tr.strong`).length, 1);
  }
});

Deno.test("runPage() gives every Sharpe ratio with its standard error", () => {
  const cells = [...page(run).querySelectorAll("#results tbody td:nth-child(2)")].map((cell) =>
    cell.textContent
  );
  assert.equal(cells.length, run.result.strategies.length);
  for (const cell of cells) assert.match(cell!, /^(−?[\d,]+\.\d\d ± \d+\.\d\d|–)$/);
  assert.equal(cells.filter((cell) => cell === "–").length, 1); // the one that never traded
});

Deno.test("runPage() works without network or script", () => {
  const html = runPage(run);
  assert.doesNotMatch(html, /<script|<link|<img|@import|url\(|javascript:/i);
  const outside = [...html.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, target]) => target!).filter((
    target,
  ) => !target.startsWith("#"));
  assert.deepEqual(outside, []);
  assert.match(html, /default-src 'none'/);
});

Deno.test("runPage() gives equal bytes for equal runs", () => {
  assert.equal(runPage(run), runPage(createRunFixture({ iterations: 25 })));
});

Deno.test("runPage() says loudly what a reader must know, and says it once", () => {
  const heads = (record: RunOnPage) =>
    [...page(record).querySelectorAll(".warning")].map((warning) => warning.textContent!);
  assert.deepEqual(heads(run), [
    "Warning. SYNTHETIC DATA (planted: a planted edge of momentum, reversal and crowding; market seed 42): nothing here was measured on a real market.",
  ]);
  const silent = { ...run, result: { ...run.result, warnings: [] } };
  assert.match(heads(silent)[0]!, /^Synthetic data\./);
  const opened = {
    ...silent,
    result: {
      ...silent.result,
      source: { kind: "bybit", folder: "data", unsealed: true, sealedRows: 0 } as const,
    },
  };
  assert.match(heads(opened)[0]!, /^Sealed data opened\./);
  assert.match(page(opened).querySelector(".subtitle")!.textContent!, /SEALED ROWS OPENED/);
  const clones = {
    ...opened,
    events: run.events.map((event, k) => ({ ...event, collapse: k < 3 ? ["risk" as const] : [] })),
  };
  assert.match(heads(clones)[1]!, /Near clones\..*Risk in 3 of 25 iterations/);
  const calm = {
    ...silent,
    result: {
      ...silent.result,
      source: { kind: "bybit", folder: "data", unsealed: false, sealedRows: 0 } as const,
    },
  };
  assert.deepEqual(heads(calm), []);
});

Deno.test("runPage() lists the first of the genealogy and counts the rest", () => {
  const section = page(run).querySelector("#genealogy_list")!;
  const transfers = run.events.reduce((sum, event) => sum + event.transfers.length, 0);
  const mutations = run.events.reduce((sum, event) => sum + event.mutations.length, 0);
  assert.equal(transfers, 32); // at k = 10 and 20, four roles, four students
  assert.equal(section.querySelectorAll("tbody tr").length, Math.min(40, transfers + mutations));
  const full = createRunFixture();
  const caption = page(full).querySelector("#genealogy_list .caption")!.textContent!;
  const all = full.events.reduce((sum, event) => sum + event.transfers.length + event.mutations.length, 0);
  assert.ok(caption.includes(`the first 40 are listed, ${all - 40} more are in events.jsonl`), caption);
});

Deno.test("runPage() without iterations has no figure over them and no genealogy", () => {
  const ids = [...page({ ...run, events: [] }).querySelectorAll("section")].map((section) => section.id);
  assert.ok(!ids.includes("genealogy") && !ids.includes("champions") && ids.includes("equity"));
});

Deno.test("runPage() escapes every text that comes from outside", () => {
  const attack = `"><img src=x onerror=alert(1)>'<script>&lt;`;
  const { result, provenance } = run;
  const attacked = {
    ...run,
    result: {
      ...result,
      warnings: [attack],
      strategies: result.strategies.map((strategy) => ({ ...strategy, label: attack, note: attack })),
      rowsHash: attack,
      config: { [attack]: attack },
    },
    events: run.events.map((event) => ({
      ...event,
      agents: Object.fromEntries(
        ROLES.map((role) => [role, event.agents[role].map((agent) => ({ ...agent, variant: attack }))]),
      ) as unknown as typeof event.agents,
      transfers: event.transfers.map((transfer) => ({ ...transfer, operator: attack })),
    })),
    provenance: {
      ...provenance,
      git: { commit: attack, sourceTree: attack },
      versions: { [attack]: attack },
      [attack]: { [attack]: [attack] },
    },
  };
  const html = runPage(attacked);
  assert.doesNotMatch(html, /<img|<script/);
  const document = parseHTML(html).document;
  assert.equal(document.querySelectorAll("img, script").length, 0);
  assert.ok(document.querySelector(".answers")!.textContent!.includes(attack));
  assert.ok(document.querySelector("#provenance pre")!.textContent!.includes(`onerror`));
});

Deno.test("svgToPng() draws every figure at its size, and the same pixels twice", () => {
  for (const figure of runFigures(createRunFixture({ iterations: 3 })).slice(0, 3)) {
    const svg = figureSvg(figure);
    const png = svgToPng(svg, 1);
    const view = new DataView(png.buffer, png.byteOffset);
    assert.deepEqual([...png.subarray(1, 4)], [0x50, 0x4e, 0x47]);
    assert.equal(view.getUint32(16), figure.width);
    assert.equal(view.getUint32(20), Number(/height="(\d+)"/.exec(svg)![1]));
    assert.deepEqual(png, svgToPng(svg, 1));
  }
  assert.throws(() => svgToPng("<svg/>", 0), RangeError);
});

Deno.test("svgToPng() has a glyph for the signs that figures use", () => {
  const draw = (text: string) =>
    svgToPng(
      `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><text y="15">${text}</text></svg>`,
      1,
    );
  const missing = draw("\u{10fffe}"); // what a missing glyph looks like
  for (const sign of ["−", "±", "×", "…", "↑", "→", "–"]) assert.notDeepEqual(draw(sign), missing, sign);
});

Deno.test("findings I.7: no string of labels, notes, warnings, variants, operators or settings reaches the page unescaped", () => {
  const small = createRunFixture({ iterations: 1, agents: 3 });
  const known = [
    `<script>alert(1)</script>`,
    `"><svg/onload=alert(1)>`,
    `' onmouseover='alert(1)`,
    `</style><img src=x onerror=alert(1)>`,
    `&lt;script&gt;`,
    `<!--`,
    `]]>`,
    `\u0000<b>`,
    `\u202e<i>`,
  ];
  const drawn = fc.string({ unit: "binary", minLength: 1, maxLength: 12 }).map((text) => `<x ${text}>"'`);
  const clean = shapeOf(runPage(small));
  fc.assert(
    fc.property(fc.array(drawn, { minLength: 9, maxLength: 9 }), (texts) => {
      let many = 0;
      const next = () => texts[many++ % texts.length]!; // one after another, so that every place gets several
      const record = {
        ...small,
        result: {
          ...small.result,
          warnings: texts,
          strategies: small.result.strategies.map((one) => ({
            ...one,
            label: `${next()}${one.label}`,
            note: next(),
          })),
          rowsHash: next(),
          config: { ...small.result.config, ...Object.fromEntries(texts.map((text) => [text, next()])) },
          finalCredit: small.result.finalCredit.map((one) => ({ ...one, variant: next() })),
        },
        events: small.events.map((event) => ({
          ...event,
          agents: Object.fromEntries(
            ROLES.map((role) => [role, event.agents[role].map((agent) => ({ ...agent, variant: next() }))]),
          ) as unknown as typeof event.agents,
          transfers: event.transfers.map((one) => ({ ...one, operator: next() })),
        })),
      };
      for (const [name, count] of Object.entries(shapeOf(runPage(record)))) {
        assert.ok(name in clean, `an element ${name} that a clean page has not, ${count} times`);
      }
    }),
    { seed: 7, numRuns: 8, examples: [[known]] },
  );
});

/** How often each element, and each attribute that could act, stands in a page. */
function shapeOf(html: string): Record<string, number> {
  const shape: Record<string, number> = {};
  for (const element of parseHTML(html).document.querySelectorAll("*")) {
    const acting = [...element.attributes].map(({ name }) => name).filter((name) =>
      /^on|^href$|^src$|^style$/.test(name)
    );
    for (const name of [element.localName, ...acting.map((name) => `${element.localName} ${name}`)]) {
      shape[name] = (shape[name] ?? 0) + 1;
    }
  }
  return shape;
}

Deno.test("issue 9.8: Sharpe ratio and net profit are the first two numbers of the table of results", () => {
  const { columns } = resultTable(createRunFixture({ iterations: 2 }).result);
  assert.deepEqual(columns.slice(0, 3).map(({ label }) => label), ["Strategy", "Sharpe ± SE", "Net"]);
});
