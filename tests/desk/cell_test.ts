import assert from "node:assert/strict";
import { show } from "popagent/adapters/notebook/display.ts";
import { agent, genes, team } from "popagent/desk/agents.ts";
import { backtest } from "popagent/desk/backtest.ts";
import { column } from "popagent/desk/columns.ts";
import { loadMarket, type Market } from "popagent/desk/market.ts";
import type { Role } from "popagent/genome/role.ts";

const market = await loadMarket({ synthetic: { rows: 1000, seed: 5 } });

/** What a kernel shows of a value that ends a cell. */
function shownText(value: object): string {
  const display = (value as Record<symbol, () => Record<string, string>>)[Symbol.for("Jupyter.display")];
  return display!()["text/plain"]!;
}

Deno.test("a market and a back-test at the end of a cell are a few lines, which nobody else sees", () => {
  assert.match(shownText(market), /^Market: BTC, .*1,?000 bars of four hours\n.*SYNTHETIC/s);
  const held = backtest({ market, coins: ["BTC"], targets: new Float64Array(market.rows).fill(1) });
  assert.match(shownText(held), /^Back-test: BTC; 999 bars, .*\n10,?000 USDT became .*Sharpe ratio/);
  for (const one of [market, held]) {
    assert.ok(shownText(one).split("\n").length < 8);
    assert.equal(Reflect.ownKeys({ ...one }).some((key) => typeof key === "symbol"), false);
  }
});

Deno.test("agent() and team() tell unknown roles, names and genes, with the nearest", () => {
  assert.throws(() => agent("analist" as Role, "technical"), /role must be one of .*Did you mean analyst\?/);
  assert.throws(() => genes("analyst", "tecnical"), /name must be one of .*Did you mean technical\?/);
  assert.throws(() => agent("analyst", "technical", { shortLokback: 5 }), /Did you mean shortLookback\?/);
  const misspelt = { analist: "technical" } as object;
  assert.throws(() => team(misspelt), /holds analist\. Did you mean analyst\?/);
  const promise = Promise.resolve(market) as unknown as Market;
  assert.throws(() => column(promise, "BTC", "close"), /write await loadMarket/);
});

Deno.test("show() says what it takes", async () => {
  const wrong = (content: unknown, says: RegExp) => assert.rejects(show(content as { html: string }), says);
  await wrong({}, /must be a figure, a table.*an object of nothing/);
  await wrong({ sharpe: 1 }, /an object of sharpe/);
  await wrong("x", /it is a text\. Write show\(\{ markdown: text \}\)/);
  await wrong(null, /current value is null/);
  await wrong(Promise.resolve(1), /write await before it/);
});
