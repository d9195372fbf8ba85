/** What `deno task grid-trials` left: a grid has the same bytes whatever runs it, and lasts a night under kills. */
import assert from "node:assert/strict";

const stored = async (name: string) => JSON.parse(await Deno.readTextFile(`tests/results/${name}.json`));

Deno.test("issue 11: as stored, one hash by 1 to 8 workers, by merged shards and after kills", async () => {
  const { hashes, startsBeyondKills } = await stored("grid_same");
  assert.ok(Object.keys(hashes).length >= 6);
  assert.equal(new Set(Object.values(hashes)).size, 1);
  assert.equal(startsBeyondKills, 0);
});

Deno.test("issue 11: as stored, a night of cells with a kill every two minutes is complete, its memory flat, its ledger below 1 %", async () => {
  const night = await stored("grid_night");
  assert.ok(night.cells >= 300 && night.kills >= 3 && night.everySeconds === 120);
  assert.deepEqual([night.complete, night.failed, night.startsBeyondKills], [true, 0, 0]);
  assert.ok(night.ledgerShare.cpu < .01, `${night.ledgerShare.cpu}`);
  const peaks: number[] = night.peakMegabytesBySession, last = peaks.at(-1)!;
  assert.ok(last <= 1.1 * Math.min(...peaks.slice(0, -1)), "the session that ran longest holds no more");
});
