import assert from "node:assert/strict";
import { cellJob, keysGivenUp, readCellJob } from "popagent/adapters/queue/cell_job.ts";
import { gatherCell, leaveCell } from "popagent/adapters/queue/gather_cell.ts";
import { packText, unpackText } from "popagent/adapters/queue/packed_text.ts";
import { sharedFolder } from "popagent/adapters/queue/shared_files.ts";
import { CELL_PARTS, type CellFiles } from "popagent/experiments/ports/cells.ts";
import { sha256 } from "popagent/core/hash.ts";
import { inFolder } from "../cli/cli.ts";
import { filesFor, requestNumbered } from "./tiny_cell.ts";

const CODE = "c".repeat(64);
const request = requestNumbered(1);
const place = { label: "full/m.1/1", again: "deno task experiment run m.yaml" };
const job = cellJob({ ...place, code: CODE, mark: sha256("mark"), request });
const sent = JSON.parse(JSON.stringify(job));

Deno.test("a cell crosses the queue as data: read by the schemas of files, the same afterwards", () => {
  const read = readCellJob(request.key, sent);
  assert.deepEqual(read, job);
  assert.deepEqual({ ...read.request, opening: null, checkpoints: null }, request);
});

Deno.test("what is no such cell is refused: another hash, version, setting, job, or anything beside", () => {
  const change = (more: object, config: object = {}) => ({
    ...sent,
    request: { ...sent.request, config: { ...sent.request.config, ...config } },
    ...more,
  });
  const wrong: readonly (readonly [unknown, RegExp])[] = [
    [change({ version: 1 }), /version/],
    [change({ code: "no" }), /must be a SHA-256/],
    [change({ command: "rm" }), /command/],
    [change({ again: "two\nlines" }), /must be one line/],
    [change({}, { seed: -1 }), /seed/],
    [change({}, { run: "code" }), /run/],
    [change({}, { startingEquity: undefined }), /each of them written out/],
    [{ ...sent, request: { ...sent.request, jobs: ["eval"] } }, /jobs/],
    [{ ...sent, request: { ...sent.request, checkpoints: "/etc" } }, /checkpoints/],
    ["rubbish", /expected object/],
  ];
  for (const [data, said] of wrong) assert.throws(() => readCellJob(request.key, data), said);
  assert.throws(() => readCellJob("0".repeat(64), sent), /must stand under its own hash/);
  const opening = { id: "x", log: "data/holdout.jsonl" };
  assert.throws(
    () => cellJob({ ...job, request: { ...request, opening } }),
    /none of their rows may be sealed/,
  );
});

Deno.test("packed text is unpacked under its own hash alone", () => {
  const text = "ä".repeat(5000), packed = packText(text);
  assert.ok(packed.length < 200);
  assert.equal(unpackText(packed, sha256(text)), text);
  assert.throws(() => unpackText(packed, sha256("other")), /must have the hash/);
  assert.throws(() => unpackText("AAAA", sha256(text)), /must be packed by gzip/);
});

Deno.test("what a cell left comes back as it was, large results by the shared place too; one changed byte is refused", () =>
  inFolder(async (folder) => {
    const shared = sharedFolder(folder);
    const more = { cost: { cpuSeconds: 1, wallSeconds: 1 }, worker: "here:1", starts: 1 };
    const kept = ({ series, events }: CellFiles) =>
      CELL_PARTS.filter((part) => ({ series, events })[part] !== null);
    const noise = Array.from({ length: 4000 }, (_, i) => sha256(`${i}`)).join("");
    for (const files of [filesFor(request), { result: noise, series: null, events: '{"kind":"x"}\n' }]) {
      const answer = { ...await leaveCell(files, shared), ...more };
      assert.equal(answer.packed === null, files.result === noise);
      assert.deepEqual(
        (await gatherCell(JSON.parse(JSON.stringify(answer)), kept(files), shared)).files,
        files,
      );
    }
    const answer = { ...await leaveCell(filesFor(request), shared), ...more };
    await assert.rejects(gatherCell(answer, [], shared), /must hold what was asked for: look at its series/);
    await assert.rejects(gatherCell(answer, ["series", "events"], shared), /look at its events/);
    const place = `${folder}/${answer.series!.slice(0, 2)}/${answer.series}.parquet`;
    await Deno.writeTextFile(place, "changed");
    await assert.rejects(gatherCell(answer, ["series"], shared), /must have the hash it is named by/);
    await Deno.remove(place);
    await assert.rejects(gatherCell(answer, ["series"], shared), /it is not there/);
    await assert.rejects(
      gatherCell({ ...answer, starts: 0 }, ["series"], shared),
      /must be one of this version/,
    );
  }));

Deno.test("a message that is none gives up no cell", () => {
  const key = "0".repeat(64);
  assert.deepEqual(keysGivenUp(JSON.stringify([key])), [key]);
  for (const message of ["", "{", "7", "null", '["rubbish"]', '{"0":1}']) {
    assert.deepEqual(keysGivenUp(message), []);
  }
});
