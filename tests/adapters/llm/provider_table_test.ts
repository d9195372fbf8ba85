/** Every provider of the table by everything that can come back: what is counted, what it costs, how often it is asked. */
import assert from "node:assert/strict";
import { readModels } from "popagent/adapters/llm/models_file.ts";
import { openSpending } from "popagent/adapters/llm/spending.ts";
import { THOUGHT_OUTCOMES } from "popagent/events/thought.ts";
import { ANSWER_FORM } from "popagent/experiments/language/answer.ts";
import { type ThoughtAnswer, thoughtOf } from "popagent/experiments/language/thought.ts";
import { drip } from "./drip.ts";
import { type Arrived, json, question, withProvider } from "./fake_provider.ts";
import { type Dialect, DIALECTS } from "./provider_dialects.ts";

const DECISION = {
  rationale: "RSI is 70.",
  action: "short",
  size: 0.2,
  leverage: 2,
  stop: 0.02,
  target: 0,
  confidence: 0.6,
  pUp: 0.4,
  quantiles: { p05: -0.05, p25: -0.02, p50: 0, p75: 0.02, p95: 0.05 },
};
const RIGHT = JSON.stringify(DECISION), WRONG = JSON.stringify({ ...DECISION, leverage: 99 });
/** Of the host that an entry of OpenRouter does not fix. */
const PRICE = { input: 1, output: 4, date: "2026-11-26", source: "a test" };
const page = (status: number) =>
  new Response("<html><body>Sign in", { status, headers: { "content-type": "text/html" } });

/** Replies in turn, from 0; null where a provider has nothing of the kind. */
type Replies = ((n: number) => Response | Promise<Response>) | null;

interface Case {
  readonly replies: (dialect: Dialect) => Replies;
  /** How it is counted, requests that were sent, and replies that were paid for; `most` where nobody can know. */
  readonly comes: readonly [counted: string, requests: number, paid: number | "most"];
  /** Of a caller that waits 20 ms. */
  readonly isHasty?: true;
}

/** Ends when the caller has given up. */
let silence = Promise.withResolvers<void>();
const always = (of: (dialect: Dialect) => Response): Case["replies"] => (dialect) => () => of(dialect);
const status = (of: (dialect: Dialect) => readonly [number, string] | null): Case["replies"] => (dialect) => {
  const one = of(dialect);
  return one && (() => json(one[1], one[0]));
};

/** The table: a case a line. */
const CASES: Readonly<Record<string, Case>> = {
  "happy path": { replies: always(({ says }) => json(says(RIGHT))), comes: ["answered", 1, 1] },
  "429 or busy, with retry-after": {
    replies: ({ limits: [code, text, headers], says }) => (n) =>
      n === 0 ? json(text, code, headers) : json(says(RIGHT)),
    comes: ["answered", 2, 1],
  },
  "a fault that passes": {
    replies: ({ fails: [code, text], says }) => (n) => n < 2 ? json(text, code) : json(says(RIGHT)),
    comes: ["answered", 3, 1],
  },
  "a fault that stays": { replies: status(({ fails }) => fails), comes: ["failed: serverFault", 5, 0] },
  "a gateway's page with 502": { replies: always(() => page(502)), comes: ["failed: serverFault", 5, 0] },
  "a slow stream": {
    replies: ({ says, keepsAlive }) => () => drip(keepsAlive + says(RIGHT), 3, 2),
    comes: ["answered", 1, 1],
  },
  "truncation": {
    replies: always(({ says }) => json(says(RIGHT.slice(0, 60), "length"))),
    comes: ["abstained: truncated", 1, 1],
  },
  "truncation that is not admitted": {
    replies: always(({ says }) => json(says(RIGHT.slice(0, 60)))),
    comes: ["abstained: truncated", 1, 1],
  },
  "fenced JSON": {
    replies: always(({ says }) => json(says("```json\n" + RIGHT + "\n```"))),
    comes: ["answered, mended", 1, 1],
  },
  "wrong schema, mended when told": {
    replies: ({ says }) => (n) => json(says(n === 0 ? WRONG : RIGHT)),
    comes: ["answered, mended", 2, 2],
  },
  "wrong schema, twice": {
    replies: always(({ says }) => json(says(WRONG))),
    comes: ["abstained: wrongSchema", 2, 2],
  },
  "a refusal": { replies: always(({ refuses }) => json(refuses)), comes: ["abstained: refused", 1, 1] },
  "HTML with 200": { replies: always(() => page(200)), comes: ["abstained: foreign", 1, "most"] },
  "no quota": { replies: status(({ isBroke }) => isBroke), comes: ["failed: quota", 1, 0] },
  "a wrong key": { replies: status(({ deniesKey }) => deniesKey), comes: ["failed: keyRefused", 1, 0] },
  "nothing but silence": {
    replies: () => () => silence.promise.then(() => json("{}")),
    comes: ["failed: timeout", 5, "most"],
    isHasty: true,
  },
  "no such model": { replies: status(({ lacksModel }) => lacksModel), comes: ["failed: modelUnknown", 1, 0] },
};

/** A thought in words, as a run's notes count it. */
function counted({ outcome, reason, repaired }: ThoughtAnswer): string {
  assert.ok(THOUGHT_OUTCOMES.includes(outcome));
  return outcome + (reason === null ? "" : `: ${reason}`) + (repaired ? ", mended" : "");
}

const table = await readModels();

for (const [name, dialect] of Object.entries(DIALECTS)) {
  Deno.test(`issue 14: whatever ${name} sends is counted, paid for and asked again as it should be`, () => {
    const card = table.models[dialect.model]!, provider = table.providers[card.provider]!;
    assert.equal(card.provider, name);
    let replies: Replies = null, n = 0;
    const journal = openSpending(":memory:");
    return withProvider(
      (_: Arrived) => replies!(n++),
      {
        card: { ...card, provider: "local", price: card.price ?? PRICE },
        provider,
        environment: provider.key === null ? {} : { [provider.key]: "a-key" },
        journal: { ...journal, close: () => {} },
      },
      async ({ open, arrived, slept }) => {
        using known = await open();
        const { local } = known.models.providers, { pathname } = new URL(provider.baseUrl);
        const baseUrl = new URL(pathname, local!.baseUrl).href;
        const modelWith = (timeoutSeconds: number) =>
          open({
            models: { ...known.models, providers: { local: { ...local!, baseUrl, timeoutSeconds } } },
          });
        using patient = await modelWith(20);
        using hasty = await modelWith(0.02);
        const seen = () => ({ spent: journal.spentBy("r").pico, sent: arrived.length, slept: slept.length });
        for (
          const [what, { replies: of, comes: [count, requests, paid], isHasty = false }] of Object.entries(
            CASES,
          )
        ) {
          replies = of(dialect);
          if (replies === null) continue;
          n = 0;
          silence = Promise.withResolvers();
          const before = seen();
          const answer = await (isHasty ? hasty : patient).ask({ ...question(), form: ANSWER_FORM });
          silence.resolve();
          const thought = thoughtOf(answer), after = seen(), pico = after.spent - before.spent;
          assert.equal(counted(thought), count, what);
          assert.equal(answer.calls.reduce((sum, { attempts }) => sum + attempts, 0), requests, what);
          if (!isHasty) assert.equal(after.sent - before.sent, requests, what);
          assert.equal(pico, Math.round(1e12 * thought.dollars), `${what}: journal and log say the same`);
          if (paid === "most") assert.equal(pico > dialect.pico, dialect.pico > 0, what);
          else assert.equal(pico, paid * dialect.pico, what);
          if (what.startsWith("429")) assert.deepEqual(slept.slice(before.slept), [2000], what);
        }
        journal.close();
        const path = `${pathname.replace(/\/$/, "")}/chat/completions`;
        assert.deepEqual([...new Set(arrived.map((one) => one.path))], [path]);
      },
    );
  });
}
