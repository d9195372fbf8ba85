import assert from "node:assert/strict";
import { PROJECT } from "popagent/adapters/files/project.ts";

Deno.test("deno doc finds nothing to complain of in src/mod.ts, from which the reference is made", async () => {
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["doc", "--lint", "src/mod.ts"],
    cwd: PROJECT,
    env: { NO_COLOR: "1" },
    stdout: "null",
  }).output();
  assert.equal(code, 0, new TextDecoder().decode(stderr));
});
