import { percent } from "../../figures/format.ts";
import type { Measure } from "../measure.ts";

/** Loss from the session's highest equity at a close, a fraction. */
export const drawdown: Measure = () => (event) =>
  event.type === "bar"
    ? { value: event.drawdown, text: `equity is ${percent(event.drawdown)} below its highest` }
    : null;
