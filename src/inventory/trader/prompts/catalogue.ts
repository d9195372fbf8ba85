import type { Prompt } from "./prompt.ts";
import { SECTIONS } from "./prompt.ts";

/** A catalogue stays small: each prompt in play is asked about every coin at every decision. */
export const MOST_PROMPTS = 12;

/**
 * Every prompt that a language trader may listen to. A trader's genes are a probability for each, in this order; a new
 * prompt goes to the end, as genomes are stored by place.
 */
export const PROMPTS: readonly Prompt[] = [
  {
    key: "generalist",
    persona: "You weigh everything you are shown, and say so plainly where it does not add up to a view.",
    horizon: 6,
    aggressiveness: "balanced",
    shows: SECTIONS,
  },
  {
    key: "trendShort",
    persona: "You follow moves that are under way over a day or two, and leave when they stall.",
    horizon: 6,
    aggressiveness: "balanced",
    shows: ["prices", "research"],
  },
  {
    key: "trendLong",
    persona: "You follow moves of a week and more and sit through noise.",
    horizon: 42,
    aggressiveness: "balanced",
    shows: ["prices", "research", "market"],
  },
  {
    key: "trendBold",
    persona: "You ride strong moves with size while they last and stay out of everything else.",
    horizon: 12,
    aggressiveness: "bold",
    shows: ["prices", "research"],
  },
  {
    key: "reversalShort",
    persona: "You fade the last bars' move where it went further than volatility explains.",
    horizon: 2,
    aggressiveness: "balanced",
    shows: ["prices", "research"],
  },
  {
    key: "reversalCautious",
    persona: "You fade stretched moves of some days, and only in quiet markets without a trend.",
    horizon: 12,
    aggressiveness: "cautious",
    shows: ["prices", "research", "derivatives"],
  },
  {
    key: "crowding",
    persona: "You take the other side of crowded positions: extreme funding and one-sided accounts.",
    horizon: 18,
    aggressiveness: "balanced",
    shows: ["prices", "derivatives", "market"],
  },
  {
    key: "forecastPlain",
    persona: "You trade the research forecast as it stands where its expected move pays the costs.",
    horizon: 6,
    aggressiveness: "balanced",
    shows: ["research"],
  },
  {
    key: "forecastBold",
    persona: "You trade the research forecast with size wherever its expected move pays the costs.",
    horizon: 12,
    aggressiveness: "bold",
    shows: ["research"],
  },
  {
    key: "macro",
    persona: "You read the state of the whole market first and hold a coin only with it, never against it.",
    horizon: 18,
    aggressiveness: "balanced",
    shows: ["research", "market"],
  },
  {
    key: "newsReader",
    persona: "You ask what is news to the market and not yet in the price; without news you stay flat.",
    horizon: 12,
    aggressiveness: "balanced",
    shows: ["prices", "research", "news"],
  },
  {
    key: "sceptic",
    persona:
      "You doubt every signal: most are noise and every trade costs. You act only where several agree.",
    horizon: 12,
    aggressiveness: "cautious",
    shows: SECTIONS,
  },
];

/** Keys of all prompts, in the order of genes. */
export const PROMPT_KEYS: readonly string[] = PROMPTS.map(({ key }) => key);

/** The prompt of a key. @throws {RangeError} If the catalogue has none. */
export function promptNamed(key: string): Prompt {
  const found = PROMPTS.find((prompt) => prompt.key === key);
  if (found) return found;
  throw new RangeError(
    `Cannot find a prompt as its key must be one of ${PROMPT_KEYS.join(", ")}: current value is ${key}`,
  );
}
