import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { inFolder } from "../cli/cli.ts";

Deno.test("deno task lab says in one line how to get JupyterLab where it is not installed", () =>
  inFolder(async (folder) => {
    const command = new Deno.Command(Deno.execPath(), {
      args: ["run", "-q", "-P=notebooks", "src/cli/lab.ts"],
      cwd: fileURLToPath(new URL("../../", import.meta.url)),
      env: { NO_COLOR: "1", PATH: folder },
    });
    const { code, stdout, stderr } = await command.output();
    assert.equal(code, 1);
    assert.equal(new TextDecoder().decode(stdout), "");
    assert.match(
      new TextDecoder().decode(stderr),
      /^JupyterLab is not installed: `pip install jupyterlab`.*deno task lab.*\n$/,
    );
  }));
