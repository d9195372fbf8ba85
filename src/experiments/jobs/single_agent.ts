import { seriesOfDeployed } from "../account_series.ts";
import { singleAgentLearner } from "../learners/single_agent.ts";
import { follow } from "../prequential.ts";
import { askingFor } from "./asking.ts";
import { declareJob, learnerContext, outcomeOf, strategiesOnly } from "./job.ts";

/** One drawn pipeline that learns alone, and the same one never changed. */
export const singleAgent = declareJob({
  hears: true,
  cost: { work: 0.12, first: 0.03, growth: 1, learns: false },
  strategies: {
    singleAgent: {
      label: "Single agent, learning",
      kind: "learner",
      note: "One drawn pipeline; 16 mutants are tried at every transfer step, the best of 17 goes on.",
    },
    fixedSingle: {
      label: "Single agent, fixed",
      kind: "reference",
      note: "The same drawn pipeline, never changed.",
    },
  },
  run: async (input) => {
    const context = learnerContext(input);
    const { iterations, history } = input.plan.window;
    const { ask, close } = await askingFor(input, context);
    const strategy = async (name: string, learns: boolean) => {
      const learner = singleAgentLearner(name, context, learns, ask);
      const before = learns ? 0 : iterations; // the second of two in one job: it does not begin at 0 again
      const onProgress = (done: number) => input.onProgress(before + done, 2 * iterations);
      const { bars } = await follow(learner, iterations, input.checkpoints, onProgress);
      const series = seriesOfDeployed(bars.single, input.desk.startingEquity, history);
      return outcomeOf(name, series);
    };
    try {
      return strategiesOnly([await strategy("singleAgent", true), await strategy("fixedSingle", false)]);
    } finally {
      close();
    }
  },
});
