/** The one further turn that a reply in the wrong form gets. */
import type { Message } from "./chat_call.ts";
import type { Verdict } from "./reading.ts";

/** Characters of the wrong reply that go back. */
const MOST_QUOTED = 4000;

/**
 * The conversation with the model's reply and what is wrong with it; null where asking again helps nothing: a
 * refusal stays a refusal, and the same bound would cut the same answer.
 */
export function repairTurn(
  messages: readonly Message[],
  verdict: Verdict<unknown>,
): readonly Message[] | null {
  if (verdict.kind === "empty") {
    return [...messages, { role: "user", content: "Your answer was empty. Give the JSON object." }];
  }
  if (verdict.kind !== "wrongSchema" && verdict.kind !== "noJson") return null;
  const faults = verdict.kind === "noJson"
    ? "It holds no JSON object."
    : `Its faults:\n${verdict.issues.map((one) => `- ${one}`).join("\n")}`;
  return [
    ...messages,
    { role: "assistant", content: verdict.text.slice(0, MOST_QUOTED) },
    {
      role: "user",
      content: `Your answer does not fit the form. ${faults}\nGive the whole JSON object again, mended.`,
    },
  ];
}
