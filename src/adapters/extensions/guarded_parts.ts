/** Strategies, indicators and figures of one's own, held to what they must give wherever they are called. */
import { printable } from "../../core/printable.ts";
import { UserError } from "../../core/user_error.ts";
import type { PassiveReference } from "../../experiments/references/passive.ts";
import type { CatalogueEntry } from "../../features/catalogue.ts";
import type { Figure } from "../../figures/figure.ts";
import type { RunFigure } from "../../figures/run_figures.ts";
import { LIMITS_WIDTH } from "../../simulation/limits.ts";
import { blame } from "./guarded_method.ts";
import { type BrokenRule, kindOf, planRule, series } from "./output_rules.ts";

const bare = new WeakMap<object, object>(); // guarded ones, to what they guard

/** The part as it was written: itself, or what a guarded one guards. */
export function barePart<Part extends object>(part: Part): Part {
  return (bare.get(part) ?? part) as Part;
}

function kept<Part extends object>(guarded: Part, own: Part): Part {
  bare.set(guarded, own);
  return guarded;
}

/** A strategy whose plan and limits are looked at; a conviction of NaN leaves a coin as it is. */
export function guardedStrategy(name: string, strategy: PassiveReference, place: string): PassiveReference {
  const own = barePart(strategy), title = `the mandate of strategy ${printable(name)} (${place})`;
  return kept({
    ...own,
    mandate: (desk, from) => {
      const given = own.mandate(desk, from), { rows } = desk.market.panel;
      const limit = (x: number) => x >= 0;
      const broken: BrokenRule | null = !given?.plan || !given.limits
        ? { rule: "a mandate must be an object of plan and limits", found: kindOf(given) }
        : planRule(given.plan.values, rows, desk.arena.coins, true) ??
          series("a limit", given.limits.values, rows, "a number >= 0", limit, { width: LIMITS_WIDTH });
      if (broken) throw blame(title, broken, { market: desk.market });
      return given;
    },
  }, own);
}

/** An indicator whose values are looked at: a number, or NaN where there is none. */
export function guardedColumn(name: string, entry: CatalogueEntry, place: string): CatalogueEntry {
  const own = barePart(entry);
  return kept({
    ...own,
    compute: (bars, params) => {
      const values = own.compute(bars, params), coins = [bars.coin];
      const number = (x: number) => Number.isFinite(x) || Number.isNaN(x);
      const range = "a finite number, or NaN where there is none";
      const broken = series("its value", values, bars.close.length, range, number, { coin: 0 });
      if (broken) throw blame(`the indicator ${printable(name)} (${place})`, broken, { coins });
      return values;
    },
  }, own);
}

/** A figure that is looked at before it is drawn. */
export function guardedFigure(name: string, make: RunFigure, place: string): RunFigure {
  const own = barePart(make);
  return kept((run) => {
    const figure = own(run) as Partial<Figure> | null | undefined;
    const texts = ["name", "title", "subtitle", "caption"] as const;
    const missing = texts.find((key) => typeof figure?.[key] !== "string") ??
      (["panels", "legend"] as const).find((key) => !Array.isArray(figure?.[key])) ??
      (["width", "height"] as const).find((key) => !(figure?.[key]! > 0));
    if (missing === undefined) return figure as Figure;
    throw new UserError(
      `Cannot draw the figure ${printable(name)} (${place}) as it must have ${
        texts.join(", ")
      }, panels, legend, width ` +
        `and height: ${missing} is ${kindOf(figure?.[missing]).replace("it is ", "")}`,
    );
  }, own);
}
