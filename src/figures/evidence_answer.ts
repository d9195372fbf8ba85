/** What a grid shows, in words. */
import type { ClaimResult, Summary } from "../experiments/evidence/summarise.ts";
import { displayed } from "./displayed.ts";
import { armName, evidenceSubtitle } from "./evidence_head.ts";
import { decimal, percent, pText, signed } from "./format.ts";

/** The question of a grid, its answer in a few words, and a sentence for each of its claims. */
export function evidenceAnswer({ record, claims }: Summary): { readonly markdown: string } {
  const { registration: { question, evidence } } = record;
  const told = claims.filter(({ ruling }) => ruling !== null);
  const found = told.filter(({ ruling }) => ruling !== "inconclusive");
  const verdicts = told.length === 0
    ? "No verdict."
    : found.length === 0
    ? "It cannot be told from chance."
    : `${
      found.map(({ name, market, ruling, small }) =>
        `${armName(name)} on ${market}: ${ruling}${small && ruling !== "no effect" ? " (small)" : ""}`
      ).join("; ")
    }.`;
  const short = record.provisional
    ? `${verdicts} **Provisional**: its file says that code or settings are not final, and no number of it is meant to be cited.`
    : verdicts;
  const lines = claims.map((claim) => `- ${claimText(claim, evidence.alpha, evidence.margin)}`);
  return displayed({
    markdown: [`**${question}** ${short}`, "", ...lines, "", evidenceSubtitle(record)].join("\n"),
  });
}

function claimText(claim: ClaimResult, alpha: number, margin: number): string {
  const { name, market, effect, lower, upper, holmP, detectable, ruling, reason } = claim;
  const size =
    `${signed(effect)} (${percent(1 - alpha, 0)} interval ${signed(lower)} to ${
      signed(upper)
    }, corrected p ` +
    `${pText(holmP)})`;
  const said = {
    "win": `${size}: a win${claim.small ? `, and smaller than ${decimal(margin)}` : ""}.`,
    "lose": `${size}: a loss${claim.small ? `, and smaller than ${decimal(margin)}` : ""}.`,
    "no effect": `${size}: shown to be smaller than ${decimal(margin)}.`,
    "inconclusive": `${size}: inconclusive. An effect of ${
      decimal(detectable)
    } would have been found four times of five.`,
  };
  return `${armName(name)} on ${market}: ${
    ruling === null ? `${size}, an estimate: ${reason.replace(/^an estimate: /, "")}.` : said[ruling]
  }`;
}
