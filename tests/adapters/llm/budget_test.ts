import assert from "node:assert/strict";
import { join } from "node:path";
import { openSpending } from "popagent/adapters/llm/spending.ts";
import { DOLLAR } from "popagent/llm/price.ts";
import { PROJECT } from "popagent/adapters/files/project.ts";
import { completion, LONG } from "../../llm/forms.ts";
import { inFolder } from "../../cli/cli.ts";
import { json, question, withProvider } from "./fake_provider.ts";

/** 100 tokens of prompt and 20 of output at 1 and 4 USD a million. */
const COST = 180e6;

Deno.test("issue 14: sixteen callers at once never exceed a cap by a cent, and use it as far as is safe", () =>
  withProvider(
    () => json(completion(LONG)),
    {
      provider: { atOnce: 16 },
      budget: { run: { dollars: 0.01 }, day: { dollars: 1 }, roles: { news: { dollars: 0.002 } } },
    },
    async ({ open, spent, arrived }) => {
      using model = await open();
      const roles = ["trader", "news"];
      const answers = await Promise.all(
        Array.from({ length: 16 }, async (_, caller) => {
          const own = [];
          for (let i = 0; i < 8; i++) {
            own.push(await model.ask(question(100 * caller + i, { role: roles[i % 2]! })));
          }
          return own;
        }),
      );
      const all = answers.flat();
      const made = all.filter(({ outcome }) => outcome.kind === "proposal").length;
      const refused = all.filter(({ outcome }) =>
        outcome.kind === "abstention" && outcome.reason === "budget"
      );
      assert.equal(made + refused.length, 128);
      assert.equal(arrived.length, made, "what was refused was not sent");
      assert.equal(spent().pico, made * COST, "to the picodollar");
      assert.ok(spent().pico <= 0.01 * DOLLAR);
      assert.ok(made >= 8 && refused.length > 60, `${made} of 128`);
      assert.match(JSON.stringify(refused[0]!.outcome), /may spend 0\.0\d+ USD/);
      const news = all.filter((_, i) =>
        i % 2 === 1
      ).filter(({ outcome }) => outcome.kind === "proposal").length;
      assert.ok(news * COST <= 0.002 * DOLLAR && news > 0, `${news} of the news`);
    },
  ));

Deno.test("issue 14: what sixteen callers are told they spent is what the journal holds, whatever came back", () => {
  const journal = openSpending(":memory:");
  const replies = [
    () => json(completion(LONG)),
    () => json("{}", 429, { "retry-after-ms": "40" }),
    () => json(completion(LONG, { usage: null })),
    () => json("oops", 503),
    () => new Response("<html>Sign in", { headers: { "content-type": "text/html" } }),
    () => json(completion("Buy!")),
    () => json(`{"error":{"code":402,"message":"Insufficient credits"}}`),
  ];
  return withProvider(
    (_, n) => replies[n % replies.length]!(),
    {
      provider: { atOnce: 16 },
      budget: { run: { dollars: 0.03 }, day: {}, roles: {} },
      journal: { ...journal, close: () => {} },
    },
    async ({ open }) => {
      using model = await open();
      const answers = await Promise.all(Array.from({ length: 96 }, (_, n) => model.ask(question(n))));
      const said = answers.flatMap(({ calls }) => calls).reduce(
        (sum, { dollars }) => sum + Math.round(dollars * DOLLAR),
        0,
      );
      assert.equal(journal.spentBy("r").pico, said);
      assert.ok(said > 0 && said <= 0.03 * DOLLAR);
      const reasons = new Set(
        answers.map(({ outcome }) => outcome.kind === "proposal" ? "proposal" : outcome.reason),
      );
      for (const one of ["proposal", "foreign", "quota", "budget"]) assert.ok(reasons.has(one as never), one);
      journal.close();
    },
  );
});

Deno.test("issue 14: nor do sixteen callers whose every call costs the most it can", () =>
  withProvider(
    () => json(completion(LONG, { usage: null })), // then the whole reservation is charged
    { provider: { atOnce: 16 }, budget: { run: { dollars: 0.01 }, day: {}, roles: {} } },
    async ({ open, spent, arrived }) => {
      using model = await open();
      const answers = await Promise.all(Array.from({ length: 16 }, (_, n) => model.ask(question(n))));
      const made = answers.filter(({ outcome }) => outcome.kind === "proposal");
      const most = made[0]!.calls[0]!.dollars * DOLLAR;
      assert.equal(arrived.length, made.length);
      assert.ok(made.length < 16 && spent().pico <= 0.01 * DOLLAR, `${made.length} calls`);
      assert.ok(spent().pico + 1.02 * most > 0.01 * DOLLAR, "and one call more would not have fitted");
    },
  ));

Deno.test("issue 14: a day's cap holds over runs, and the next day begins anew", () =>
  inFolder((folder) => {
    const journal = openSpending(join(folder, "spending.sqlite"));
    const caps = { run: {}, day: { dollars: 1 }, roles: {} };
    const noon = Date.UTC(2026, 10, 26, 12), most = { tokens: 1, pico: 0.6 * DOLLAR };
    const reserve = (run: string, now: number) =>
      journal.reserve({ run, role: "trader", model: "m" }, most, caps, now);
    const first = reserve("a", noon);
    assert.ok("id" in first);
    assert.ok("fault" in reserve("b", noon + 1));
    assert.ok("id" in reserve("b", noon + 12 * 3_600_000));
    journal.settle(first.id, { tokens: 1, pico: 0.1 * DOLLAR });
    journal.settle(first.id, { tokens: 0, pico: 0 });
    assert.equal(journal.spentBy("a").pico, 0.1 * DOLLAR, "settled once");
    assert.ok("id" in reserve("c", noon));
    journal.close();
    return Promise.resolve();
  }));

/** A program that reserves, sends and is killed before it can settle. */
const CALLER = `
import { openLanguageModel } from "popagent/adapters/llm/open_language_model.ts";
const { models, spending, folder, questions } = JSON.parse(Deno.args[0]);
const model = await openLanguageModel({ cassettes: "live", models, spending, folder, run: "r" });
console.log("ready");
await Promise.all(questions.map((one) => model.ask({ ...one, form: null })));
`;

Deno.test("issue 14: killed in the middle of calls, a run goes on within what its cap leaves", () => {
  const gone = Promise.withResolvers<void>();
  let isKilled = false;
  return withProvider(
    async () => {
      if (!isKilled) await gone.promise; // nobody gets an answer before the kill
      return json(completion(LONG));
    },
    { provider: { atOnce: 16 }, budget: { run: { dollars: 0.01 }, day: {}, roles: {} } },
    async ({ folder, open, spent, arrived }) => {
      using known = await open();
      const spending = join(folder, "spending.sqlite");
      const questions = Array.from({ length: 8 }, (_, n) => question(n, { form: null }));
      const script = join(folder, "caller.ts");
      await Deno.writeTextFile(script, CALLER);
      const child = new Deno.Command(Deno.execPath(), {
        args: [
          "run",
          "-A",
          "--no-check",
          `--config=${join(PROJECT, "deno.json")}`,
          script,
          JSON.stringify({ models: known.models, spending, folder, questions }),
        ],
        stdout: "null",
        stderr: "null",
      }).spawn();
      for (let i = 0; i < 400 && arrived.length < 8; i++) {
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
      const sent = arrived.length;
      child.kill("SIGKILL");
      await child.status;
      isKilled = true;
      gone.resolve();
      const standing = spent().pico;
      assert.equal(sent, 8);
      assert.ok(standing >= 8 * COST, "what was sent is counted at the most it can cost");
      const rest = await Promise.all(Array.from({ length: 32 }, (_, n) => known.ask(question(100 + n))));
      const made = rest.filter(({ outcome }) => outcome.kind === "proposal").length;
      assert.equal(spent().pico, standing + made * COST);
      assert.ok(spent().pico <= 0.01 * DOLLAR && made < 32);
      const really = (sent + made) * COST; // had the provider charged for every request
      assert.ok(really <= 0.01 * DOLLAR);
    },
  );
});
