/** Changes of the guards' state, one a reading. */
import type { GuardState } from "../../live/guards.ts";
import type { Measure } from "../measure.ts";

const changesTo = (state: GuardState): Measure => () => (event) =>
  event.type === "guard" && event.to === state
    ? { value: 1, text: `guards went from ${event.from} to ${state}: ${event.rule}` }
    : null;

/** Nothing is sent any more. */
export const halted: Measure = changesTo("halted");
/** Only what makes positions smaller is sent. */
export const reducing: Measure = changesTo("reducing");
