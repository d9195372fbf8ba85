/** A proof of forecasts as text: means, distributions, thresholds. */
import {
  forecastChecks,
  type ForecastProof,
  overAnalysts,
  skills,
} from "../../experiments/forecast_proof.ts";
import type { MeanMarket } from "../../experiments/forecast_mean.ts";
import type { WidthMarket } from "../../experiments/forecast_width.ts";
import { mean, standardDeviation } from "../../stats/moments.ts";
import { type PlainColumn, plainTable } from "./plain_table.ts";
import { paragraph } from "./paragraph.ts";
import { checkText } from "./validation_text.ts";

const left = (label: string): PlainColumn => [label, "left"];
const right = (label: string): PlainColumn => [label, "right"];

/** All tables of a proof. */
export function forecastProofText(proof: ForecastProof): string {
  return [
    ...(proof.mean.length > 0 ? [meanText(proof.mean, proof.settings.ic)] : []),
    ...(proof.width.length > 0 ? [widthText(`${proof.width.length} default markets`, proof.width)] : []),
    ...(proof.real.length > 0
      ? [widthText("Development rows of real bars", proof.real), accuracyText(proof.real)]
      : []),
    forecastChecks(proof).map((check) => paragraph(checkText(check), "", "  ")).join("\n"),
  ].join("\n\n");
}

function meanText(markets: readonly MeanMarket[], ic: number): string {
  const row = (name: string, of: (market: MeanMarket) => number) => {
    const values = markets.map(of), { length } = values;
    const error = length > 1 ? (standardDeviation(values) / Math.sqrt(length)).toFixed(4) : "-";
    return [name, mean(values).toFixed(4), error];
  };
  const names = Object.keys(markets[0]!.researchers);
  return `One-bar information coefficient, ${markets.length} planted markets of IC ${ic}, mean over five analysts\n${
    plainTable([left("Forecast"), right("IC"), right("SE")], [
      row("planted truth", ({ truth }) => truth),
      row("plain ridge (the floor)", ({ floor }) => overAnalysts(floor)),
      ...names.map((name) => row(name, ({ researchers }) => overAnalysts(researchers[name]!))),
      row("mean of all 25 forecasts", ({ together }) => together),
    ])
  }`;
}

function widthText(what: string, markets: readonly WidthMarket[]): string {
  return `${what}: distributions at the dense levels, coins and analysts together\n${
    plainTable(
      [left("Researcher"), right("Bars"), right("CRPS skill %"), right("Inside 90 %")],
      skills(markets).map(({ researcher, horizon, skill, covered }) => [
        researcher,
        `${horizon}`,
        (100 * skill).toFixed(2),
        (100 * covered).toFixed(1),
      ]),
    )
  }`;
}

function accuracyText(markets: readonly WidthMarket[]): string {
  return `Against climatology, Diebold-Mariano-HLN (negative: better than climatology)\n${
    plainTable(
      [left("Researcher"), right("Bars"), right("Rows"), right("t"), right("p")],
      markets.flatMap(({ accuracy }) =>
        accuracy.map(({ researcher, horizon, count, hln, p }) => [
          researcher,
          `${horizon}`,
          `${count}`,
          hln.toFixed(2),
          p.toFixed(3),
        ])
      ),
    )
  }`;
}
