import assert from "node:assert/strict";
import { inFolder } from "./cli.ts";
import { warmPopagent } from "./warm.ts";

const popagent = warmPopagent();

Deno.test("issue evidence B4: a flag that changes nothing in a world is refused; A2 and C10: so are markets of the specialist, and a file that is not there", () =>
  inFolder(async (folder) => {
    const refused = async (...flags: string[]) => {
      const { code, stderr } = await popagent(folder, "validate", ...flags);
      assert.equal(code, 1, flags.join(" "));
      assert.doesNotMatch(stderr, /fault of PopAgent/);
      return stderr;
    };
    const idle = (world: string, flag: string) =>
      new RegExp(`Cannot validate ${world} with ${flag} as it would change nothing: leave it out`);
    assert.match(await refused("planted", "--stored"), idle("planted", "--stored"));
    assert.match(await refused("null", "--ic", "0.06"), idle("null", "--ic"));
    assert.match(await refused("ladder", "--stored", "--ic", "0.06"), idle("ladder", "--ic"));
    assert.match(
      await refused("ladder", "--stored", "--first", "821"),
      idle("ladder", "--stored and --first"),
    );
    assert.match(await refused("execution", "--workers", "2"), idle("execution", "--workers"));
    assert.match(await refused("news", "--store", "data"), idle("news", "--store"));
    assert.match(await refused("drawdown", "--ic", "0.1"), idle("drawdown", "--ic"));
    assert.match(await refused("ladder", "--set", "seed=1"), /its rungs are asked of the default settings/);
    assert.match(
      await refused("ladder", "--first", "1"),
      /must not be those that the specialist of L5 was made on, 1 to 8: current value is 1 to 20\. Give --first 821 --markets 20/,
    );
    assert.match(
      await refused("ladder", "--stored", "--out", "ladders.json"),
      /as ladders\.json must be there: nothing was run into it yet\. Run deno task popagent validate ladder --first 821 --markets 20/,
    );
  }));
