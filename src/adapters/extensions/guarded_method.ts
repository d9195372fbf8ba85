/** Methods of one's own, held to the rules of their pool wherever they are called. */
import { formatTime } from "../../core/time.ts";
import { printable } from "../../core/printable.ts";
import { UserError } from "../../core/user_error.ts";
import type { Method } from "../../inventory/method.ts";
import type { PoolName, Pools } from "../../inventory/pools.ts";
import type { ResidualSampler } from "../../inventory/researcher/uncertainty/sampler.ts";
import type { Panel } from "../../market/panel.ts";
import { type BrokenRule, OUTPUT_RULES } from "./output_rules.ts";

type AnyMethod = Method<unknown, unknown>;

const bare = new WeakMap<object, AnyMethod>(); // guarded ones, to what they guard

/** The method as it was written: itself, or what a guarded one guards. */
export function bareMethod(method: object): object {
  return bare.get(method) ?? method;
}

/**
 * The same method, whose output is held to the rules of its pool: a wrong length, NaN, Infinity or a value out of range
 * is an error that names where it was written, row, coin and rule.
 *
 * @param place Where it was written: "mine.ts, methods["analyst.features"].slope of its default export".
 */
export function guardedMethod<Name extends PoolName>(
  pool: Name,
  key: string,
  method: Pools[Name][string],
  place: string,
): Pools[Name][string] {
  const own = bareMethod(method) as AnyMethod;
  const rules = OUTPUT_RULES[pool] as (output: unknown, input: unknown) => BrokenRule | null;
  const name = `the method ${printable(key)} of ${pool} (${place})`;
  const check = (output: unknown, input: unknown) => {
    const broken = rules(output, input);
    if (broken) throw blame(name, broken, input);
    return pool === "researcher.uncertainty" ? guardedSampler(name, output as ResidualSampler) : output;
  };
  const { resume } = own;
  const guarded: AnyMethod = {
    ...own,
    run: (input, genes) => check(own.run(input, genes), input),
    ...(resume
      ? { resume: (before, input, genes) => check(resume.call(own, before, input, genes), input) }
      : {}),
  };
  bare.set(guarded, own);
  return guarded as unknown as Pools[Name][string];
}

/** A sampler's draws are looked at as they are drawn: finite and ascending. */
function guardedSampler(name: string, { draws, sums }: ResidualSampler): ResidualSampler {
  return {
    draws,
    sums: (residuals, last, window, horizon, out) => {
      sums(residuals, last, window, horizon, out);
      for (let i = 0; i < draws; i++) {
        if (Number.isFinite(out[i]) && (i === 0 || out[i]! >= out[i - 1]!)) continue;
        const found = i === 0 ? `it is ${out[i]}` : `${out[i]} follows ${out[i - 1]}`;
        throw blame(
          name,
          { rule: "a draw must be finite, and none below the one before", found, row: last },
          null,
        );
      }
    },
  };
}

/** Who gave what is wrong, where and by which rule. Rows are absolute, as a run counts them. */
export function blame(name: string, { rule, found, row, coin }: BrokenRule, input: unknown): UserError {
  const { panel, coins, firstRow } = placesIn(input);
  const opens = row === undefined ? undefined : panel?.openTime[row];
  const time = opens === undefined ? "" : ` (opens ${formatTime(opens)} UTC)`;
  const symbol = coin === undefined ? undefined : coins[coin] ?? `coin ${coin} (from 0)`;
  const place = [
    ...(row === undefined ? [] : [`at row ${firstRow + row}${time}`]),
    ...(symbol === undefined ? [] : [`of ${symbol}`]),
  ];
  return new UserError(
    `Cannot use what ${name} gives as ${rule}: ${[...place, found].join(" ")}. Mend the method.`,
  );
}

interface Places {
  readonly panel?: Panel;
  readonly coins: readonly string[];
  readonly firstRow: number;
}

/** The bars, the names of the coins and the first row that an input tells of. */
function placesIn(input: unknown): Places {
  const { market, task, coins, coin, firstRow = 0 } = (input ?? {}) as {
    readonly market?: { readonly panel: Panel };
    readonly task?: { readonly coins?: readonly string[]; readonly firstRow: number };
    readonly coins?: readonly string[];
    readonly coin?: unknown;
    readonly firstRow?: number;
  };
  if (market) {
    const { panel } = market;
    return { panel, coins: panel.coins.map((bars) => bars.coin), firstRow: panel.firstRow };
  }
  if (task) return { coins: task.coins ?? [], firstRow: task.firstRow };
  return { coins: coins ?? (typeof coin === "string" ? [coin] : []), firstRow };
}
