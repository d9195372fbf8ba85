/**
 * A script that reads: it follows the news where it is shown any that leans one way, else the forecast. It knows no truth
 * and remembers nothing, so that what a cell of an experiment shows decides what it says. It is no language model, and
 * everything that shows its answers says so by its name.
 */
import type { TraderAnswer } from "./answer.ts";
import { observationSchema } from "./observation.ts";
import { short, statedQuantiles } from "./stated.ts";

/** The name of its model. */
export const SCRIPTED_READER = "scripted-reader";

/** Sentiment from which on news leans one way. */
const LEANS = 0.05;
/** Size and leverage of its answers, as those of the scripts that know the truth. */
const SIZE = 0.1, LEVERAGE = 2;

const shownSchema = observationSchema.pick({ research: true }).loose();

/** What it answers to the user's message of a prompt. */
export function readerAnswer(user: string): TraderAnswer {
  const [shown, ...fence] = user.split("\n");
  const news = fence.find((line) => line.startsWith("{"));
  const { research: { forecasts } } = shownSchema.parse(JSON.parse(shown!));
  const { mean, sd } = forecasts[1]!;
  const sentiment: number = news === undefined ? 0 : JSON.parse(news).asset.sentiment;
  const heeds = Math.abs(sentiment) >= LEANS, view = heeds ? sentiment : mean;
  return {
    rationale: `${SCRIPTED_READER}: a script, no model, follows the ${heeds ? "news" : "forecast"}, ${
      short(view)
    }`,
    action: view > 0 ? "long" : view < 0 ? "short" : "flat",
    size: SIZE,
    leverage: LEVERAGE,
    stop: 0,
    target: 0,
    confidence: 0.6,
    pUp: view > 0 ? 0.6 : view < 0 ? 0.4 : 0.5,
    quantiles: statedQuantiles(mean, sd),
  };
}
