/** Evidence as text: what a grid will be able to tell, and what it told. */
import type { PlannedPower } from "../../experiments/evidence/planned_power.ts";
import type { Registration } from "../../experiments/evidence/registration.ts";
import { levelUnits, unitsText } from "../../experiments/evidence/grid_units.ts";
import { selectionText } from "../../experiments/evidence/levels.ts";
import { armName, claimUnits } from "../../figures/evidence_head.ts";
import type { ClaimResult, Summary } from "../../experiments/evidence/summarise.ts";
import { paragraph } from "./paragraph.ts";
import { counted } from "./counted.ts";
import { plainTable } from "./plain_table.ts";

const signed = (value: number, digits = 2) => `${value >= 0 ? "+" : ""}${value.toFixed(digits)}`;
const tail = (p: number) => p < 0.001 ? "<.001" : p.toFixed(3).replace(/^0/, "");

/** The power of a planned grid. */
export function plannedPowerText(
  registration: Registration,
  powers: readonly PlannedPower[],
  frozen: string,
): string {
  const { evidence: { spread, spreadFrom, alpha, margin, power }, tests } = registration;
  const least = powers.filter(({ leastP }) => leastP > alpha);
  return [
    `Claims: ${counted(tests, "test")} at ${
      100 * alpha
    } % together (Holm), no effect within ±${margin}. Differences in annual ` +
    `Sharpe ratio; spread over markets ${spread} (${spreadFrom}):`,
    plainTable(
      [
        ["Market", "left"],
        ...["Pairs", `Found with ${100 * power} %`, "alone", `Power at ${margin}`, "No effect shown"].map((
          label,
        ) => [label, "right"] as const),
      ],
      powers.map((one) => [
        one.market,
        `${one.pairs}`,
        one.detectable.toFixed(2),
        one.detectableAlone.toFixed(2),
        `${Math.round(100 * one.powerAtMargin)} %`,
        `${Math.round(100 * one.equivalencePower)} %`,
      ]),
    ),
    ...least.map(({ market, pairs, leastP }) =>
      `!! No result on ${market} could be a win: with ${pairs} pairs the smallest corrected p-value is ${
        leastP.toFixed(2)
      }.`
    ),
    frozen,
  ].join("\n");
}

/** Differences below which intervals are not to be relied on. */
const FEW_UNITS = 10;

/** A grid judged. */
export function summaryText(summary: Summary): string {
  const { record, outcome, guards, claims, levels } = summary;
  const { registration: { evidence, question }, trials, cells, gridHash, provisional } = record;
  return [
    `${record.grid}: ${question}`,
    ...(provisional ? ["!! PROVISIONAL: no number below is meant to be cited."] : []),
    `${
      record.source === "real" ? "" : `!! ${record.source.toUpperCase()} DATA. `
    }${cells.length} cells, hash ${gridHash.slice(0, 10)}; ${trials} distinct trials in the ledger.`,
    "",
    `Annual Sharpe ratio (${armName(outcome)}), mean (SE) over ${unitsText(levelUnits(record))}:`,
    plainTable(
      [["Market", "left"], ["Arm", "left"], ["Measure", "left"], ["Mean", "right"], ["SE", "right"], [
        "n",
        "right",
      ]],
      levels.map(({ market, arm, measure, mean, se, n, selection }) => [
        market,
        arm ?? "-",
        [measure, selectionText({ selection })].filter((text) => text !== "").join(": "),
        mean.toFixed(2),
        se === null ? "-" : se.toFixed(2),
        `${n}`,
      ]),
    ),
    "",
    `Claims (interval ${100 * (1 - evidence.alpha)} %, studentised bootstrap over ${
      unitsText(claimUnits(claims), "of")
    }; p: exact sign flips, Holm over ` +
    `${record.registration.tests}; no effect within ±${evidence.margin}):`,
    plainTable(
      [
        ...["Claim", "Contrast", "Market", "Verdict"].map((label) => [label, "left"] as const),
        ...["Effect", "Interval", "p", "Holm", "TOST", "g", "Found from"].map((label) =>
          [label, "right"] as const
        ),
      ],
      claims.map((claim) => [
        claim.claim,
        claim.name,
        claim.market,
        claim.ruling === null
          ? "none"
          : claim.small && claim.ruling !== "no effect"
          ? `${claim.ruling} (small)`
          : claim.ruling,
        signed(claim.effect),
        `${signed(claim.lower)} to ${signed(claim.upper)}`,
        tail(claim.p),
        tail(claim.holmP),
        tail(claim.holmEquivalenceP),
        claim.hedgesG.toFixed(2),
        claim.detectable.toFixed(2),
      ]),
    ),
    ...oneMarketText(claims),
    ...fewUnitsText(claims),
    ...reasonsOf(claims),
    "",
    "Guards:",
    ...guards.map(({ name, holds, found }) =>
      paragraph(`${holds ? "holds" : "FAILS"}  ${name}: ${found}`, "  ", "         ")
    ),
    ...manipulationsOf(claims),
    ...claims.flatMap((claim) =>
      claim.guards.filter(({ holds }) => !holds).map(({ name, found }) =>
        paragraph(`FAILS  ${claim.name} on ${claim.market}, ${name}: ${found}`, "  ", "         ")
      )
    ),
  ].join("\n");
}

/** A word on intervals of so few units that the bootstrap has hardly anything to draw from. */
function fewUnitsText(claims: readonly ClaimResult[]): string[] {
  const few = [...new Set(claims.filter(({ n }) => n < FEW_UNITS).map(({ market }) => market))];
  if (few.length === 0) return [];
  return [
    paragraph(
      `!! Fewer than ${FEW_UNITS} differences on ${
        few.join(", ")
      }: intervals of a bootstrap say little there.`,
      "",
      "   ",
    ),
  ];
}

/** What errors on the only market of its name are made from; nothing where all claims are told over markets. */
function oneMarketText(claims: readonly ClaimResult[]): string[] {
  const alone = claims.filter(({ values }) => values.over !== "markets");
  return [
    ...new Set(
      alone.map(({ market, values, n }) =>
        values.over === "weeks"
          ? `On ${market}, one market, seeds are averaged, and interval, p and TOST are over its ${n} weeks.`
          : `On ${market}, one market, they are over ${n} seeds, and say nothing of other bars.`
      ),
    ),
  ].map((line) => paragraph(line, "", "  "));
}

/** Each reason once, with the contrasts that it is of. */
function reasonsOf(claims: readonly ClaimResult[]): string[] {
  const reasons = [...new Set(claims.map(({ reason }) => reason).filter((reason) => reason !== ""))];
  return reasons.map((reason) => {
    const own = claims.filter((claim) => claim.reason === reason);
    const who = own.length === claims.length
      ? "all"
      : own.map(({ name, market }) => `${name} on ${market}`).join(", ");
    return paragraph(`No verdict (${who}): ${reason}.`, "", "  ");
  });
}

/** Each pair of arms once. */
function manipulationsOf(claims: readonly ClaimResult[]): string[] {
  const lines = claims.flatMap(({ manipulations }) =>
    manipulations.map((one) => ({ ...one, arms: [...one.arms].sort() })).map((
      { arms: [a, b], market, pairs, fired, refusal },
    ) =>
      `  ${
        refusal === null ? "holds" : "FAILS"
      }  ${a} and ${b} differ where they say they do, ${market}: ${fired} of ${pairs} pairs`
    )
  );
  return [...new Set(lines)];
}
