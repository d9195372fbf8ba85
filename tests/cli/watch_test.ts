/** watch and status --follow as processes of their own, under the permissions that users give them. */
import assert from "node:assert/strict";
import { basename } from "node:path";
import { openJournal } from "popagent/adapters/exchange/journal_file.ts";
import { sessionPlaces } from "popagent/adapters/exchange/session_folder.ts";
import { PROJECT } from "popagent/adapters/files/project.ts";
import { guard } from "../admin/small_events.ts";
import { barEvents, madeSession } from "../live/made_session.ts";
import { inFolder, popagent } from "./cli.ts";

/** Gives what a command has printed after each line, then interrupts it. @returns Its exit code. */
async function heard(
  args: readonly string[],
  hear: (printed: string) => Promise<boolean> | boolean,
): Promise<number> {
  const process = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "-P=watch",
      "--allow-net=127.0.0.1:0",
      "--no-prompt",
      "--no-check",
      "src/cli/main.ts",
      ...args,
    ],
    cwd: PROJECT,
    stdout: "piped",
    stderr: "null",
  }).spawn();
  let printed = "";
  for await (const text of process.stdout.pipeThrough(new TextDecoderStream())) {
    printed += text;
    if (await hear(printed)) {
      process.kill("SIGINT");
      break;
    }
  }
  return (await process.status).code;
}

Deno.test("watch shows the newest session and status --follow tells it; both read alone and end with Ctrl-C", async () => {
  await Deno.mkdir(`${PROJECT}/data`, { recursive: true });
  const folder = await Deno.makeTempDir({ dir: `${PROJECT}/data`, prefix: "watch-" });
  const out = `data/${basename(folder)}`;
  try {
    const { journal: path } = await madeSession(folder, "trading", 30);
    const size = (await Deno.stat(path)).size;
    const watching = heard(["watch", "--port", "0", "--out", out], async (printed) => {
      const [, url] = /shown at (http:\/\/127\.0\.0\.1:\d+\/[0-9a-f-]{36}\/)\n/.exec(printed) ?? [];
      if (url === undefined) return false;
      const page = await fetch(url);
      assert.match(await page.text(), /SYNTHETIC data[^]*−11,712/);
      const foreign = await fetch(url, { headers: { origin: "https://evil.example" } });
      assert.equal((await foreign.text(), foreign.status), 403);
      return true;
    });
    let steps = 0;
    const following = heard(["status", "--follow", "--out", out], (printed) => {
      const lines = printed.split("\n").slice(0, -1);
      if (steps === 0 && lines.length > 0) {
        assert.match(lines[0]!, /^2024-01-06 00:00 {2}[\d,.]+ USDT, drawdown .*: BTC \+0\.084/);
        assert.equal(lines.length, 1, "how it stands, in a line");
        using journal = openJournal(path, "process");
        journal.write({ events: [...barEvents(30), guard(30, "halted")] });
        steps = 1;
      }
      if (lines.length < 4) return false;
      assert.match(lines[1]!, /^2024-01-06 04:00 {2}/);
      assert.match(lines[2]!, /Guard: 30 active to halted: drawdown$/);
      assert.match(lines[3]!, /!! critical guardHalted: /);
      assert.ok(!printed.includes("\x1b"), "no terminal, no signs for one");
      return true;
    });
    assert.deepEqual(await Promise.all([watching, following]), [130, 130]);
    assert.ok((await Deno.stat(path)).size >= size);
    const names = [...Deno.readDirSync(sessionPlaces(folder, "trading").folder)].map(({ name }) => name);
    assert.deepEqual(names.filter((name) => !name.startsWith("journal.sqlite")), ["session.json"]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("watch and status --follow say what is wrong: no session, a name that is a path, JSON that never ends", () =>
  inFolder(async (folder) => {
    const said = await Promise.all([
      popagent(folder, "watch"),
      popagent(folder, "watch", "../../etc"),
      popagent(folder, "status", "--follow", "--json"),
    ]);
    assert.deepEqual(said.map(({ code, stdout }) => [code, stdout]), [[1, ""], [1, ""], [1, ""]]);
    assert.match(said[0]!.stderr, /Cannot find a session as a folder of one must be in data\/paper/);
    assert.match(said[1]!.stderr, /Cannot name a session so/);
    assert.match(said[2]!.stderr, /Cannot follow a session as JSON/);
  }));
