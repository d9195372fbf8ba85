/** The watched session in a real browser; skipped, and said so, where none is installed. */
import assert from "node:assert/strict";
import type { Page } from "puppeteer-core";
import { openJournal } from "popagent/adapters/exchange/journal_file.ts";
import { servePage } from "popagent/adapters/page/live_page.ts";
import { shownSession } from "popagent/cli/commands/watch.ts";
import { watchedSession } from "popagent/cli/watched_session.ts";
import { inFolder } from "../cli/cli.ts";
import { BROWSER, launchBrowser } from "../fixtures/browser.ts";
import { barEvents, madeSession, STATES } from "../live/made_session.ts";
import { guard } from "../admin/small_events.ts";

if (BROWSER === undefined) {
  console.log("  no browser: the watch page was not looked at. Install one: apt-get install chromium");
}

/** Serves a session as the command does, for as long as `use` takes; only looked at more often. */
async function served(
  root: string,
  name: string,
  use: (url: string, close: () => Promise<void>) => Promise<void>,
) {
  const session = await watchedSession(root, name);
  const page = servePage(shownSession(session), { port: 0, token: "t0ken", everyMs: 30 });
  let open = true;
  const close = async () => {
    if (open) await page.close();
    open = false;
  };
  try {
    await use(page.url, close);
  } finally {
    await close();
    session[Symbol.dispose]();
  }
}

const text = (page: Page, selector: string) =>
  page.evaluate(`document.querySelector(${JSON.stringify(selector)}).innerText`) as Promise<string>;
const until = (page: Page, condition: string) =>
  page.waitForFunction(condition, { timeout: 8000, polling: 30 });

Deno.test({
  name: "the watch page in a browser: live, without flicker, at four widths, and closed to other pages",
  ignore: BROWSER === undefined,
  sanitizeOps: false,
  sanitizeResources: false,
  fn: () =>
    inFolder(async (root) => {
      const places = await madeSession(root, "trading", 60);
      for (const state of STATES.filter((one) => one !== "trading")) await madeSession(root, state, 20);
      const browser = await launchBrowser(root);
      try {
        const page = await browser.newPage(), complaints: string[] = [];
        page.on("console", (message) => complaints.push(message.text()));
        page.on("pageerror", (error) => complaints.push(String(error)));
        let own = "";
        page.on("request", (request) => {
          if (!request.url().startsWith(own) && !request.url().startsWith("data:")) {
            complaints.push(request.url());
          }
        });
        await served(root, "trading", async (url, close) => {
          own = url;
          await page.setViewport({ width: 390, height: 800 });
          await page.goto(url, { waitUntil: "domcontentloaded" });
          await until(page, "document.getElementById('link').textContent === 'connected'");
          assert.match(await text(page, "#positions"), /DOGE\s+−11,712/);
          assert.match(await text(page, "[data-part=state]"), /written \d+ s ago/);

          // values are read by pointer and by keys, and stay read while bars come
          const curve = (await page.$("#curve .on-narrow svg"))!, box = (await curve.boundingBox())!;
          await page.mouse.move(box.x + box.width - 18, box.y + 40);
          assert.match(
            await text(page, "output"),
            /^2024-01-1\d \d\d:00 UTC: equity [\d,.]+ USDT, drawdown \d/,
          );
          await page.mouse.move(5, 5);
          assert.match(await text(page, "output"), /^Point at the curve/);
          await page.focus("#curve .wide");
          await page.keyboard.press("ArrowRight");
          assert.match(
            await text(page, "output"),
            /^2024-01-01 00:00 UTC: equity 10,000\.00 USDT, drawdown 0\.00%$/,
          );
          await page.keyboard.press("ArrowRight");
          assert.match(await text(page, "output"), /^2024-01-01 04:00 UTC: /);

          // what is scrolled and focused stays, what has not changed is not touched
          await page.evaluate(`(() => {
            const wide = document.querySelector("#orders .wide");
            wide.focus();
            wide.scrollLeft = 40;
            window.kept = document.querySelector("#team table");
          })()`);
          using journal = openJournal(places.journal, "process");
          journal.write({ events: [60, 61, 62, 63].flatMap((row) => barEvents(row, 260)) });
          await until(page, `document.querySelector(".tiles").innerText.includes("64")`);
          const after = await page.evaluate(`(() => {
            const wide = document.querySelector("#orders .wide");
            return [document.activeElement === wide, wide.scrollLeft, document.querySelector("#team table") === window.kept];
          })()`);
          assert.deepEqual(after, [true, 40, false], "the champion is another one; focus and scroll stay");

          const point = journal.point()!;
          journal.write({
            events: [guard(63, "halted", "drawdown")],
            point: { ...point, guards: { ...point.guards, state: "halted", rule: "drawdown" } },
          });
          await until(page, `document.title === "■ HALTED trading"`);
          assert.match(await text(page, "[data-part=state]"), /HALTED\s+Nothing is sent: drawdown/);
          assert.match(
            await page.evaluate(`document.querySelector("[data-part=said]").textContent`) as string,
            /^Guards are halted\. Newest alert: critical guardHalted/,
            "a screen reader is told",
          );

          // another page may read nothing, with the token even
          const other = await browser.newPage();
          await other.setContent("<p>a hostile page</p>");
          const stolen = await other.evaluate(`Promise.all(
            [${JSON.stringify(url)}, ${JSON.stringify(`${url}events`)}].map((at) =>
              fetch(at).then((answer) => answer.text(), () => "refused")
            )
          )`);
          assert.deepEqual(stolen, ["refused", "refused"]);
          await other.setContent(`<iframe src="${url}"></iframe>`);
          await new Promise((resolve) => setTimeout(resolve, 200));
          const framed = await Promise.all(
            other.frames().map((frame) => frame.evaluate("document.body?.innerText ?? ''").catch(() => "")),
          );
          assert.doesNotMatch(framed.join(""), /Equity/);
          await other.close();

          assert.deepEqual(
            complaints,
            [],
            "nothing was refused by the policy, and nothing else was asked for",
          );
          await close();
          await until(page, "document.body.classList.contains('lost')");
          assert.match(await text(page, "#link"), /^not connected/);
        });
        page.removeAllListeners("console"); // a browser complains of a server that is gone
        for (const state of STATES) {
          await served(root, state, async (url) => {
            own = url;
            await page.goto(url, { waitUntil: "domcontentloaded" });
            for (const width of [390, 800, 1280, 1400]) {
              await page.setViewport({ width, height: 800 });
              const wider = await page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth",
              );
              assert.equal(wider, 0, `${state} at ${width} px is scrolled sideways`);
              await page.evaluate( // the longest name of a rule
                `document.querySelectorAll("#alerts td:nth-child(3)").forEach((one) => one.textContent = "consecutiveLosses")`,
              );
              const cut = await page.evaluate(
                `[...document.querySelectorAll("main .wide")].filter((one) => one.scrollWidth > one.clientWidth + 1)
                  .map((one) => one.closest("section").id + " " + (one.scrollWidth - one.clientWidth))`,
              );
              if (width >= 1280) assert.deepEqual(cut, [], `${state} at ${width} px: every column is seen`);
            }
            const right = await page.evaluate(`[...document.querySelectorAll("td.number")].every((cell) => {
              const style = getComputedStyle(cell);
              return style.textAlign === "right" && style.fontVariantNumeric.includes("tabular-nums");
            })`);
            assert.ok(right, "numbers are flush right and of one width");
          });
        }
      } finally {
        await browser.close();
      }
    }),
});
