import { Command } from "@commander-js/extra-typings";
import { bybitClient } from "../../adapters/bybit/client.ts";
import { fetchFolder, type FetchReport, spanText } from "../../adapters/bybit/fetch_folder.ts";
import { intervalNamed } from "../../adapters/bybit/intervals.ts";
import type { Interval } from "../../adapters/bybit/pages.ts";
import { formatTime } from "../../core/time.ts";
import { BAR_MS, DECLARED_COINS } from "../../core/universe.ts";
import { UserError } from "../../core/user_error.ts";
import { parseCoins, parseInstant } from "../instants.ts";
import { say, tell } from "../print.ts";
import { createProgressView } from "../progress.ts";

/** Bybit's public host, and the folder in which bars are looked for. */
const BYBIT = "https://api.bybit.com", FOLDER = "data/bybit";

const EXAMPLES = `
No account and no key is needed. Of every coin come the candles of the last, mark and index price, the open
interest, the share of long accounts and the funding rate, joined to the 23 columns that PopAgent reads. Bars that
are there already are not asked for again, so the same command goes on after a cut, and later adds what has closed
since. A bar that is still running is left out. A bar that the exchange does not have is an error; an open interest
or long ratio that it does not know stands as 0, its mark for unknown, and shows in data check.
The last 12 months of the files stay sealed: with newer bars the seal moves on, and older months open.

Examples:
  deno task fetch --from 2021-11-05                           the five coins, some 800 requests
  deno task fetch                                             go on: what has closed since
  deno task fetch --coins BTC,SOL --from 2024-01-01 --to 2025-07-01 --out data/two_coins
  deno task fetch --from 2021-11-05 --base-url https://api.bytick.com
  deno task fetch --bar 1h --from 2025-01-01 --out data/hourly  other bars, for other programs`;

/** popagent data fetch: bars from Bybit's public endpoints. */
export function dataFetchCommand() {
  return new Command("fetch")
    .description("Fetch bars from Bybit's public endpoints, or what a folder lacks of them")
    .option("--coins <list>", "coins of USDT perpetuals", DECLARED_COINS.join(","))
    .option("--from <time>", "first bar, UTC; left out, the files say where to go on")
    .option("--to <time>", "bars open before it, UTC; left out, all that have closed")
    .option("--bar <length>", "5m, 15m, 30m, 1h, 4h or 1d; PopAgent itself reads 4h", "4h")
    .option("--out <folder>", "folder of the CSVs", FOLDER)
    .option("--base-url <url>", "another host of Bybit's, where this one is not served", BYBIT)
    .option("--json", "print JSON instead of text")
    .addHelpText("after", EXAMPLES)
    .action(async (flags) => {
      const interval = intervalNamed(flags.bar);
      const request = {
        folder: flags.out,
        coins: parseCoins(flags.coins, "--coins"),
        interval,
        from: flags.from === undefined ? null : parseInstant(flags.from, "--from"),
        to: flags.to === undefined ? null : parseInstant(flags.to, "--to"),
        now: Date.now(),
      };
      const view = createProgressView(flags.json === true);
      const client = bybitClient(baseUrl(flags.baseUrl), {
        fetch: (url, init) => fetch(url, init),
        now: Date.now,
        sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
        onWait: (why, ms) => view.log(`Waiting ${Math.ceil(ms / 1000)} s: ${why}.`),
      });
      let report: FetchReport;
      try {
        report = await fetchFolder(request, client, (done, total) => view.update("bars", done, total));
      } finally {
        view.stop();
      }
      if (flags.json) say(JSON.stringify(report), flags.out);
      else say(reportText(report, interval, flags.out), flags.out);
      if (interval.ms !== BAR_MS) {
        tell(`Note: PopAgent reads 4h bars; these are for other programs, or for data import.`);
      }
    });
}

function baseUrl(text: string): string {
  const url = URL.parse(text);
  const plain = url !== null && /^https?:$/.test(url.protocol) && url.pathname === "/" &&
    url.search + url.hash === "";
  if (plain && url.username === "") return url.origin;
  throw new UserError(`Cannot read --base-url as it must be a host like ${BYBIT}: current value is ${text}`);
}

function reportText({ span, coins }: FetchReport, { ms }: Interval, folder: string): string {
  const lines = coins.map(({ coin, rows, added, unknown, corrected }) =>
    [
      `${coin}: ${rows} bars, ${added} of them new`,
      ...(unknown > 0 ? [`in ${unknown} the exchange does not know open interest or long ratio`] : []),
      ...(corrected === null
        ? []
        : [`that of ${formatTime(corrected)} had not closed when it was written and is mended`]),
    ].join("; ")
  );
  const check = ms === BAR_MS ? [`Look at them: deno task popagent data check --data ${folder}`] : [];
  return [`${folder}: ${spanText(span, ms)} (opens of bars)`, ...lines, ...check].join("\n");
}
