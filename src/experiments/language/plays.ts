import { VARIANTS } from "../../agents/catalogue.ts";
import { asksPrompts } from "../../agents/told.ts";
import type { PopulationConfig } from "../../population/config.ts";

/** True where traders are named that ask a language model. */
export function playsLanguage({ agents }: Pick<PopulationConfig, "agents">): boolean {
  const asking = VARIANTS.trader.filter(asksPrompts).map(({ name }) => name);
  return agents.trader?.some((name) => asking.includes(name)) ?? false;
}
