/**
 * Keys of the earlier prototype's YAML files, and of earlier versions. They are read as what they are called today,
 * with a note; where no setting of today means the same, the note or the error says what does.
 */
import { basename, dirname } from "node:path";
import type { SettingCatalogue } from "./setting_catalogue.ts";
import { shown, type WrittenValue } from "./written.ts";

/** What a former key comes to: a setting of today, nothing but a note, or an error. */
export type FormerReading =
  | { readonly kind: "setting"; readonly key: string; readonly value: WrittenValue }
  | { readonly kind: "nothing"; readonly note: string }
  | { readonly kind: "refused"; readonly rule: string };

/** What a former key may have to know. */
export interface FormerContext {
  readonly catalogue: SettingCatalogue;
  /** The value that a setting of today is given; undefined where it is given none. */
  readonly given: (key: string) => WrittenValue | undefined;
  /** True for commands whose populations learn. */
  readonly learns: boolean;
}

type Former = (value: WrittenValue, context: FormerContext) => FormerReading;

const FORMER_KEYS: Readonly<Record<string, Former>> = {
  "population.committeeSize": committeeShare,
  "population.transfer_frequency": renamed("population.transferEvery"),
  "population.transfer_tau": renamed("population.transferTau"),
  "population.diversity_weight": renamed("population.diversityWeight"),
  "population.enabled": (value, { learns }) => {
    const which = "the command population lets a population learn, multi and run do not";
    if (isOff(value) && learns) return { kind: "refused", rule: `is no setting today: ${which}` };
    return { kind: "nothing", note: `is no setting today: ${which}` };
  },
  "data.symbols": (value) => ({ kind: "setting", key: "coins", value: mapTexts(value, coinOfSymbol) }),
  "data.bybit_csv_dir": orNothing(renamed("data.folder")),
  "data.add_cross_features": renamed("signals"),
  "data.multi_asset": (value, { given }) => {
    const today = "is no setting today: coins names what is traded";
    const coins = given("coins");
    const one = coins !== undefined &&
      (coins.kind === "list" ? coins.items.length === 1 : !shown(coins).includes(","));
    return isOff(value) && !one
      ? { kind: "refused", rule: `${today}: write coins: [BTC] for one coin` }
      : { kind: "nothing", note: today };
  },
  "offline_prices_csv": orNothing(pricesFile),
  "data.offline_prices_csv": orNothing(pricesFile),
};

/** The former keys, dotted. */
export const FORMER_NAMES: readonly string[] = Object.keys(FORMER_KEYS);

/** Reads the value of one of the former keys. */
export function readFormer(path: string, value: WrittenValue, context: FormerContext): FormerReading {
  return FORMER_KEYS[path]!(value, context);
}

function renamed(key: string): Former {
  return (value) => ({ kind: "setting", key, value });
}

/** As `former`, but null, which the prototype wrote for a setting that was not used, sets nothing. */
function orNothing(former: Former): Former {
  return (value, context) =>
    value.kind === "text" && /^(|~|null)$/i.test(value.text)
      ? { kind: "nothing", note: "is null, which sets nothing" }
      : former(value, context);
}

/** A number of teams as their share of all, which are population.size ** 4. */
function committeeShare(value: WrittenValue, { catalogue, given }: FormerContext): FormerReading {
  const numberIn = (one: WrittenValue | undefined) => one?.kind === "text" ? Number(one.text) : NaN;
  const written = given("population.size");
  const { fallback } = catalogue.settings.find(({ path }) => path === "population.size")!;
  const size = written === undefined ? Number(fallback) : numberIn(written), teams = numberIn(value);
  if (value.kind !== "text" || !(Number.isInteger(teams) && teams >= 1 && teams <= size ** 4)) {
    return {
      kind: "refused",
      rule:
        "is called population.committeeShare today, a share of all population.size ** 4 teams from 0 to 1",
    };
  }
  return {
    kind: "setting",
    key: "population.committeeShare",
    value: { ...value, quoted: false, text: String(teams / size ** 4) },
  };
}

function pricesFile(value: WrittenValue): FormerReading {
  const path = value.kind === "text" ? value.text : "";
  if (value.kind === "text" && /^Bybit_\w+\.csv$/.test(basename(path))) {
    return { kind: "setting", key: "data.folder", value: { ...value, text: dirname(path) } };
  }
  const rule = "must be Bybit_<coin>.csv in the folder of all bars, which data.folder names today";
  return { kind: "refused", rule };
}

function isOff(value: WrittenValue): boolean {
  return value.kind === "text" && /^(false|no|off)$/i.test(value.text);
}

function mapTexts(value: WrittenValue, change: (text: string) => string): WrittenValue {
  if (value.kind === "list") return { ...value, items: value.items.map((item) => mapTexts(item, change)) };
  if (value.kind === "group") return value;
  return { ...value, text: value.text.split(",").map((text) => change(text.trim())).join(",") };
}

/** BTC of BTCUSDT, BTC/USDT and BTC/USDT:USDT. */
function coinOfSymbol(symbol: string): string {
  return symbol.replace(/^([a-z0-9]+?)[-/_]?USDT(:USDT)?$/i, "$1");
}
