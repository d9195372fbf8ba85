import assert from "node:assert/strict";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readRun } from "popagent/adapters/runs/run_files.ts";
import { inFolder, only, tree } from "./cli.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const COMMIT = "0123456789abcdef0123456789abcdef01234567";
const SHORT = ["--iterations", "2", "--set", "market.rows=1000"];

interface DenoJson {
  readonly permissions: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly tasks: Readonly<Record<string, { readonly command: string }>>;
}
const settings = JSON.parse(await Deno.readTextFile(join(ROOT, "deno.json"))) as DenoJson;

/** Runs deno in a copy of the project, with its own packages and a commit that is checked out. */
async function inProject(
  use: (
    folder: string,
    deno: (env: Record<string, string>, ...args: string[]) => Promise<string>,
  ) => Promise<void>,
): Promise<void> {
  await inFolder(async (folder) => {
    for (const name of ["src", "configs", "deno.json", "deno.lock"]) {
      cpSync(join(ROOT, name), join(folder, name), { recursive: true });
    }
    await Deno.mkdir(join(folder, "tools"));
    await Deno.copyFile(join(ROOT, "tools/house.ts"), join(folder, "tools/house.ts"));
    await Deno.mkdir(join(folder, ".git"));
    await Deno.writeTextFile(join(folder, ".git", "HEAD"), `${COMMIT}\n`);
    const deno = async (env: Record<string, string>, ...args: string[]) => {
      const command = new Deno.Command(Deno.execPath(), {
        args,
        cwd: folder,
        env: { NO_COLOR: "1", ...env },
      });
      const { stdout, stderr } = await command.output();
      return new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
    };
    await deno({}, "install");
    await use(folder, deno);
  });
}

/** Tasks that may tell Slack and a mail server: the hosts of the environment, and no other. */
const TELLING = ["paper-notify", "paper-bybit", "paper-language", "paper-bybit-language"];

Deno.test("every session that reaches a network may tell of itself: hosts and variables of paper-notify beside its own", () => {
  const { allow } = settings.permissions["trade-notify"]!.env as { readonly allow: readonly string[] };
  for (const name of TELLING) {
    const { command } = settings.tasks[name]!;
    assert.match(
      command,
      /^HOSTS=\$\(deno run -P=notify-hosts --no-prompt src\/cli\/notify_hosts\.ts\) && /,
      name,
    );
    const { net = [], env } = settings.permissions[/ -P=(trade[\w-]*) /.exec(command)![1]!]! as {
      readonly net?: readonly string[];
      readonly env: { readonly allow: readonly string[] };
    };
    assert.deepEqual(/ --allow-net=(\S*) /.exec(command)?.[1]?.split(","), [...net, "$HOSTS"], name);
    assert.deepEqual(allow.filter((one) => !env.allow.includes(one)), [], name);
  }
});

Deno.test("every task that reads stored runs may load what reads their Parquet: llm distil and llm comment could not", () => {
  const { run } = settings.permissions;
  for (const name of ["llm", "language"]) {
    const { ffi, sys } = settings.permissions[name]!;
    assert.deepEqual({ ffi, sys }, { ffi: run!.ffi, sys: run!.sys }, name);
  }
});

Deno.test("findings J.8: every task that is given to users runs under a set of permissions, and none of them starts programs", () => {
  const users = ["popagent", "population", "multi", "run", "experiment"];
  for (const name of users) assert.match(settings.tasks[name]!.command, / deno run -P=run /);
  for (const [name, { command }] of Object.entries(settings.tasks)) {
    const told = TELLING.includes(name) ? / --allow-net=[\w.,:-]*\$HOSTS / : / $^/;
    assert.doesNotMatch(command.replace(told, " "), /(?<![\w-])-A\b|--allow-/, name);
  }
  const { run } = settings.permissions;
  assert.deepEqual(Object.keys(run!).sort(), ["env", "ffi", "read", "sys", "write"], "no run, no net");
  for (const kind of ["ffi", "read", "sys", "write"]) {
    assert.ok(Array.isArray(run![kind]), `${kind} is a list`);
  }
  const { allow, ignore } = run!.env as { readonly allow: readonly string[]; readonly ignore: boolean };
  assert.ok(Array.isArray(allow) && ignore, "what is not listed reads as not set");
  assert.deepEqual([run!.read, run!.write, run!.ffi], [["."], ["data", "figures", "paper", "results"], [
    "node_modules",
  ]]);
});

Deno.test("fetching has a set of permissions of its own: Bybit's public hosts, no key, no program", () => {
  assert.match(settings.tasks.fetch!.command, / deno run -P=fetch |^deno run -P=fetch /);
  const { net, write, ...others } = settings.permissions.fetch!;
  const hosts = net as readonly string[];
  assert.ok(hosts.includes("api.bybit.com"));
  assert.ok(
    hosts.every((host) => /^api\.(bybit|bytick|bybitgeorgia|manepa)\.[a-z]{2,3}$/.test(host)),
    hosts.join(),
  );
  assert.deepEqual(write, ["data"]);
  assert.deepEqual(Object.keys(others).sort(), ["env", "read", "sys"]);
  assert.deepEqual(others.env, settings.permissions.run!.env);
});

Deno.test("a queue has a set of permissions of its own: Redis on this machine and its page, data alone, no program", () => {
  for (const name of ["queue-experiment", "worker", "queue"]) {
    assert.match(settings.tasks[name]!.command, / deno run -P=queue /);
  }
  const { net, write, env, ...others } = settings.permissions.queue!;
  assert.deepEqual(net, ["127.0.0.1:6379", "localhost:6379", "127.0.0.1:8192"]);
  assert.deepEqual([write, Object.keys(others).sort()], [["data"], ["ffi", "read", "sys"]]);
  const { allow } = env as { readonly allow: readonly string[] };
  assert.ok(
    allow.every((name) => /^(NO_COLOR|FORCE_COLOR|CLICOLOR_FORCE|POPAGENT_REDIS_.*|AWS_.*)$/.test(name)),
  );
});

Deno.test("watching has a set of permissions of its own: it reads, and serves its page on this machine; it writes nothing", () => {
  assert.match(settings.tasks.watch!.command, / deno run -P=watch --no-prompt /);
  const { env, ...others } = settings.permissions.watch!;
  assert.deepEqual(others, { read: ["."], sys: ["statfs"], net: ["127.0.0.1:8193"] });
  assert.deepEqual(env, settings.permissions.run!.env);
});

/** What nothing that runs under the tasks' permissions may do. */
const FORBIDDEN: Readonly<Record<string, string>> = {
  "read a file of the machine": `Deno.readTextFileSync("/etc/hostname")`,
  "read beside the project": `Deno.readTextFileSync("../other")`,
  "write into the project": `Deno.writeTextFileSync("src/x.ts", "")`,
  "write beside it": `Deno.writeTextFileSync("../other", "")`,
  "start git": `new Deno.Command("git").outputSync()`,
  "start a shell": `new Deno.Command("sh").outputSync()`,
  "read a key": `if (!Deno.env.get("OPENAI_API_KEY")) throw new Deno.errors.NotCapable()`,
  "list the environment":
    `if (!Object.keys(Deno.env.toObject()).some((name) => /KEY|TOKEN|SECRET|USER/.test(name))) throw new Deno.errors.NotCapable()`,
  "reach the network": `await Deno.connect({ hostname: "127.0.0.1", port: 4711 })`,
  "load a library of the system": `Deno.dlopen("/lib/x86_64-linux-gnu/libc.so.6", {})`,
  "leave a link": `Deno.symlinkSync("/etc", "data/etc")`,
};

// What is written where: a run, with its report and its ledger, Parquet tables, CSVs, and what is printed.
const CANARY = "canary-4711-";
const SECRETS = [
  ...[
    "OPENAI_API_KEY",
    "ANTHROPIC_API_KEY",
    "BYBIT_API_KEY",
    "BYBIT_API_SECRET",
    "SLACK_WEBHOOK_URL",
    "SERPAPI_KEY",
  ],
  ...["AWS_SECRET_ACCESS_KEY", "GITHUB_TOKEN", "DATABASE_URL", "HOSTNAME", "USER", "POPAGENT_SECRET"],
];

Deno.test("findings J.8: under the tasks' permissions everything works, nothing else does, and no secret is written", () =>
  inProject(async (folder, deno) => {
    const secrets = Object.fromEntries(SECRETS.map((name) => [name, `${CANARY}${name}`]));
    const said = [
      await deno(
        secrets,
        "task",
        "population",
        "--config",
        "configs/smoke.yaml",
        "--iterations",
        "2",
        "--no-references",
      ),
      await deno(secrets, "task", "multi", ...SHORT, "--out", "data/multi"),
      await deno(secrets, "task", "popagent", "data", "features", "--rows", "1000"),
      await deno(secrets, "task", "popagent", "data", "synthetic", "--rows", "1000", "--out", "data/bars"),
      await deno(secrets, "task", "popagent", "data", "check", "--data", "data/bars"),
      await deno(secrets, "task", "run", "--coin", "BTC", "--config", "nowhere.yaml"),
      await deno(secrets, "task", "popagent", "figures", "--only", "equity", "--format", "svg,png,pdf,html"),
      await deno(secrets, "task", "popagent", "tables", "--only", "results", "--format", "tex,md,csv"),
      await deno(
        secrets,
        ...["task", "experiment", "run", "configs/experiments/smoke.yaml", "--only", "full/planted.1/1"],
      ),
    ];
    assert.match(said[0]!, /Report: data\/runs\/population-s1-\w+\/report\.html/);
    assert.match(said[1]!, /Report: data\/multi\/multi-s1-\w+\/report\.html/);
    assert.match(said[2]!, /BTC\.parquet/);
    assert.match(said[3]!, /were written to data\/bars/);
    assert.match(said[4]!, /Findings: /);
    assert.match(said[5]!, /nowhere\.yaml as it must exist/);
    for (const ending of ["svg", "png", "pdf", "html"]) {
      assert.match(said[6]!, new RegExp(`equity\\.${ending}`));
    }
    assert.match(said[7]!, /paper\/tables\/results\.tex/);
    assert.match(said[8]!, /smoke: 1 cell done now, 0 before, 0 failed\./);
    assert.doesNotMatch(said.join(""), /fault of PopAgent|NotCapable/);
    assert.ok(!said.join("").includes(CANARY));

    const files = (await tree(join(folder, "data"))).filter((path) => /\.\w+$/.test(path));
    assert.ok(files.length > 20);
    for (const file of files) {
      const path = join(folder, "data", file);
      if ((await Deno.stat(path)).isDirectory) continue;
      assert.ok(!new TextDecoder("latin1").decode(await Deno.readFile(path)).includes(CANARY), file);
    }
    const { provenance } = await readRun(await only(join(folder, "data", "runs")));
    assert.equal(provenance.git!.commit, COMMIT);
    assert.match(provenance.git!.sourceTree, /^[0-9a-f]{40}$/);

    const attempts = Object.entries(FORBIDDEN).map(([what, code]) =>
      `try { ${code}; console.log(${JSON.stringify(what)}, "WORKED"); } catch (e) { console.log(${
        JSON.stringify(what)
      }, e.name); }`
    );
    await Deno.writeTextFile(join(folder, "attempts.ts"), attempts.join("\n"));
    const tried = await deno(secrets, "run", "--no-check", "-P=run", "attempts.ts");
    for (const what of Object.keys(FORBIDDEN)) assert.ok(tried.includes(`${what} NotCapable`), tried);

    const outside = await deno(secrets, "task", "multi", ...SHORT, "--data", "/elsewhere");
    assert.match(
      outside,
      /Cannot read bars in \/elsewhere \(--data\) .*the tasks of this project may read its own folder/,
    );
    assert.doesNotMatch(outside, /fault of PopAgent/);
  }));

Deno.test("what is said of who reads keys is what deno.json lets: models' keys in MODELS.md and llm --help, Bybit's in .env.example", async () => {
  const readers = (key: string) =>
    Object.entries(settings.tasks).flatMap(([task, { command }]) => {
      const sets = [...command.matchAll(/ -P=([\w-]+)/g)].map(([, name]) => settings.permissions[name!]!);
      const reads = sets.some(({ env }) =>
        (env as { readonly allow?: readonly string[] } | undefined)?.allow?.includes(key)
      );
      return reads ? [task] : [];
    });
  const text = async (path: string) =>
    (await Deno.readTextFile(join(ROOT, path))).replace(/\s+(?:# )?/g, " ");
  const listed = (names: readonly string[], quote: string) =>
    `${names.slice(0, -1).map((name) => quote + name + quote).join(", ")} and ${quote}${
      names.at(-1)
    }${quote}`;
  const models = [...new Set([...readers("OPENAI_API_KEY"), ...readers("ANTHROPIC_API_KEY")])];
  const order = ["llm", "language", "news", "paper-language", "paper-bybit-language"];
  assert.deepEqual(models.toSorted(), order.toSorted());
  assert.ok((await text("docs/MODELS.md")).includes(`may read them: ${listed(order, "`")};`));
  assert.ok(
    (await text("src/cli/commands/llm.ts")).includes(`of the tasks ${listed(order, "")} may read them`),
  );
  const env = await text(".env.example");
  assert.ok(env.includes(`deno task ${listed(readers("BYBIT_TESTNET_KEY"), "")} alone read them`));
  const told = readers("SLACK_WEBHOOK_URL").filter((task) => task !== "notify-hosts");
  assert.ok(env.includes(`deno task ${listed(told, "")} alone read these`), told.join());
});
