/** What a scripted model reads of its messages: as much as a language model is sent, and nothing else. */
import type { Message } from "popagent/llm/chat_call.ts";

/** A question, read. */
export interface Seen {
  /** Everything that the first turn says: names the draws of faults. */
  readonly text: string;
  /** True for the turn in which it is told its mistake. */
  readonly isRepair: boolean;
  /** Symbol and time where they are shown. */
  readonly named: string | null;
  /** The forecast at the horizon that is asked about; null where no features are shown. */
  readonly forecast: SeenForecast | null;
  readonly changed: "paraphrase" | "fieldOrder" | "units" | null;
}

/** A forecast, in fractions. */
export interface SeenForecast {
  readonly mean: number;
  readonly sd: number;
  readonly pUp: number;
  /** As the text has them, for a rationale. */
  readonly cited: readonly string[];
}

/** Reads the messages of the benchmark. @throws {SyntaxError} If the user's message holds no observation. */
export function seenIn(messages: readonly Message[]): Seen {
  const [system, user] = messages as readonly [Message, Message];
  const shown = JSON.parse(user.content.split("\n")[0]!);
  const isPercent = system.content.includes("are in percent");
  const horizon = Number(/next (\d+) bars/.exec(system.content)?.[1]);
  const found = shown.research?.forecasts.find(({ bars }: { bars: number }) => bars === horizon);
  const unit = isPercent ? 100 : 1;
  return {
    text: system.content + user.content,
    isRepair: messages.some(({ role }) => role === "assistant"),
    named: typeof shown.closedAt === "string" ? placeOf(shown.asset, Date.parse(shown.closedAt)) : null,
    forecast: found
      ? {
        mean: found.mean / unit,
        sd: found.sd / unit,
        pUp: found.pUp,
        cited: [found.mean, found.sd, found.pUp].map((number) => String(Math.abs(number))),
      }
      : null,
    changed: isPercent
      ? "units"
      : system.content.startsWith("You decide on one")
      ? Object.keys(shown)[0] === "asset" ? null : "fieldOrder"
      : "paraphrase",
  };
}

/** What a coin and a time are remembered by. */
export function placeOf(coin: string, closedAt: number): string {
  return `${coin} ${closedAt}`;
}
