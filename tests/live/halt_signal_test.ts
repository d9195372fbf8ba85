import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";

Deno.test("SIGUSR1 halts a session in a real process: nothing is sent from the next open on", async () => {
  const folder = await Deno.makeTempDir();
  const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));
  try {
    const child = new Deno.Command(Deno.execPath(), {
      args: [
        "run",
        "-A",
        "--no-check",
        `--config=${path("../../deno.json")}`,
        path("halting_process.ts"),
        folder,
      ],
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    const failed = new Response(child.stderr).text();
    let text = "";
    for await (const chunk of child.stdout.pipeThrough(new TextDecoderStream())) {
      if (text === "") child.kill("SIGUSR1"); // it trades, so it listens
      text += chunk;
    }
    const { code } = await child.status;
    assert.equal(code, 0, await failed);
    assert.deepEqual(JSON.parse(text.split("\n")[1]!), { guards: [["halted", "asked"]], sent: 0 });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
