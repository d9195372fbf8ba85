import type { Pipeline } from "../../agents/agent.ts";
import { declaredGenomes } from "../../population/members.ts";
import type { MirrorRule } from "../../population/config.ts";
import { argmax } from "../../population/score.ts";
import { fieldSelection } from "../field_selection.ts";
import { meanMetrics } from "../metrics.ts";
import { additiveBest, hindsightBest } from "../references/field.ts";
import { fieldOf } from "../references/kept_field.ts";
import { mirroredField } from "../references/mirrored_field.ts";
import { PASSIVE, passiveSeries } from "../references/passive.ts";
import { plantedOracle, plantedOracleSeries } from "../references/planted_oracle.ts";
import { riskAgentReports } from "../references/risk_agents.ts";
import { tradePipeline } from "../references/trade.ts";
import { answersIn, chargesFor } from "../language/references.ts";
import { heardBy } from "./asking.ts";
import { declareJob, outcomeOf, strategiesOnly } from "./job.ts";
import { FIELD_MIRRORED_STRATEGIES, fieldMirrored } from "./mirrored.ts";

/** A window of the mirrored field counts as so many pipelines of the field: what both cost. */
const WINDOW_STEPS = 4;

/** The field, everything that is chosen from it, and what needs no agents. */
export const references = declareJob({
  cost: { work: 0.26, first: 0, growth: 1, learns: false },
  strategies: {
    ensemble: {
      label: "Ensemble of the field",
      kind: "reference",
      note:
        "Equal weight of all declared pipelines; capital is re-split each bar free of cost, which flatters it.",
    },
    wholeCommittee: {
      label: "Committee of the field",
      kind: "reference",
      note: "The mean target of all declared pipelines in one account, with real costs.",
    },
    ...FIELD_MIRRORED_STRATEGIES,
    staticShort: {
      label: "Static best (short)",
      kind: "reference",
      note:
        "The declared pipeline with the best Sharpe ratio over the scored rows before the first decision.",
    },
    staticShortAdditive: {
      label: "Static best (short, additive)",
      kind: "reference",
      note: "As static best, chosen role by role from mean scores over all partners.",
    },
    staticLong: {
      label: "Static best (long)",
      kind: "reference",
      note: "The declared pipeline with the best Sharpe ratio over all rows before the reported ones.",
    },
    staticLongAdditive: {
      label: "Static best (long, additive)",
      kind: "reference",
      note: "As static best (long), chosen role by role from mean scores over all partners.",
    },
    random: {
      label: "Random pipeline",
      kind: "reference",
      note: "Metric by metric the mean over the field: what a blind pick is expected to show.",
    },
    ...PASSIVE,
    hindsight: {
      label: "Hindsight best of the field",
      kind: "oracle",
      note:
        "oracle (hindsight): the field's best Sharpe ratio over the rows traded; nobody could have known it.",
    },
    plantedOracle,
  },
  sharedBySeeds: true,
  hears: true,
  run: async (input) => {
    const { plan, desk: bare, onProgress, onEarly = () => {} } = input;
    const heard = await heardBy(input), asks = heard.length > 0;
    const desk = asks
      ? { ...bare, proposals: answersIn(heard, plan.config.population.language.validRows) }
      : bare;
    const charged = (pipelines: readonly Pipeline[]) => chargesFor(pipelines, heard);
    const { from, history } = plan.window;
    const { config: { population, clock } } = plan, { iterations } = plan.window;
    const genomes = declaredGenomes(population.size, population.agents);
    const first = from - history, rows = history > 0 ? [first, from] : [first];
    const passive = passiveSeries(desk, from).map(({ name, series }) => outcomeOf(name, series));
    for (const { name, metrics } of passive) { // they need no learning: said as soon as they stand
      onEarly({ strategy: name, totalReturn: metrics.totalReturn, sharpe: metrics.sharpe, after: null });
    }
    const windows = WINDOW_STEPS * iterations;
    const walked = (done: number, total: number) => onProgress(done, total + windows);
    const field = fieldOf(desk, genomes, from, walked, rows, asks ? charged : undefined);
    const pipelines = field.pipelines.length;
    const mirrored = mirroredField({
      desk,
      genomes,
      config: population,
      clock,
      iterations,
      history,
      charges: charged(field.pipelines),
      onProgress: (done) => onProgress(pipelines + WINDOW_STEPS * done, pipelines + windows),
    });
    const chosen = (name: string, index: number) => {
      const pipeline = field.pipelines[index]!;
      return outcomeOf(name, tradePipeline(desk, pipeline, from, true, charged([pipeline])));
    };
    const chosenBefore = (row: number, best: string, additive: string) => {
      const past = field.past.get(row)!;
      return [chosen(best, argmax(past)), chosen(additive, additiveBest(field, past))];
    };
    const best = hindsightBest(field);
    const truth = plantedOracleSeries(desk, from);
    const strategies = [
      outcomeOf("ensemble", field.ensemble),
      outcomeOf("wholeCommittee", field.committee),
      ...Object.entries(mirrored).map(([rule, series]) =>
        outcomeOf(fieldMirrored(rule as MirrorRule), series)
      ),
      ...chosenBefore(first, "staticShort", "staticShortAdditive"),
      ...(history > 0 ? chosenBefore(from, "staticLong", "staticLongAdditive") : []),
      {
        name: "random",
        series: null,
        accounts: field.metrics.length,
        metrics: meanMetrics(field.metrics),
      },
      ...passive,
      chosen("hindsight", best),
      ...(truth ? [outcomeOf("plantedOracle", truth)] : []),
    ];
    const sharpes = field.metrics.map((metrics) => metrics.sharpe).sort((a, b) => a - b);
    const selection = fieldSelection(field.returns, best);
    return {
      ...strategiesOnly(strategies),
      field: { sharpes, selection, riskAgents: riskAgentReports(field) },
    };
  },
});
