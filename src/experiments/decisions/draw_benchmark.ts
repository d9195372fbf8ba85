import type { Pipeline } from "../../agents/agent.ts";
import type { Desk } from "../../agents/desk.ts";
import { BAR_MS } from "../../core/universe.ts";
import { promptNamed } from "../../inventory/trader/prompts/catalogue.ts";
import { observe, researchOf } from "../language/observe.ts";
import type { Benchmark, DecisionPoint } from "./benchmark.ts";
import { drawRows } from "./draw_rows.ts";
import { ruleDecision } from "./rules.ts";

/** A benchmark that is to be drawn. */
export interface BenchmarkRequest {
  readonly name: string;
  /** Where the bars come from, in words. */
  readonly source: string;
  readonly points: number;
  /** Key of the prompt that asks; it says how far ahead. */
  readonly prompt: string;
  readonly seed: number;
}

/**
 * Draws decision points from a market and freezes what is known at each and what came of it. Observations read rows <=
 * the decision's; only `move` and `traded` read on.
 *
 * @param pipeline Whose research is summed up in the observations, and whose trader is the rules-based control.
 */
export function drawBenchmark(desk: Desk, pipeline: Pipeline, request: BenchmarkRequest): Benchmark {
  const { panel } = desk.market, { horizon } = promptNamed(request.prompt);
  const research = researchOf(desk, pipeline);
  const drawn = drawRows(panel, { ...request, horizon, from: desk.from });
  const points = drawn.map(({ row, coin, trend, volatility }, i): DecisionPoint => {
    const { coin: name, open, close } = panel.coins[coin]!, end = close[row + horizon]!;
    return {
      id: `${i + 1}`.padStart(3, "0"),
      coin: name,
      closedAt: panel.openTime[row]! + BAR_MS,
      trend,
      volatility,
      observation: observe(research, row, coin, { coins: false, dates: false }),
      move: end / close[row]! - 1,
      traded: end / open[row + 1]! - 1,
      rules: ruleDecision(research, pipeline, row, coin, horizon),
    };
  });
  const { name, source, prompt, seed } = request;
  return {
    version: 1,
    name,
    source,
    synthetic: panel.source.kind === "synthetic",
    prompt,
    horizon,
    seed,
    points,
  };
}
