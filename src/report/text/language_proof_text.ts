/** The proof of language agents as text. */
import { foundOutAt, languageChecks, type LanguageProof } from "../../experiments/language/proof.ts";
import { paragraph } from "./paragraph.ts";
import { plainTable } from "./plain_table.ts";
import { checkText } from "./validation_text.ts";

/** The proof as text. */
export function languageProofText({ markets }: LanguageProof): string {
  const rows = markets.map(({ marketSeed, arms }) => {
    const sharpe = (arm: keyof typeof arms, account: string) => arms[arm].sharpes[account]!.toFixed(2);
    return [
      `${marketSeed}`,
      ...(["champion", "committee"] as const).flatMap((account) =>
        (["rules", "scripted-truth", "scripted-lie"] as const).map((arm) => sharpe(arm, account))
      ),
      `${foundOutAt(arms["scripted-lie"].credits) ?? "never"}`,
    ];
  });
  const labels = ["Champion: rules", "truth", "lie", "Committee: rules", "truth", "lie", "Liar found out at"];
  return [
    "!! SYNTHETIC DATA (planted markets) AND SCRIPTED ANSWERS (no language model). Annual Sharpe ratios:",
    plainTable([["Market", "left"], ...labels.map((label) => [label, "right"] as const)], rows),
    "",
    ...languageChecks(markets).map((check) => paragraph(checkText(check), "", "  ")),
  ].join("\n");
}
