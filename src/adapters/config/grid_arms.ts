/** What arms may change, and arms that a sweep makes. */
import type { WrittenArm } from "./grid_file.ts";
import type { GridReader } from "./grid_reader.ts";
import { settingCatalogue } from "./resolve_settings.ts";
import { shown, type WrittenValue } from "./written.ts";

/** Settings that are no grid's to set, by their outermost key, and what sets them. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  seed: "is set by seeds",
  references: "is set by beside, which names the jobs that run beside the arms",
  pipeline: "is read by no population",
  extensions:
    "is not taken by grids, whose workers load no modules of one's own: run them with deno task population",
};

/** Settings of the market, which all arms share: else arms would not differ in what they are said to differ in. */
const SHARED = ["data", "market", "universe"];

/** Why a setting must not stand in a part of the file; null if it may. */
export function departureRule(
  part: "settings" | "markets" | "arms",
): (path: readonly string[]) => string | null {
  return ([outermost, ...rest]) => {
    if (Object.hasOwn(ELSEWHERE, outermost!)) return ELSEWHERE[outermost!]!;
    if (part === "arms" && SHARED.includes(outermost!)) {
      return "belongs to the market, which all arms share: write it below markets";
    }
    return part === "markets" && outermost === "market" && rest[0] === "seed"
      ? "is set by marketSeeds"
      : null;
  };
}

/** Values of one key. */
const MOST_VALUES = 100;

/**
 * One arm for each value of each key; keys are swept one at a time, all else as in `full`. An arm is called by the
 * last part of its key and its value: transferTau=0.05.
 */
export function sweepArms(read: GridReader): WrittenArm[] {
  return read.entries("sweep").flatMap(([key, value]) => {
    const path = key.split(".");
    const where = `sweep.${key}`;
    const rule = departureRule("arms")(path);
    if (rule !== null) return read.refuse(where, rule, value);
    if (settingCatalogue().at(path)?.kind !== "setting") return read.unknownSetting(path, value);
    if (value.kind !== "list" || value.items.length === 0 || value.items.length > MOST_VALUES) {
      return read.refuse(where, `must be a list of 1 to ${MOST_VALUES} values, e.g. [0, 0.05]`, value);
    }
    return value.items.map((item) => ({
      name: `${path.at(-1)}=${valueName(item)}`,
      settings: [{ path, value: item }],
    }));
  });
}

/** A value as a part of a name: 0.05, none, BTC+ETH. */
function valueName(value: WrittenValue): string {
  if (value.kind === "text") return value.text.replace(/^\./, "0.").replace(/[^\w.+-]/g, "_");
  return value.kind === "list"
    ? value.items.map(valueName).join("+")
    : shown(value).replace(/[^\w.+-]/g, "_");
}
