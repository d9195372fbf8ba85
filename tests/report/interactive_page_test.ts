import assert from "node:assert/strict";
import { parseHTML } from "linkedom";
import { sha256 } from "popagent/core/hash.ts";
import { rng } from "popagent/core/rng.ts";
import { BAR_MS } from "popagent/core/universe.ts";
import { accountFigures } from "popagent/figures/account_figures.ts";
import { championsFigure } from "popagent/figures/champions.ts";
import { costsFigure } from "popagent/figures/costs.ts";
import { equityFigure } from "popagent/figures/equity.ts";
import { interactive, interactivePage, LARGEST_PAGE } from "popagent/report/html/interactive_page.ts";
import { createRunFixture } from "../fixtures/run_fixture.ts";

const run = createRunFixture();
const figures = [
  equityFigure(run.result, run.series),
  championsFigure(run.result, run.events),
  ...accountFigures(run),
];

/** The page's readings and its parts. */
function parts(page: string) {
  const { document } = parseHTML(page);
  const [readings, script] = [...document.querySelectorAll("script")].map((one) => one.textContent!) as [
    string,
    string,
  ];
  return { document, readings: JSON.parse(readings), script };
}

Deno.test("interactivePage() is at most 500 kB, asks the network for nothing and runs its own script alone", () => {
  for (const figure of figures) {
    const page = interactivePage(figure), { document, script } = parts(page);
    assert.ok(new TextEncoder().encode(page).length <= LARGEST_PAGE, figure.name);
    assert.deepEqual([...new Set(page.match(/https?:[^"'\s<)]*/g))], ["http://www.w3.org/2000/svg"]);
    assert.doesNotMatch(page, /@import|url\(|require|\bsrc=|\bhref=/);
    const policy = document.querySelector("meta[http-equiv]")!.getAttribute("content")!;
    const source = `'sha256-${Uint8Array.fromHex(sha256(script)).toBase64()}'`;
    assert.equal(policy, `default-src 'none'; style-src 'unsafe-inline'; script-src ${source}`);
    assert.equal(interactivePage(figure), page);
  }
});

Deno.test("interactivePage() of equity reads every strategy's multiple of its start at each close", () => {
  const { readings: [panel, ...small] } = parts(interactivePage(figures[0]!));
  const line = panel.lines.find(({ label }: { label: string }) => label === "Population (champion)");
  const champion = run.result.strategies[0]!, equity = run.series.equity.champion!;
  const start = equity.at(-1)! / (1 + champion.metrics.totalReturn);
  assert.equal(line.texts.at(-1), `${(equity.at(-1)! / start).toFixed(3)}×`);
  assert.equal(line.texts[0], `${(equity[0]! / start).toFixed(3)}×`);
  assert.equal(panel.heads[0], "2024-04-30 04:00 UTC");
  for (const each of small) assert.equal(each.lines.length, 1);
  assert.equal(panel.lines.length + small.length, Object.keys(run.series.equity).length);
  assert.ok(panel.xs.every((x: number, i: number) => i === 0 || x >= panel.xs[i - 1]));
});

Deno.test("interactivePage() of champions has a cell for every reign, placed where it is drawn", () => {
  const { readings } = parts(interactivePage(figures[1]!));
  assert.equal(readings.length, 4);
  const first = run.events[0]!.champion.analyst;
  const [x, , width, , head, text] = readings[0].cells.find((cell: string[]) =>
    /^iterations? 0/.test(cell[5]!)
  );
  assert.equal(head, run.events[0]!.agents.analyst[first]!.variant);
  assert.match(text, /^iterations? 0/);
  assert.ok(x >= 149 && width > 0);
});

Deno.test("interactivePage() lets no label end its script or its frame", () => {
  const attack = `</script><script>alert(1)</script><!--"'&`;
  const strategies = run.result.strategies.map((strategy) => ({
    ...strategy,
    label: `${attack}${strategy.name}`,
  }));
  const made = interactive(equityFigure({ ...run.result, strategies }, run.series));
  const { document, readings } = parts(made.page);
  assert.equal(document.querySelectorAll("script").length, 2);
  assert.ok(readings[0].lines.some(({ label }: { label: string }) => label.includes(attack)));
  assert.equal(made.html.match(/<iframe /g)!.length, 1);
  assert.doesNotMatch(made.html.replace(/<\/?iframe[^>]*>/g, ""), /[<>]/); // the whole page is inside one attribute
});

Deno.test("interactivePage() of a figure without readings says which figure", () => {
  assert.throws(() => interactivePage(costsFigure(run.result)), {
    name: "RangeError",
    message: /figure costs .*none does/,
  });
});

// Two years of a whole population run once made a page of 880 kB, which was refused.
Deno.test("the equity of 24 strategies over two years is a page of at most 500 kB", () => {
  const rows = 4400, { uniform } = rng("interactive page test", "equity");
  const strategies = Array.from({ length: 24 }, (_, i) => ({
    ...run.result.strategies[0]!,
    name: i === 0 ? run.result.headline : `rule ${i}`,
    label: `Rule ${i}`,
    kind: i === 0 ? "population" as const : "reference" as const,
    startingEquity: 10_000,
  }));
  const openTime = Float64Array.from({ length: rows }, (_, row) => Date.UTC(2022, 0, 1) + row * BAR_MS);
  const equity = Object.fromEntries(strategies.map(({ name }) => {
    let level = 10_000;
    return [name, Float64Array.from(openTime, () => level *= 1 + 0.02 * (uniform() - 0.5))];
  }));
  const page = interactivePage(
    equityFigure({ ...run.result, strategies }, { openTime, equity, accounts: {} }),
  );
  assert.ok(new TextEncoder().encode(page).length <= LARGEST_PAGE);
});
