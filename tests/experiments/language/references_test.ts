/** References of a run with language traders: they hear what the population asked, send nothing and pay for it. */
import assert from "node:assert/strict";
import { eventsOfType } from "popagent/events/event.ts";
import type { PopulationRunConfig } from "popagent/experiments/config.ts";
import { afterPopulation } from "popagent/experiments/population_run.ts";
import type { JobInput } from "popagent/experiments/jobs/job.ts";
import { type JobResult, jobResultJson } from "popagent/experiments/jobs/job_result.ts";
import { JOBS } from "popagent/experiments/jobs/registry.ts";
import { referencePrompts } from "popagent/experiments/language/references.ts";
import { scriptedModel, scriptMarket } from "popagent/experiments/language/scripted.ts";
import { createDesk } from "popagent/experiments/market.ts";
import type { Question } from "popagent/llm/language_model.ts";
import { panel, smallConfig } from "../../population/small_run.ts";
import { jobInput } from "../job_input.ts";

const base = smallConfig();
const CONFIG: PopulationRunConfig = {
  ...base,
  coins: ["BTC", "ETH"],
  iterations: 3,
  references: true,
  population: {
    ...base.population,
    size: 3,
    transferEvery: 1,
    transferTau: 1,
    committeeShare: 0.11,
    mirror: { ...base.population.mirror, rules: ["equal"] },
    agents: {
      analyst: null,
      researcher: null,
      trader: ["languageGeneral", "languageForecast", "momentum"],
      risk: null,
    },
    language: {
      ...base.population.language,
      model: "scripted-truth",
      every: 36,
      validRows: 60,
      mostCalls: 100_000,
      research: { analyst: "momentum", researcher: "bayesian" },
      mask: { coins: false, dates: false },
    },
  },
};

/** A job's input, and every question that is put through it. */
function inputOf(config: PopulationRunConfig, given: Partial<JobInput> = {}) {
  const asked: Question<unknown>[] = [];
  const desk = createDesk(panel, config, 2 ** 28);
  const model = scriptedModel("scripted-truth", scriptMarket(createDesk(panel, base, 2 ** 24)));
  const input = jobInput(desk, config, {
    openModel: () =>
      Promise.resolve({
        model: { ask: (question) => (asked.push(question), model.ask(question)) },
        mostCalls: 2,
        close: () => {},
      }),
    ...given,
  });
  return { input, asked };
}

const paid = ({ strategies }: JobResult, name: string) =>
  strategies.find((one) => one.name === name)!.series!.modelCost.reduce((sum, x) => sum + x, 0);

Deno.test("issue 14: references hear what the population asked, without a second call, and pay for it", async () => {
  const { input, asked } = inputOf(CONFIG);
  const along = { followers: [JOBS.randomSwitching.follower!(input)] };
  const population = await JOBS.population.run({ ...input, ...along });
  assert.ok(asked.length > 0);
  assert.ok(population.aside!.length > 0, "the lessons left a prompt of the start unheard");
  const keys = referencePrompts(CONFIG.population, CONFIG.seed).map(({ key }) => key);
  assert.ok(["generalist", "forecastPlain", "sceptic"].every((key) => keys.includes(key)));

  const none = () => Promise.reject(new Error("a reference asked"));
  const after = afterPopulation(population);
  for (const job of ["selectionOnly", "singleAgent", "references"] as const) {
    const { input: deaf } = inputOf(CONFIG, { ...after, openModel: none });
    const heard = await JOBS[job].run(deaf);
    const { input: alone, asked: own } = inputOf(CONFIG);
    const self = await JOBS[job].run(alone);
    assert.equal(jobResultJson(heard), jobResultJson(self), `${job} as if it had asked itself`);
    assert.ok(own.length > 0 || job === "singleAgent", job);
    if (job === "references") {
      assert.ok(paid(heard, "ensemble") > 0 && paid(heard, "wholeCommittee") > paid(heard, "ensemble"));
      assert.ok(paid(heard, "fieldMirroredEqual") > 0 && paid(heard, "buyAndHold") === 0);
    }
    if (job === "selectionOnly") assert.ok(paid(heard, "selectionOnly") > 0);
  }

  // the placebo pays what the population pays, beside it and after it
  assert.equal(paid(population, "randomSwitching"), paid(population, "champion"));
  const { input: later } = inputOf(CONFIG, { ...after, openModel: none });
  assert.equal(paid(await JOBS.randomSwitching.run(later), "randomSwitching"), paid(population, "champion"));

  // who has references decides what it decides without them, and pays as much
  const { input: bare } = inputOf({ ...CONFIG, references: false });
  const single = await JOBS.population.run(bare);
  assert.equal(single.aside, undefined);
  assert.deepEqual(eventsOfType(single.events, "thought"), eventsOfType(population.events, "thought"));
  assert.equal(paid(single, "champion"), paid(population, "champion"));
});
