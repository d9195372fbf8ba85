import assert from "node:assert/strict";
import { join } from "node:path";
import { bybitClient } from "popagent/adapters/bybit/client.ts";
import { fetchFolder, type FetchRequest } from "popagent/adapters/bybit/fetch_folder.ts";
import { INTERVALS } from "popagent/adapters/bybit/intervals.ts";
import { readBybitFolder } from "popagent/adapters/bars/bybit_csv.ts";
import { loadBybitPanel } from "popagent/adapters/bars/holdout.ts";
import { BAR_MS } from "popagent/core/universe.ts";
import { QUALITY_DEFAULTS, qualityReport } from "popagent/market/quality.ts";
import { inFolder, tree } from "../../cli/cli.ts";
import {
  cutReply,
  type Exchange,
  type ExchangeOptions,
  startExchange,
  tooMany,
  trueBar,
  trueFunding,
} from "./fake_exchange.ts";

const DAY = 86_400_000;
const FROM = Date.parse("2025-03-01T00:00Z");
const NOW = Date.parse("2025-03-15T09:30Z"); // the candle of 08:00 is running
const BARS = 14 * 6 + 2;

interface Waits {
  readonly why: string[];
  readonly ms: number[];
}

function clientOf({ url }: Exchange, waits: Waits = { why: [], ms: [] }) {
  return bybitClient(url, {
    fetch: (address, init) => fetch(address, init),
    now: () => NOW,
    sleep: (ms) => (waits.ms.push(ms), Promise.resolve()),
    onWait: (why) => void waits.why.push(why),
  });
}

function request(folder: string, further: Partial<FetchRequest> = {}): FetchRequest {
  return {
    folder,
    coins: ["BTC", "SOL"],
    interval: INTERVALS["4h"]!,
    from: FROM,
    to: null,
    now: NOW,
    pieceBars: 30,
    ...further,
  };
}

const exchange = (options: Partial<ExchangeOptions> = {}) =>
  startExchange({ now: NOW, listed: FROM - 400 * DAY, ...options });

/** Every number of every row is what the exchange knows of that bar. */
function requireTrueBars(folder: string, rows = BARS, unknown: readonly number[] = [], from = FROM): void {
  const { coins, openTime, missing } = readBybitFolder(folder, ["BTC", "SOL"]);
  assert.deepEqual(missing, []);
  assert.deepEqual([...openTime], Array.from({ length: rows }, (_, t) => from + t * BAR_MS));
  for (const bars of coins) {
    const symbol = `${bars.coin}USDT`;
    openTime.forEach((time, t) => {
      const { last, mark, index, openInterest, longRatio } = trueBar(symbol, time);
      const settled = Math.floor(time / (2 * BAR_MS)) * 2 * BAR_MS;
      const expected = [...last, ...mark, ...index, openInterest, longRatio, trueFunding(symbol, settled)]
        .map(Number);
      if (unknown.includes(time)) expected[14] = NaN;
      const { open, high, low, close, volume, turnover, markOpen, markHigh, markLow, markClose } = bars;
      const columns = [open, high, low, close, volume, turnover, markOpen, markHigh, markLow, markClose]
        .concat([bars.indexOpen, bars.indexHigh, bars.indexLow, bars.indexClose])
        .concat([bars.openInterest, bars.longRatio, bars.fundingRate]);
      assert.deepEqual(
        columns.map((column) => column[t]!),
        expected,
        `${symbol} ${new Date(time).toISOString()}`,
      );
    });
  }
}

Deno.test("issue 10: two weeks with a cut connection, a rate limit, a gap and a running candle are the right file", () =>
  inFolder(async (folder) => {
    const gapAt = FROM + 41 * BAR_MS, unknownAt = FROM + 50 * BAR_MS;
    let cuts = 0, limits = 0, busy = 0, shortened = 0;
    const fault: ExchangeOptions["fault"] = ({ path, query }, answer) => {
      if (path.endsWith("/mark-price-kline") && query.get("symbol") === "BTCUSDT" && cuts++ === 1) {
        return cutReply(answer);
      }
      if (path.endsWith("/open-interest") && limits++ === 2) return tooMany(NOW);
      if (path.endsWith("/account-ratio") && busy++ === 1) {
        return new Response("busy", { status: 429, headers: { "retry-after": "3" } });
      }
      if (path.endsWith("/kline") && query.get("limit") !== "1" && shortened === 0) { // a page that lacks a bar, once
        const whole = answer as { readonly result: { readonly list: readonly string[][] } };
        const list = whole.result.list.filter(([time]) => time !== `${gapAt}`);
        if (list.length === whole.result.list.length) return null;
        shortened++;
        return Response.json({ ...whole, result: { ...whole.result, list } });
      }
      return null;
    };
    const lacks: ExchangeOptions["lacks"] = (path, time) => path === "open-interest" && time === unknownAt;
    await using one = exchange({ fault, lacks });
    const waits: Waits = { why: [], ms: [] };
    const steps: number[] = [];
    const report = await fetchFolder(request(folder), clientOf(one, waits), (done, total) => {
      assert.equal(total, 2 * BARS);
      steps.push(done);
    });
    requireTrueBars(folder, BARS, [unknownAt]);
    assert.deepEqual(await tree(folder), ["Bybit_BTC.csv", "Bybit_SOL.csv"]);
    assert.deepEqual(
      [cuts > 2, limits > 3, busy > 2, shortened],
      [true, true, true, 1],
      "every fault happened",
    );
    assert.match(waits.why.join("\n"), /connection failed[\s\S]*10006|10006[\s\S]*connection failed/);
    assert.deepEqual(waits.ms.toSorted((a, b) => a - b).at(-1), 3000, "as long as the exchange asks");
    assert.ok(waits.ms.includes(300), "until the reset that the exchange names, and a moment");
    assert.deepEqual(
      report.coins.map((
        { coin, rows, added, unknown, corrected },
      ) => [coin, rows, added, unknown, corrected]),
      [
        ["BTC", BARS, BARS, 1, null],
        ["SOL", BARS, BARS, 1, null],
      ],
    );
    assert.deepEqual(steps.toSorted((a, b) => a - b), steps);
    assert.equal(steps.at(-1), 2 * BARS);
    assert.equal(new Set(one.answered).size, one.answered.length, "nothing is asked for twice");
    const times = (await Deno.readTextFile(join(folder, "Bybit_BTC.csv"))).split("\n").slice(1, -1).map((l) =>
      l.split(",")[0]
    );
    assert.equal(new Set(times).size, BARS);
    assert.equal(times.at(-1), "2025-03-15 04:00:00+00:00", "the running candle of 08:00 is left out");
  }));

Deno.test("issue 10: a fetch that broke off goes on where it was, and asks for nothing twice", () =>
  inFolder(async (above) => {
    const folder = join(above, "bybit"), work = join(above, ".bybit.fetch");
    const partOf = (coin: string) => join(work, `${coin}.${BAR_MS}.part`);
    {
      let requests = 0;
      const down = () => new Response("<html>bad gateway</html>", { status: 502 });
      await using one = exchange({ fault: () => (++requests > 23 ? down() : null) });
      await assert.rejects(
        fetchFolder(request(folder), clientOf(one), () => {}),
        /HTTP 502.*What has been fetched is kept/s,
      );
      assert.deepEqual(
        [...Deno.readDirSync(above)].map(({ name }) => name),
        [".bybit.fetch"],
        "no half folder shows",
      );
    }
    const kept = ["BTC", "SOL"].map((coin) =>
      Deno.readTextFileSync(partOf(coin)).trimEnd().split("\n").length
    );
    assert.deepEqual(kept, [30, 30], "what had come whole before it broke");
    await Deno.writeTextFile(partOf("BTC"), "2025-03-06 00:00:00+00", { append: true }); // cut by a kill
    {
      await using one = exchange();
      let asked = 0;
      await fetchFolder(request(folder), clientOf(one), (_, total) => asked = total);
      requireTrueBars(folder);
      assert.equal(asked, 2 * BARS - 60);
      const candles = one.seen.filter(({ path }) => path.endsWith("kline"));
      const first = Math.min(...candles.map(({ query }) => Number(query.get("start"))));
      assert.equal(first, FROM + 30 * BAR_MS, "bars that are kept are not asked for");
      assert.equal(new Set(one.answered).size, one.answered.length);
    }
    {
      await using one = exchange();
      await fetchFolder(request(folder), clientOf(one), () => assert.fail("there is nothing to do"));
      assert.deepEqual(one.answered, ["/v5/market/time"]);
      assert.deepEqual([...Deno.readDirSync(above)].map(({ name }) => name), ["bybit"]);
      requireTrueBars(folder);
    }
  }));

Deno.test("a fetch that was killed with all rows kept, or between the renames of two coins, is set right", () =>
  inFolder(async (above) => {
    const folder = join(above, "bybit"), work = join(above, ".bybit.fetch");
    await using one = exchange();
    const earlier = Date.parse("2025-03-10T08:00Z");
    await fetchFolder(request(folder, { now: earlier }), clientOf(one), () => {});
    const old = await Deno.readTextFile(join(folder, "Bybit_SOL.csv"));
    await fetchFolder(request(folder), clientOf(one), () => {});
    const rows = (await Deno.readTextFile(join(folder, "Bybit_SOL.csv"))).split("\n").slice(1);
    await Deno.mkdir(work);
    await Deno.writeTextFile(
      join(work, `SOL.${BAR_MS}.part`),
      rows.slice(old.split("\n").length - 3).join("\n"),
    );
    await Deno.writeTextFile(join(folder, "Bybit_SOL.csv"), old); // BTC has its new file, SOL has not
    const before = one.answered.length;
    await fetchFolder(request(folder), clientOf(one), () => {});
    requireTrueBars(folder);
    assert.deepEqual(one.answered.slice(before), ["/v5/market/time"], "nothing is asked for again");
    assert.deepEqual([...Deno.readDirSync(above)].map(({ name }) => name), ["bybit"]);
  }));

Deno.test("a later fetch adds what has closed since, and mends the last row of a file that was written too early", () =>
  inFolder(async (folder) => {
    const earlier = Date.parse("2025-03-10T08:00Z");
    await using one = exchange();
    await fetchFolder(request(folder, { now: earlier }), clientOf(one), () => {});
    const file = join(folder, "Bybit_BTC.csv");
    const lines = (await Deno.readTextFile(file)).trimEnd().split("\n");
    const cells = lines.at(-1)!.split(",");
    cells[4] = cells[1]!; // as the candle stood when it had just opened
    await Deno.writeTextFile(file, [...lines.slice(0, -1), cells.join(","), ""].join("\n"));
    const kept = lines.slice(0, -1).join("\n");
    const before = one.seen.length;
    const { coins } = await fetchFolder(request(folder, { from: null }), clientOf(one), () => {});
    requireTrueBars(folder);
    assert.ok((await Deno.readTextFile(file)).startsWith(kept), "what was there stays byte for byte");
    assert.deepEqual(coins.map(({ corrected }) => corrected), [earlier - BAR_MS, null]);
    const starts = one.seen.slice(before).filter(({ path }) => path.endsWith("kline")).map(({ query }) =>
      Number(query.get("start"))
    );
    assert.equal(Math.min(...starts), earlier - BAR_MS, "older bars are not asked for");
    await fetchFolder(request(folder, { from: FROM - 3 * DAY }), clientOf(one), () => {});
    requireTrueBars(folder, BARS + 18, [], FROM - 3 * DAY);
  }));

Deno.test("a fetched folder of fourteen months passes the quality report, across many pages", () =>
  inFolder(async (folder) => {
    const from = NOW - NOW % DAY - 425 * DAY;
    await using one = exchange({ listed: from - 30 * DAY });
    await fetchFolder(request(folder, { from, pieceBars: 1000 }), clientOf(one), () => {});
    const rows = 425 * 6 + 2;
    requireTrueBars(folder, rows, [], from);
    const { panel, derived, form } = loadBybitPanel(folder, undefined, {
      coins: ["BTC", "SOL"],
      instruments: [],
    });
    const { findings } = qualityReport(panel, derived, { ...QUALITY_DEFAULTS, now: NOW }, form);
    assert.deepEqual(findings.filter(({ severity }) => severity === "error"), []);
    assert.ok(one.seen.some(({ query }) => query.has("cursor")), "snapshots were paged");
    assert.equal(new Set(one.answered).size, one.answered.length);
  }));

Deno.test("what the exchange cannot give is said with coin, series and time, and nothing is put in place", async () => {
  const gapAt = FROM + 41 * BAR_MS;
  const cases: readonly [Partial<ExchangeOptions>, Partial<FetchRequest>, RegExp][] = [
    [
      { lacks: (path, time) => path === "mark-price-kline" && time === gapAt },
      {},
      /bars of BTC as no bar may be missing: the exchange has no mark price of 1 bars, 2025-03-07 20:00 to 2025-03-07 20:00 UTC, asked twice/,
    ],
    [{ listed: FROM + DAY }, {}, /has its last price from 2025-03-02 00:00 UTC on\. Give --from 2025-03-02/],
    [
      {},
      { coins: ["BTC", "PEPE"] },
      /kline of PEPEUSDT .* Bybit refuses it \(retCode 10001: params error: symbol invalid\)/,
    ],
    [
      { fault: () => new Response("blocked country", { status: 403 }) },
      {},
      /HTTP 403\), as it does those of some countries/,
    ],
    [{}, { from: null }, /--from must say where to begin/],
    [{}, { from: NOW }, /one must have closed between/],
    [{ fault: () => Response.json({ hello: 1 }) }, {}, /not what Bybit documents .* 7 times running/],
  ];
  for (const [options, further, expected] of cases) {
    await inFolder(async (folder) => {
      await using one = exchange(options);
      await assert.rejects(fetchFolder(request(folder, further), clientOf(one), () => {}), expected);
      assert.ok((await tree(folder)).every((path) => !path.endsWith(".csv")));
    });
  }
});

Deno.test("a file with other columns, synthetic bars and a hole between are refused before anything is asked", () =>
  inFolder(async (folder) => {
    await using one = exchange();
    await fetchFolder(request(folder), clientOf(one), () => {});
    const later = request(folder, { from: NOW + 30 * DAY, now: NOW + 60 * DAY });
    await using then = exchange({ now: NOW + 60 * DAY });
    await assert.rejects(
      fetchFolder(later, clientOf(then), () => {}),
      /none may be missing between: the files hold 2025-03-01/,
    );
    await Deno.writeTextFile(join(folder, "synthetic.json"), "{}");
    await assert.rejects(
      fetchFolder(request(folder), clientOf(one), () => {}),
      /must hold no synthetic bars/,
    );
    await Deno.remove(join(folder, "synthetic.json"));
    const file = join(folder, "Bybit_BTC.csv");
    const text = await Deno.readTextFile(file);
    await Deno.writeTextFile(
      file,
      text.split("\n").map((line) => line.split(",").slice(0, -1).join(",")).join("\n"),
    );
    await assert.rejects(
      fetchFolder(request(folder), clientOf(one), () => {}),
      /Cannot go on from .*Bybit_BTC.csv as its header/,
    );
  }));
