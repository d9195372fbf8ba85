/** Calls that are really sent: reserved, sent, settled, and patiently tried again. */
import type { Caller } from "../../llm/ask.ts";
import type { Amount } from "../../llm/budget.ts";
import type { ChatCall } from "../../llm/chat_call.ts";
import { isFree } from "../../llm/failure.ts";
import type { ServedModel } from "../../llm/ladder.ts";
import type { Caps, Price } from "../../llm/model_card.ts";
import { costOf, DOLLAR, mostCost } from "../../llm/price.ts";
import type { RawReply } from "../../llm/raw_reply.ts";
import { readReply } from "../../llm/reading.ts";
import { type RetryAdvice, retryAdvice } from "../../llm/retry.ts";
import { type Clock, type Gate, providerGate } from "./gate.ts";
import { type Environment, keyIn } from "./secrets.ts";
import type { Spending } from "./spending.ts";
import { estimator, tokenBound } from "./token_count.ts";
import type { Transport } from "./transport.ts";

/** What calls need of the world. */
export interface CallPorts extends Clock {
  /** Sends a call. */
  readonly transport: Transport;
  /** The journal that calls are charged in. */
  readonly spending: Spending;
  /** Where the keys are. */
  readonly environment: Environment;
  /** Uniform in [0, 1), for the jitter of waits. */
  readonly chance: () => number;
}

/** @param run The name under which everything is charged. */
export function providerCalls(run: string, caps: Caps, ports: CallPorts): Caller {
  const gates = new Map<string, Gate>();
  const gateOf = ({ card, provider }: ServedModel) => {
    const gate = gates.get(card.provider) ?? providerGate(provider.atOnce, ports);
    gates.set(card.provider, gate);
    return gate;
  };

  return async (call, served, role) => {
    const { provider, card, name } = served;
    const began = ports.now();
    const end = (reply: RawReply, attempts: number, pico: number) => ({
      reply,
      source: "provider" as const,
      attempts,
      latencyMs: ports.now() - began,
      dollars: pico / DOLLAR,
    });
    if (card.price === null) return end(unasked("priceUnknown", `${name} has no price in the table`), 0, 0);
    if (provider.key !== null && keyIn(ports.environment, provider.key) === null) {
      return end(
        unasked(
          "keyMissing",
          `the variable ${provider.key} is not set, or not for this task: set it, and start a task that may read it (docs/MODELS.md)`,
        ),
        0,
        0,
      );
    }
    const { price } = card, gate = gateOf(served), most = await mostOf(call, served, price);
    const long = await contextFault(call, served);
    if (long !== null) return end(unasked("tooLong", long), 0, 0);
    let spent = 0;
    for (let attempt = 1;; attempt++) {
      const { reply, pico, advice } = await gate.pass(async () => {
        const reservation = ports.spending.reserve({ run, role, model: name }, most, caps, ports.now());
        if ("fault" in reservation) {
          return { reply: unasked("budget", reservation.fault), pico: 0, advice: STOP };
        }
        const answer = await ports.transport(call, served);
        const charged = chargeOf(answer, most, price);
        if (charged) ports.spending.settle(reservation.id, charged);
        const next = adviceOn(answer, attempt, ports.chance());
        if (next.kind === "wait" && next.everyone) gate.closeUntil(ports.now() + next.ms); // before the next one passes
        return { reply: answer, pico: (charged ?? most).pico, advice: next };
      });
      spent += pico;
      if (advice.kind === "stop") return end(reply, reply.kind === "unasked" ? attempt - 1 : attempt, spent);
      if (!advice.everyone) await ports.sleep(advice.ms);
    }
  };
}

const STOP: RetryAdvice = { kind: "stop" };

/** What to do after a reply; an error that came with status 200 may pass, too. */
function adviceOn(reply: RawReply, attempt: number, chance: number): RetryAdvice {
  const { verdict } = readReply(reply, null);
  return verdict.kind === "failed" ? retryAdvice(verdict.failure, attempt, chance) : STOP;
}

/** The most that a call can use: every token of what is sent, what the provider adds, and the whole output. */
async function mostOf({ body }: ChatCall, { card, provider }: ServedModel, price: Price): Promise<Amount> {
  const bound = await tokenBound(card.tokenizer);
  const input = bound(JSON.stringify(body)) + provider.hiddenTokens;
  const output = Number(body[card.limitField]);
  return { tokens: input + output, pico: mostCost(input, output, price) };
}

/** Why a call does not fit the model's context, by estimate; some servers cut what is too long without a word. */
async function contextFault({ body }: ChatCall, { name, card }: ServedModel): Promise<string | null> {
  const count = await estimator(card.tokenizer);
  const input = count(JSON.stringify(body)), output = Number(body[card.limitField]);
  return input + output <= card.context
    ? null
    : `${name} has room for ${card.context} tokens: the prompt has about ${input}, the answer up to ${output}`;
}

/** What a reply is charged; null where nobody can know, and the reservation stays. */
function chargeOf(reply: RawReply, most: Amount, price: Price): Amount | null {
  const { verdict, usage } = readReply(reply, null);
  if (usage) return { tokens: usage.input + usage.output, pico: costOf(usage, price) };
  if (verdict.kind !== "failed") return most; // a reply without usage
  return isFree(verdict.failure) ? { tokens: 0, pico: 0 } : null;
}

function unasked(reason: (RawReply & { kind: "unasked" })["reason"], text: string): RawReply {
  return { kind: "unasked", reason, text };
}
