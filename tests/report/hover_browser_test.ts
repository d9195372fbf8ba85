/** Hovering in a real browser; skipped where none is installed. */
import assert from "node:assert/strict";
import type { Page } from "puppeteer-core";
import { candlesFigure } from "popagent/figures/candles.ts";
import { championsFigure } from "popagent/figures/champions.ts";
import { equityFigure } from "popagent/figures/equity.ts";
import type { Figure } from "popagent/figures/figure.ts";
import { monthlyReturnsFigure } from "popagent/figures/monthly_returns.ts";
import { HOVER_SCRIPT_SOURCE } from "popagent/report/html/hover_script.ts";
import { interactive } from "popagent/report/html/interactive_page.ts";
import { accountsOf } from "popagent/figures/account_figures.ts";
import { BAR_MS } from "popagent/core/universe.ts";
import { inFolder } from "../cli/cli.ts";
import { BROWSER, launchBrowser } from "../fixtures/browser.ts";
import { createRunFixture } from "../fixtures/run_fixture.ts";

const run = createRunFixture();
const column = (value: (i: number) => number) => Float64Array.from({ length: 60 }, (_, i) => value(i));
const candles = candlesFigure({
  coin: "BTC",
  bars: {
    openTime: column((i) => Date.UTC(2024, 0, 1) + i * BAR_MS),
    open: column(() => 100),
    high: column(() => 103),
    low: column(() => 99),
    close: column(() => 101),
  },
  fills: Array.from({ length: 60 }, (_, i) => ({
    time: Date.UTC(2024, 0, 1) + i * BAR_MS,
    kind: i % 2 === 0 ? "entry" as const : "close" as const,
    quantity: i % 2 === 0 ? 1 : -1,
    price: 100,
  })),
  position: 0,
  stops: null,
}, { subtitle: "SYNTHETIC" });

/** What a report forbids, but for the script of interactive figures. */
const POLICY = `<meta http-equiv="Content-Security-Policy" ` +
  `content="default-src 'none'; style-src 'unsafe-inline'; script-src ${HOVER_SCRIPT_SOURCE}">`;

/** Figures, where the pointer goes (a share of the picture), and what must be read there. */
const READ: readonly (readonly [Figure, number, number, RegExp])[] = [
  [
    equityFigure(run.result, run.series),
    0.3,
    0.5,
    /^20\d\d-\d\d-\d\d \d\d:00 UTC[^]*Population \(champion\)\s+\d\.\d{3}×/,
  ],
  [championsFigure(run.result, run.events), 0.5, 0.163, /^\w+\s+(iteration|champion in)/],
  [
    candles,
    0.5,
    0.4,
    /open\s+100\.00[^]*close\s+101\.00[^]*trades\s+(buy to open|sell to close) 1\.0000 at 100\.00/,
  ],
  [
    monthlyReturnsFigure(accountsOf(run.result, run.series)[0]!, { subtitle: "" }),
    0.45,
    0.5,
    /20\d\d\s+[+−]\d+\.\d\d%/,
  ],
];

Deno.test({
  name:
    "interactive figures read values under the pointer, on a page and in a frame, with nothing loaded and nothing refused",
  ignore: BROWSER === undefined,
  sanitizeOps: false,
  sanitizeResources: false,
  fn: () =>
    inFolder(async (folder) => {
      const browser = await launchBrowser(folder);
      try {
        const page: Page = await browser.newPage();
        const asked: string[] = [];
        page.on("console", (message) => asked.push(message.text()));
        page.on("pageerror", (error) => asked.push(String(error)));
        page.on("request", (request) => {
          if (!/^(file|data|about):/.test(request.url())) asked.push(request.url());
        });
        await page.setViewport({ width: 900, height: 900 });
        for (const [figure, x, y, expected] of READ) {
          const made = interactive(figure);
          for (
            const [kind, html] of [
              ["page", made.page],
              ["frame", `<!doctype html><body style="margin:0">${made.html}`],
              [
                "frame of a page that allows its script alone",
                `<!doctype html>${POLICY}<body style="margin:0">${made.html}`,
              ],
            ] as const
          ) {
            await page.setContent(html, { waitUntil: "load" });
            const frame = kind === "page"
              ? page.mainFrame()
              : (await (await page.waitForSelector("iframe"))!.contentFrame())!;
            const svg = (await frame.waitForSelector("figure svg"))!;
            const box = (await svg.boundingBox())!;
            await page.mouse.move(box.x + x * box.width - 3, box.y + y * box.height);
            await page.mouse.move(box.x + x * box.width, box.y + y * box.height);
            await frame.waitForSelector("#tip:not([hidden])", { timeout: 5000 });
            const read = await frame.evaluate("document.getElementById('tip').innerText") as string;
            assert.match(read, expected, `${figure.name}: ${kind}`);
            await page.mouse.move(899, 899);
          }
        }
        assert.deepEqual(asked, []);
      } finally {
        await browser.close();
      }
    }),
});
