/** Which data was this? Real or not, which rows of which coins, and what is missing. */
import { WORLDS } from "../market/synthetic/worlds.ts";
import * as z from "zod";
import { BARS_PER_YEAR } from "../core/universe.ts";
import { warningsOf } from "../experiments/assemble.ts";
import type { RunResult } from "../experiments/result.ts";
import { count, day, decimal } from "./format.ts";
import type { Answer } from "./learning_answer.ts";
import { isNamedAlone, sourceName } from "./run_subtitle.ts";
import { plainText } from "./text.ts";
import { requireResult } from "./run_parts.ts";

/** The answer, with no number that a stored result does not hold. */
export function dataAnswer(result: RunResult): Answer {
  requireResult(result, "source");
  const { source, reported: { from, to, start, end } } = result;
  const rows = to - from + 1, years = rows / BARS_PER_YEAR;
  const missing = absencesIn(result);
  return {
    question: "Which data was this?",
    short: shortAnswer(source),
    sentences: [
      sourceSentence(result),
      `${count(rows)} rows of 4 hours are reported (rows ${from} to ${to}), from ${day(start)} to ${
        day(end)
      }: ${decimal(years)} years, over which an annual Sharpe ratio has a standard error of about ${
        decimal(1 / Math.sqrt(years))
      }. ` +
      `The ${count(from)} rows before are history: warm-up and past.`,
      coinsSentence(result),
      ...newsSentence(result),
      missing.length === 0
        ? "No column is missing; what else is odd about bars, popagent data check says."
        : `Missing or out of the ordinary: ${missing.map(plainText).join(" ")}`,
    ],
  };
}

function shortAnswer(source: RunResult["source"]): string {
  if (source.kind === "synthetic") return "SYNTHETIC.";
  const name = sourceName(source);
  const bars = source.imported ? "Imported bars" : name === null ? "Real bars" : `Bars of ${name}`;
  return source.unsealed ? `${bars}, SEALED ROWS OPENED.` : `${bars}.`;
}

/** What a run says is absent, without what is said of where the bars come from. */
export function absencesIn(result: RunResult): string[] {
  const said = warningsOf(result);
  return result.warnings.filter((warning) => !said.includes(warning));
}

function sourceSentence({ source }: RunResult): string {
  if (source.kind === "synthetic") {
    const planted = source.ic > 0 ? `, information coefficient ${source.ic}` : "";
    return `A synthetic market, the ${source.mode} world (${
      WORLDS[source.mode]
    }${planted}), market seed ${source.seed}: ` +
      "no number here was measured on a real market.";
  }
  const sealed = source.unsealed
    ? `its ${count(source.sealedRows)} sealed rows were OPENED`
    : source.sealedRows > 0
    ? `its last ${count(source.sealedRows)} rows are sealed and were not looked at`
    : "no row of it is sealed";
  const whose = source.imported ? ", which lack columns that Bybit's have" : "";
  const place = isNamedAlone(source.folder) ? source.folder : `the files in ${source.folder}`;
  return `Bars from ${plainText(place)}${whose}, none marked synthetic; ${sealed}.`;
}

const newsSchema = z.object({
  news: z.object({ source: z.string(), time: z.string(), informative: z.number() }),
});

/** What was read of the news; nothing of a run that read none, or was stored before there was any. */
function newsSentence({ config }: RunResult): string[] {
  const parsed = newsSchema.safeParse(config);
  if (!parsed.success || parsed.data.news.source === "off") return [];
  const { source, time, informative } = parsed.data.news;
  const what = source === "synthetic"
    ? `made up for this market (${decimal(100 * informative, 0)}% of its items inform)`
    : "of stored items";
  const rule = time === "observed"
    ? "once it had been seen"
    : "BY ITS DATE OF PUBLICATION, NOT POINT-IN-TIME";
  return [`Agents read news, ${what}, let in ${rule}.`];
}

const coinsSchema = z.object({
  universe: z.object({ coins: z.array(z.string()) }),
  coins: z.array(z.string()).nullable(),
});

function coinsSentence({ config }: RunResult): string {
  const parsed = coinsSchema.safeParse(config);
  if (!parsed.success) return "Which coins is not stored with this run.";
  const { universe, coins } = parsed.data;
  const names = (list: readonly string[]) => list.map(plainText).join(", ");
  return coins === null || coins.length === universe.coins.length
    ? `Coins: ${names(universe.coins)}.`
    : `Coins traded: ${names(coins)}; looked at: ${names(universe.coins)}.`;
}
