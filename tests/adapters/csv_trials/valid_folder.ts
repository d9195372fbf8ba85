/** Folders of CSVs drawn at random: lawful ones, with what a reader must make of them, to the bit. */
import { type Rng, rng } from "popagent/core/rng.ts";
import { BAR_MS, type Coin } from "popagent/core/universe.ts";

/** A file as its cells; line 0 is the header. */
export interface CsvDraft {
  readonly coin: Coin;
  cells: string[][];
  lineEnd: "\n" | "\r\n";
  mark: boolean;
}

/** A folder that is drawn, and the stream that whatever happens to it is drawn from. */
export interface FolderDraft {
  readonly files: CsvDraft[];
  readonly random: Rng;
}

const PRICES = ["open", "high", "low", "close"];
const OPTIONAL: readonly (readonly string[])[] = [
  ["oi_btc"],
  ["long_ratio"],
  ["funding_rate"],
  PRICES.map((part) => `mark_${part}`),
  PRICES.map((part) => `index_${part}`),
  ["basis"],
  ["oi_usd"],
  ["short_ratio"],
  ["remark"],
];
const COINS: readonly Coin[] = ["BTC", "ETH", "SOL"];

/** One of some values. */
export function oneOf<Value>(random: Rng, values: readonly Value[]): Value {
  return values[random.int(values.length)]!;
}

/** A lawful folder: one to three coins, 8 to 40 bars, any optional columns, any order of columns, either line end. */
export function lawfulFolder(seed: number): FolderDraft {
  const random = rng("csv trials", seed);
  const rows = 8 + random.int(33), first = Math.floor(Date.UTC(2022, random.int(36), 1) / BAR_MS) * BAR_MS;
  const chosen = OPTIONAL.filter(() => random.uniform() < 0.7).flat();
  const traded = oneOf(random, [["volume"], ["turnover"], ["volume", "turnover"]]);
  const headers = random.shuffle(["timestamp_utc", ...PRICES, ...traded, ...chosen]);
  const files = COINS.slice(0, 1 + random.int(3)).map((coin): CsvDraft => {
    const level = Math.exp(16 * random.uniform() - 8);
    const cells = Array.from({ length: rows }, (_, row) => {
      const bar = barCells(random, level);
      const time = spelledTime(random, first + row * BAR_MS);
      return headers.map((header) => header === "timestamp_utc" ? time : bar(header));
    });
    return {
      coin,
      cells: [[...headers], ...cells],
      lineEnd: random.uniform() < 0.3 ? "\r\n" : "\n",
      mark: random.uniform() < 0.1,
    };
  });
  return { files, random };
}

/** Cells of one bar by header: highs are at least lows, shares in (0, 1), amounts and rates as markets have them. */
function barCells(random: Rng, level: number): (header: string) => string {
  const low = level * (1 + 0.1 * random.uniform()), high = low * (1 + 0.1 * random.uniform());
  const between = () => low + (high - low) * random.uniform();
  return (header) => {
    if (header === "remark") return oneOf(random, ["", "x", "-", "été", "1e999"]);
    if (header === "long_ratio") return spelled(random, Number((0.1 + 0.8 * random.uniform()).toFixed(4)));
    if (header === "funding_rate") {
      return spelled(random, Number((2e-3 * random.uniform() - 1e-3).toFixed(8)));
    }
    if (/volume|turnover|oi_btc/.test(header)) return spelled(random, Math.exp(20 * random.uniform() - 3));
    const part = header.split("_").at(-1)!;
    return spelled(random, part === "high" ? high : part === "low" ? low : between());
  };
}

/** A number in one of the ways in which programs write it; each reads back as the same double. */
function spelled(random: Rng, value: number): string {
  const plain = String(value);
  return oneOf(random, [
    plain,
    plain,
    plain,
    value.toExponential(),
    value.toExponential().replace("e", "E"),
    value.toPrecision(17),
    plain.includes(".") && !plain.includes("e") ? `${plain}000` : plain,
    plain.startsWith("0.") ? plain.slice(1) : plain,
    plain.startsWith("-") ? plain : `+${plain}`,
    plain.startsWith("-") ? plain : `00${plain}`,
  ]);
}

function spelledTime(random: Rng, time: number): string {
  const [date, clock] = new Date(time).toISOString().slice(0, 19).split("T");
  const tail = oneOf(random, ["+00:00", "+00:00", "Z", "", ".000+00:00", ".0Z"]);
  return `${date}${oneOf(random, [" ", " ", "T"])}${clock}${tail}`;
}

/** A file's text. */
export function textOf({ cells, lineEnd, mark }: CsvDraft): string {
  return (mark ? "\uFEFF" : "") + cells.map((line) => line.join(",") + lineEnd).join("");
}
