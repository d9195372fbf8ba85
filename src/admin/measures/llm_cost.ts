import { decimal } from "../../figures/format.ts";
import type { Measure } from "../measure.ts";

/** What language models cost so far, USD, history included. */
export const llmCost: Measure = () => {
  let dollars = 0;
  return (event) => {
    if (event.type !== "thought" && event.type !== "suggestion") return null;
    dollars += event.dollars;
    return { value: dollars, text: `language models cost ${decimal(dollars)} USD so far` };
  };
};
