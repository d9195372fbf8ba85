/** Rules of zod in the words of this project: "must be one of a, b" for "Invalid option: expected one of ...". */
import type * as z from "zod";

/** The rule that an issue is about; its own message where it has one of ours. */
export function issueRule(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_value":
      return `must be ${issue.values.length > 1 ? "one of " : ""}${issue.values.map(String).join(", ")}`;
    case "too_big":
      return boundRule(issue.origin, issue.inclusive === false ? "below" : "at most", issue.maximum);
    case "too_small":
      return boundRule(issue.origin, issue.inclusive === false ? "above" : "at least", issue.minimum);
    case "invalid_type":
      return `must be ${TYPES[issue.expected] ?? issue.expected}`;
    case "not_multiple_of":
      return `must be a multiple of ${issue.divisor}`;
    case "unrecognized_keys":
      return `may not hold ${issue.keys.join(", ")}`;
    default:
      return issue.message;
  }
}

const TYPES: Readonly<Record<string, string>> = {
  number: "a number",
  int: "an integer",
  string: "a text",
  boolean: "true or false",
  array: "a list",
  object: "a group",
  record: "a group",
};

/** What a bound is about, by what zod calls it. */
function boundRule(origin: string, word: string, bound: number | bigint): string {
  if (origin === "string") return `must hold ${word} ${bound} characters`;
  if (origin === "array" || origin === "set") return `must hold ${word} ${bound} items`;
  return `must be ${word} ${bound}`;
}
