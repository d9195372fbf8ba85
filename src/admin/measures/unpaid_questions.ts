import type { Measure } from "../measure.ts";

/** Reasons for which a question was not put as no more may be spent. */
const SPENT: ReadonlySet<string | null> = new Set(["mostCalls", "budget"]);

/** Questions that were not put to a language model since its budget was spent, a count; read at each of them. */
export const unpaidQuestions: Measure = () => {
  let many = 0;
  return (event) => {
    if (event.type !== "thought" || !SPENT.has(event.reason)) return null;
    many++;
    return {
      value: many,
      text:
        `${many} questions were not put as the budget is spent (${event.reason}): language traders keep what was ` +
        "said last until it expires, then stay flat",
    };
  };
};
