/** popagent validate language: does a population make the right thing of what it is answered? */
import {
  emptyLanguageProof,
  foundOutAt,
  languageChecks,
  type LanguageProof,
  languageProofSchema,
  runLanguageMarket,
} from "../../experiments/language/proof.ts";
import { paragraph } from "../../report/text/paragraph.ts";
import { plainTable } from "../../report/text/plain_table.ts";
import { checkText } from "../../report/text/validation_text.ts";
import { settingsOf } from "../config_options.ts";
import { keepProof, keptProof } from "../kept_markets.ts";
import { tell } from "../print.ts";

/** Bytes of series that the desk may keep. */
const MEMO_BYTES = 512 * 2 ** 20;

/** What is asked for. */
export interface LanguageProofRequest {
  readonly marketSeeds: readonly number[];
  readonly rows: number;
  readonly ic: number;
  readonly out: string;
  readonly set: readonly string[];
}

/**
 * Runs the markets that the file does not hold yet, one after another in this process; no model is asked, and no network
 * touched.
 *
 * @throws {UserError} If the file holds markets of another configuration.
 */
export async function runLanguageProof(
  { marketSeeds, rows, ic, out, set }: LanguageProofRequest,
): Promise<LanguageProof> {
  const settings = await settingsOf({ set }, [
    ["market.rows", rows, "--rows"],
    ["market.mode", "planted", "validate language"],
    ["market.ic", ic, "--ic"],
  ], { learns: true });
  const madeBy = ({ configHash }: LanguageProof) => configHash;
  let proof = await keptProof(out, languageProofSchema, emptyLanguageProof(settings), madeBy);
  for (const seed of marketSeeds) {
    if (proof.markets.some(({ marketSeed }) => marketSeed === seed)) continue;
    const markets = [...proof.markets, await runLanguageMarket(settings, seed, MEMO_BYTES)];
    proof = { ...proof, markets: markets.sort((a, b) => a.marketSeed - b.marketSeed) };
    await keepProof(out, proof);
    tell(`market ${seed} is done`);
  }
  return proof;
}

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
