import assert from "node:assert/strict";
import { newsKeys, readNewsSettings } from "popagent/adapters/news/news_settings.ts";
import { PROJECT } from "popagent/adapters/files/project.ts";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cassettePath, readCassette } from "popagent/adapters/llm/cassettes.ts";
import { hostsOf, keyNamesOf, readModels } from "popagent/adapters/llm/models_file.ts";
import { openLanguageModel } from "popagent/adapters/llm/open_language_model.ts";
import { completion, LONG } from "../../llm/forms.ts";
import { tree } from "../../cli/cli.ts";
import { warmPopagent } from "../../cli/warm.ts";
import { json, question, type Setting, withProvider } from "./fake_provider.ts";

const popagent = warmPopagent();
const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const CANARY = "canary-4711-secret";
const keyed: Setting = { provider: { key: "SOME_KEY" }, environment: { SOME_KEY: CANARY } };
const nothing = () => {
  throw new Error("nothing may be sent");
};

async function cassettesOf(folder: string): Promise<Record<string, string>> {
  const files = (await tree(folder)).filter((path) => path.endsWith(".json"));
  return Object.fromEntries(
    await Promise.all(files.map(async (path) => [path, await Deno.readTextFile(join(folder, path))])),
  );
}

Deno.test("issue 14: a recorded run replays to the same bytes without a request, failures too", () =>
  withProvider(
    ({ body }, n) => {
      const [{ content }] = body.messages as [{ content: string }];
      if (content.includes("Question 1:")) return json("oops", 500);
      return json(completion(content.includes("Question 2:") && n % 2 === 0 ? "Buy!" : LONG));
    },
    keyed,
    async ({ open, arrived, folder }) => {
      const ask = async (request: object) => {
        using model = await open(request);
        return JSON.stringify(await Promise.all([0, 1, 2, 3, 0].map((n) => model.ask(question(n)))));
      };
      const recorded = await ask({ cassettes: "record" });
      const kept = await cassettesOf(folder);
      const sent = arrived.length;
      const replayed = await ask({ cassettes: "replay", ports: { transport: nothing, spending: null } });
      assert.equal(replayed, recorded.replaceAll(`"source":"provider"`, `"source":"cassette"`));
      assert.equal(arrived.length, sent);
      assert.deepEqual(await cassettesOf(folder), kept);
      assert.equal(
        arrived.filter(({ body }) => JSON.stringify(body).includes("Question 0:")).length,
        1,
        "one question, one call",
      );
      await ask({ cassettes: "record" });
      assert.equal(arrived.length, sent + 5, "recording again asks only what failed");
    },
  ));

Deno.test("issue 14: a miss in replay says what to record; a changed cassette is refused", () =>
  withProvider(() => json(completion(LONG)), {}, async ({ open, folder }) => {
    using replay = await open({ cassettes: "replay" });
    await assert.rejects(
      () => replay.ask(question()),
      /^UserError: Cannot replay a call of m for trader as \S+\.json must be there: .*Record it: .*--cassettes record/,
    );
    using record = await open({ cassettes: "record" });
    const { calls: [call] } = await record.ask(question());
    const path = cassettePath(folder, call!.hash);
    await replay.ask(question());
    await assert.rejects(
      () => replay.ask(question(0, { sample: 1 })),
      /sample 1/,
      "a repetition is another call",
    );
    await Deno.writeTextFile(path, (await Deno.readTextFile(path)).replace("RSI is 70", "RSI is 71"));
    await assert.rejects(() => readCassette(folder, call!.hash), /it was changed/);
    await Deno.writeTextFile(path, "{");
    await assert.rejects(() => replay.ask(question()), /must be JSON/);
  }));

Deno.test("issue 14: no key is in cassettes, outcomes, errors or the journal, not even one that a provider sends back", () =>
  withProvider(
    ({ headers }, n) =>
      n === 0
        ? json(
          JSON.stringify({ error: { message: `Incorrect API key provided: ${headers.authorization}` } }),
          401,
        )
        : n === 1
        ? json(completion(`You sent ${headers.authorization}`))
        : json(`oops ${headers.authorization}`, 500),
    keyed,
    async ({ open, folder, arrived }) => {
      using model = await open({ cassettes: "record" });
      const said = [
        JSON.stringify(await model.ask(question(0))),
        JSON.stringify(await model.ask(question(1, { form: null }))),
        JSON.stringify(await model.ask(question(2))),
      ].join("");
      assert.equal(arrived[0]!.headers.authorization, `Bearer ${CANARY}`, "it was sent");
      assert.match(said, /\[key\]/);
      assert.ok(!said.includes(CANARY));
      for (const path of await tree(folder)) {
        if ((await Deno.stat(join(folder, path))).isDirectory) continue;
        const bytes = new TextDecoder("latin1").decode(await Deno.readFile(join(folder, path)));
        assert.ok(!bytes.includes(CANARY), path);
        assert.ok(!/authorization"|Bearer /.test(bytes.replaceAll("Bearer [key]", "")), `${path}: a header`);
      }
      const bad = openLanguageModel({
        cassettes: "live",
        models: model.models,
        spending: join(folder, "s.sqlite"),
        ports: { environment: () => `${CANARY}\n${CANARY}` },
      });
      using wrong = await bad;
      await assert.rejects(
        () => wrong.ask(question()),
        (error: Error) => /Cannot use SOME_KEY/.test(error.message) && !Deno.inspect(error).includes(CANARY),
      );
    },
  ));

Deno.test("issue 14: the permissions of deno task llm and language name the hosts and variables of configs/models.yaml, and .env.example does", async () => {
  const models = await readModels();
  const { permissions, tasks } = JSON.parse(await Deno.readTextFile(join(ROOT, "deno.json")));
  const own = ["NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE"];
  for (const { net, env } of [permissions.llm, permissions.language]) {
    assert.deepEqual([...net].sort(), hostsOf(models));
    assert.deepEqual(env, { allow: [...own, ...keyNamesOf(models)], ignore: true });
  }
  assert.deepEqual(Object.keys(permissions.llm).sort(), ["env", "ffi", "net", "read", "sys", "write"]);
  for (const { ffi } of [permissions.llm, permissions.language]) {
    assert.deepEqual(ffi, permissions.run.ffi, "runs are made and read by polars, and nothing else");
  }
  assert.match(tasks.llm.command, /^deno run -P=llm --no-prompt /);
  const named = [...(await Deno.readTextFile(join(ROOT, ".env.example"))).matchAll(/^([A-Z0-9_]+)=$/gm)].map((
    [, name],
  ) => name);
  const read = Object.values<{ readonly env?: { readonly allow?: readonly string[] } }>(permissions)
    .flatMap(({ env }) => env?.allow ?? []).filter((name) => !own.includes(name));
  assert.deepEqual(
    named.sort(),
    [...new Set(read)].sort(),
    "every variable that a task may read, and no other",
  );
  for (
    const key of [
      ...keyNamesOf(models),
      ...newsKeys(await readNewsSettings(`${PROJECT}/configs/news.yaml`)),
    ]
  ) {
    assert.ok(named.includes(key), key);
  }
});

Deno.test("a table of models says which field is wrong", () =>
  withProvider(() => json(""), {}, async ({ folder }) => {
    const path = join(folder, "models.yaml");
    const good = await Deno.readTextFile(join(ROOT, "configs/models.yaml"));
    const wrong = async (from: string, to: string) => {
      assert.ok(good.includes(from), from);
      await Deno.writeTextFile(path, good.replace(from, to));
      return await readModels(path).then(() => "", (error: Error) => error.message);
    };
    assert.match(await wrong("provider: openai", "provider: opnai"), /models\.gpt-4\.1\.provider|opnai/);
    assert.match(
      await wrong("key: OPENAI_API_KEY", "key: sk-123"),
      /must be the name of a variable, never a key/,
    );
    assert.match(await wrong("limitField: max_tokens", "limit: 3"), /limitField/);
    assert.match(await wrong("2026-09-23", "yesterday"), /must be a day/);
    assert.match(
      await wrong("https://api.openai.com/v1", "https://api.openai.com/v1/chat/completions"),
      /baseUrl/,
    );
    assert.match(
      await wrong("https://api.openai.com/v1", "http://api.openai.com/v1"),
      /models\.yaml .*providers\.openai\.baseUrl: must be https where a key is sent/,
    );
    assert.equal(await wrong("https://api.openai.com/v1", "http://127.0.0.1:9999/v1"), "", "to this machine");
    assert.match(await wrong("https://api.openai.com/v1", "api"), /providers\.openai\.baseUrl: Invalid URL/);
    for (const month of ["2026-13", "2026-00"]) {
      assert.match(await wrong("cutoff: 2024-06", `cutoff: ${month}`), /must be a month/, month);
    }
    assert.match(await wrong("date: 2026-09-23", "date: 2026-02-30"), /must be a day/);
    for (const [field, value] of [["model", "gpt-4o"], ["n", "5"], ["stream", "true"], ["messages", "[]"]]) {
      assert.match(
        await wrong("    cutoff: 2024-06\n", `    cutoff: 2024-06\n    extra: { ${field}: ${value} }\n`),
        new RegExp(`models\\.yaml .*"gpt-4\\.1"\\]\\.extra\\.${field}: must be left out`),
      );
    }
    assert.match(await wrong("usage: { include: true }", "stream: true"), /openrouter\.extra\.stream: must/);
    assert.match(await wrong("models:\n", "models:\n  gpt-4o: {}\n"), /YAML/);
    assert.match(
      await readModels(join(folder, "none.yaml")).then(() => "", (error: Error) => error.message),
      /none\.yaml as it must exist/,
    );
  }));

/** What a module imports before it runs, packages included. */
async function importsOf(module: string): Promise<readonly string[]> {
  const command = new Deno.Command(Deno.execPath(), { args: ["info", "--json", module], cwd: ROOT });
  interface Edge {
    readonly isDynamic?: boolean;
    readonly code?: { readonly specifier?: string };
  }
  const { roots, modules, redirects } = JSON.parse(
    new TextDecoder().decode((await command.output()).stdout),
  ) as {
    readonly roots: readonly string[];
    readonly modules: readonly { readonly specifier: string; readonly dependencies?: readonly Edge[] }[];
    readonly redirects: Readonly<Record<string, string>>;
  };
  const known = new Map(modules.map((one) => [one.specifier, one]));
  const reached = new Set(roots);
  for (const at of reached) {
    for (const { isDynamic, code } of known.get(redirects[at] ?? at)?.dependencies ?? []) {
      if (!isDynamic && code?.specifier) reached.add(code.specifier);
    }
  }
  return [...reached];
}

Deno.test("issue 14: neither the library nor a command loads a client or a tokenizer before a model is called", async () => {
  for (const module of ["src/mod.ts", "src/cli/commands/llm.ts"]) {
    const names = await importsOf(module);
    assert.ok(names.some((one) => /npm:\/?zod@/.test(one)), "packages are seen");
    assert.deepEqual(names.filter((one) => /npm:\/?(openai|gpt-tokenizer|p-limit)\b/.test(one)), []);
  }
});

Deno.test("issue 14: popagent llm models, ask and plan from the command line", () =>
  withProvider(
    (_, n) => json(n === 0 ? completion("Good morning") : completion("", {}, "length")),
    {},
    async ({ open, folder, arrived }) => {
      using model = await open();
      const file = join(folder, "models.yaml"), cassettes = join(folder, "cassettes");
      await Deno.writeTextFile(file, JSON.stringify(model.models));
      await Deno.writeTextFile(join(folder, "prompts.txt"), "Good morning\n\nGood evening\nGood evening\n");
      const table = await popagent(folder, "llm", "models", "--models", file, "--json");
      assert.deepEqual(
        JSON.parse(table.stdout).models.map((
          { name, fault }: { name: string; fault: null },
        ) => [name, fault]),
        [["m", null]],
      );
      const flags = ["--model", "m", "--models", file, "--cassette-folder", cassettes];
      const plan = async () =>
        JSON.parse((await popagent(folder, "llm", "plan", "prompts.txt", ...flags, "--json")).stdout);
      const { calls, hits, toSend } = await plan();
      assert.deepEqual([calls, hits, toSend], [3, 1, 2], "the same prompt twice is one call");
      const told = await popagent(folder, "llm", "ask", ...flags, "--max-tokens", "50", "Good morning");
      assert.deepEqual([told.code, told.stdout], [0, "Good morning\n"]);
      assert.match(told.stderr, /plain: proposal, 1 request, 100 \+ 20 tokens, 0\.000180 USD/);
      const again = await popagent(
        folder,
        "llm",
        "ask",
        ...flags,
        "--max-tokens",
        "50",
        "--json",
        "Good morning",
      );
      assert.deepEqual([JSON.parse(again.stdout).calls[0].source, arrived.length], ["cassette", 1]);
      const cut = await popagent(folder, "llm", "ask", ...flags, "Good night");
      assert.deepEqual([cut.code, cut.stdout], [1, ""]);
      assert.match(cut.stderr, /No answer: truncated/);
    },
  ));
