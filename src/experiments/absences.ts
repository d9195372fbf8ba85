/** What a market does not have and what that turns off, said once beside every result. */
import { VARIANTS } from "../agents/catalogue.ts";
import type { Variant } from "../agents/variant.ts";
import { CATALOGUE, type CatalogueEntry, type CatalogueName } from "../features/catalogue.ts";
import { SIGNAL_NAMES, signalsIn } from "../features/signals/signals.ts";
import { standInText } from "../market/complete_bars.ts";
import type { Panel } from "../market/panel.ts";

/**
 * Plain sentences on what is missing: columns of the bars with what stands in for them, the feature columns and signals
 * that are off, and the analysts that look at them. None where everything is there.
 *
 * @param signals False where the configuration leaves the cross-asset signals out.
 */
export function absencesOf(panel: Pick<Panel, "coins" | "missing">, signals: boolean): string[] {
  return [...standInText(panel.missing), ...offText(panel.missing), ...signalsText(panel, signals)];
}

/** Feature columns that read a missing column. */
function offText(missing: Panel["missing"]): string[] {
  const off = (Object.keys(CATALOGUE) as CatalogueName[]).filter((name) =>
    (CATALOGUE[name] as CatalogueEntry).needs?.some((column) => missing.includes(column))
  );
  if (off.length === 0) return [];
  const readers = analysts(({ derivatives }) => derivatives.some(({ column }) => off.includes(column)));
  return [`Off for want of a column, and read as 0: ${off.join(", ")} (${readers}).`];
}

function signalsText(panel: Pick<Panel, "coins" | "missing">, signals: boolean): string[] {
  const present = signals ? signalsIn(panel) : [];
  const absent = SIGNAL_NAMES.filter((name) => !present.includes(name));
  if (absent.length === 0) return [];
  const why = !signals
    ? "signals is off"
    : panel.coins.length === 1
    ? "there is one coin"
    : "what they read is missing";
  const which = absent.length === SIGNAL_NAMES.length
    ? `The ${absent.length} cross-asset signals are absent`
    : `Absent cross-asset signals: ${absent.join(", ")}`;
  const readers = analysts((identity) => identity.signals.some((name) => absent.includes(name)));
  return [
    `${which} as ${why}; whoever looks at them reads 0 (${readers}, and the context of traders and risk).`,
  ];
}

type Identity = Variant<"analyst">["identity"];

function analysts(reads: (identity: Identity) => boolean): string {
  const names = VARIANTS.analyst.filter((variant: Variant<"analyst">) => reads(variant.identity))
    .map(({ name }) => name);
  return names.length === 0 ? "no declared analyst" : `analysts ${names.join(", ")}`;
}
