/** Paper trades decide bar by bar: orders that come late have no place there. */
import assert from "node:assert/strict";
import { paperSession } from "popagent/mod.ts";
import { sessionConfig } from "popagent/cli/paper_session.ts";

const FLAGS = { exchange: "sim", limit: [], set: [] };

Deno.test("a paper session whose orders would come late is refused before anything is made", async () => {
  await assert.rejects(
    sessionConfig({ ...FLAGS, set: ["account.orderDelay=2"] }),
    /Cannot trade bar by bar as orders must meet the next open there: account\.orderDelay is 2\. Leave it out/,
  );
  await assert.rejects(
    paperSession({ data: { source: "synthetic" }, account: { orderDelay: 1 } }),
    /as orders must meet the next open there: account\.orderDelay is 1/,
  );
  assert.equal((await sessionConfig(FLAGS)).account.orderDelay, 0);
});
