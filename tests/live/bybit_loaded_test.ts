/** What of Bybit's trading is loaded when, by which task it may be reached, and requests of another library. */
import assert from "node:assert/strict";
import { COMMAND_NAMES } from "popagent/cli/commands.ts";
import { bybitServer } from "./bybit_server.ts";
import { KEYS } from "./small_bybit.ts";
import requests from "../fixtures/bybit/ccxt_requests.json" with { type: "json" };

interface SignedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string | null;
}

const ROOT = new URL("../../", import.meta.url);
/** Imports that are followed when a module is loaded: neither those of types nor those that are asked for later. */
const LOADING = /^(?:import|export) (?!type )[^;]*?from "([^"]+)"/gm;

Deno.test("nothing of Bybit's account is loaded unless it is asked for, and ccxt never", async () => {
  const found = new Set<string>(), packages = new Set<string>();
  const visit = async (url: URL): Promise<void> => {
    if (found.has(url.href)) return;
    found.add(url.href);
    for (const [, specifier] of (await Deno.readTextFile(url)).matchAll(LOADING)) {
      if (specifier!.startsWith(".")) await visit(new URL(specifier!, url));
      else packages.add(specifier!);
    }
  };
  const trading = () =>
    [...found].filter((href) => href.includes("/exchange/bybit/")).map((href) => href.split("/").at(-1));
  const entries = ["mod.ts", "cli/main.ts", ...COMMAND_NAMES.map((name) => `cli/commands/${name}.ts`)];
  for (const entry of entries) await visit(new URL(`src/${entry}`, ROOT));
  assert.ok(found.size > 300 && packages.has("zod"), "what is loaded was found");
  assert.deepEqual(trading(), ["hosts.ts"], "the names alone");
  await visit(new URL("src/cli/bybit_session.ts", ROOT));
  assert.ok(trading().includes("signed_client.ts"), "and would be found where it is");
  assert.deepEqual([...packages].filter((name) => name.startsWith("ccxt")), []);
});

Deno.test("trading on Bybit has a set of permissions of its own: two hosts, two variables, no program", async () => {
  const { tasks, permissions } = JSON.parse(await Deno.readTextFile(new URL("deno.json", ROOT)));
  assert.match(tasks["paper-bybit"].command, / deno run -P=trade-bybit --no-prompt /);
  const { net, env, write, ...others } = permissions["trade-bybit"];
  assert.deepEqual(net, ["api-demo.bybit.com", "api-testnet.bybit.com"]);
  assert.deepEqual(env.allow.filter((name: string) => name.startsWith("BYBIT")), [
    "BYBIT_TESTNET_KEY",
    "BYBIT_TESTNET_SECRET",
  ]);
  assert.equal(env.ignore, true);
  assert.deepEqual(write, ["data"]);
  assert.deepEqual(Object.keys(others).sort(), ["read", "sys"]);
  assert.equal(permissions.trade.net, undefined, "the embedded exchange needs no network");
});

Deno.test("sessions that ask language models have sets of permissions of their own; the others reach none", async () => {
  const { tasks, permissions } = JSON.parse(await Deno.readTextFile(new URL("deno.json", ROOT)));
  const exchange = ["api-demo.bybit.com", "api-testnet.bybit.com"];
  for (
    const [task, set, hosts] of [["paper-language", "trade-language", []], [
      "paper-bybit-language",
      "trade-bybit-language",
      exchange,
    ]] as const
  ) {
    assert.match(tasks[task].command, new RegExp(` deno run -P=${set} --no-prompt `));
    const { net, env, write, ...others } = permissions[set];
    assert.deepEqual(net.filter((host: string) => host.includes("bybit")), hosts);
    assert.deepEqual(new Set(net), new Set([...permissions.language.net, ...hosts]));
    assert.ok(env.ignore && env.allow.includes("OPENAI_API_KEY"));
    assert.deepEqual(write, ["data"]);
    assert.deepEqual(Object.keys(others).sort(), ["read", "sys"]);
  }
  assert.ok(!permissions["trade-bybit"].net.includes("api.openai.com"));
});

Deno.test("the local server takes requests that ccxt 4.5.84 signed, and none that is changed by a byte", async () => {
  await using server = bybitServer(KEYS.key, KEYS.secret); // its clock stands at the fixture's time
  const codeOf = async ({ method, path, headers, body }: SignedRequest) => {
    const response = await fetch(`${server.address}${path}`, {
      method,
      headers,
      body,
    });
    return (await response.json()).retCode;
  };
  for (const one of requests as readonly SignedRequest[]) {
    const spaced = one.body === null ? null : one.body.replace(":", ": "); // the same JSON
    const path = one.body === null ? `${one.path}&limit=1` : one.path;
    assert.equal(await codeOf({ ...one, path, body: spaced }), 10004, one.path);
    assert.equal(await codeOf(one), 0, one.path);
  }
  server.world.now += 5001;
  assert.equal(await codeOf(requests[1] as SignedRequest), 10002, "later than the window");
  server.world.now -= 5001 + 1000;
  assert.equal(await codeOf(requests[1] as SignedRequest), 10002, "a second ahead");
});
