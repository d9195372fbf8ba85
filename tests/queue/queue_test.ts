/** Submitter and workers against a real Redis server; cells are stand-ins. */
import assert from "node:assert/strict";
import { Queue } from "bullmq";
import { openQueueCells, type QueueCells } from "popagent/adapters/queue/queue_cells.ts";
import { queueAddress } from "popagent/adapters/queue/queue_address.ts";
import { PREFIX, QUEUE } from "popagent/adapters/queue/queue_terms.ts";
import { connectionOf } from "popagent/adapters/queue/redis_connection.ts";
import { serveCells, type Serving } from "popagent/adapters/queue/serve_cells.ts";
import { serveBoard } from "popagent/adapters/queue/queue_board.ts";
import { sharedFolder } from "popagent/adapters/queue/shared_files.ts";
import type { SharedFiles } from "popagent/adapters/queue/shared_files.ts";
import type { Cells } from "popagent/experiments/ports/cells.ts";
import { freePort, type RedisServer, startRedis } from "../../tools/queue_redis.ts";
import { filesFor, requestNumbered } from "./tiny_cell.ts";

const CODE = "c".repeat(64), OTHER = "d".repeat(64);
const COST = { cpuSeconds: 1, wallSeconds: 1 };
const PASSWORD = "s3cret-of-the-test";
const env = (name: string) => name === "POPAGENT_REDIS_PASSWORD" ? PASSWORD : undefined;

let server: RedisServer | null = null, folder = "", databases = 0;
Deno.test.beforeAll(async () => {
  folder = await Deno.makeTempDir();
  server = await startRedis(folder, freePort(), "--requirepass", PASSWORD);
});
Deno.test.afterAll(async () => {
  await server?.stop();
  await Deno.remove(folder, { recursive: true });
});

/** What a test is given: a queue of its own, and what takes part in it, all ended with the test. */
interface Bench {
  readonly notices: string[];
  readonly shared: SharedFiles;
  submit(shared?: SharedFiles, priority?: number): Promise<QueueCells>;
  serve(
    cells: Cells["run"],
    terms?: { code?: string; shared?: SharedFiles; atATime?: number },
  ): Promise<Serving>;
  readonly address: ReturnType<typeof queueAddress>;
}

/** A test that needs a server says plainly where there is none. */
function withServer(
  name: string,
  use: (bench: Bench) => Promise<void>,
  options: Partial<Deno.TestDefinition> = {},
): void {
  Deno.test({
    name,
    ...options,
    fn: async () => {
      if (!server) {
        return console.log(
          "  runs without Redis: nothing was tried. Install it: apt-get install redis-server",
        );
      }
      const address = queueAddress(`${server.queue}/${databases++ % 16}`, env);
      const ends: (() => unknown)[] = [], notices: string[] = [];
      const onNotice = (line: string) => void notices.push(line);
      const shared = sharedFolder(`${folder}/${databases}`);
      const place = (key: string) => ({
        label: `full/${key.slice(0, 4)}`,
        again: `run --only ${key.slice(0, 4)}`,
      });
      try {
        await use({
          address,
          notices,
          shared,
          async submit(own = shared, priority = 0) {
            const cells = await openQueueCells({
              address,
              shared: own,
              code: CODE,
              priority,
              place,
              check: () => {},
              onNotice,
            });
            ends.push(cells.close);
            return cells;
          },
          async serve(run, { code = CODE, shared: own = shared, atATime = 1 } = {}) {
            const cells = { workers: atATime, run };
            const name = `worker${ends.length}`;
            const terms = { address, shared: own, code, cells, name, lockSeconds: 5, newsMs: 0, onNotice };
            const serving = await serveCells(terms);
            ends.push(() => (serving.stop(), serving.ended));
            return serving;
          },
        });
      } finally {
        for (const end of ends.reverse()) await end();
      }
    },
  });
}

/** Waits for what must come soon. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; !await holds(); tries++) {
    assert.ok(tries < 1000, "it must come");
    await new Promise((go) => setTimeout(go, 10));
  }
}

const ok: Cells["run"] = (request) => Promise.resolve({ files: filesFor(request), cost: COST });
const numbers = (count: number) => Array.from({ length: count }, (_, i) => requestNumbered(i));

withServer(
  "cells are run by whoever serves, each once, and come back as they were left",
  async ({ submit, serve }) => {
    const ran = [[], []] as string[][];
    const slow = (at: number): Cells["run"] => async (request, onProgress) => {
      ran[at]!.push(request.key);
      onProgress(1, 2);
      await new Promise((go) => setTimeout(go, 5));
      return await ok(request, onProgress);
    };
    const cells = await submit();
    await serve(slow(0));
    await serve(slow(1), { atATime: 2 });
    const requests = numbers(60), told: string[] = [];
    const answers = await Promise.all(
      requests.map((one) => cells.run(one, (done, of) => told.push(`${done}/${of}`))),
    );
    assert.deepEqual(answers.map(({ files }) => files), requests.map(filesFor));
    assert.deepEqual(answers[0]!.cost, COST);
    assert.deepEqual(ran.flat().sort(), requests.map(({ key }) => key).sort());
    assert.ok(ran[0]!.length > 0 && ran[1]!.length > 0);
    assert.ok(told.includes("1/2"));
    assert.equal(await cells.serving(), 2);
  },
);

withServer("a lower priority comes first", async ({ submit, serve }) => {
  const late = await submit(undefined, 9), soon = await submit(undefined, 2);
  const order: string[] = [];
  const requests = numbers(6);
  const waits = requests.map((one, i) => (i < 3 ? late : soon).run(one, () => {}));
  await new Promise((go) => setTimeout(go, 150)); // all of them are in the queue
  await serve((request) => (order.push(request.key), ok(request, () => {})));
  await Promise.all(waits);
  assert.deepEqual(order, [3, 4, 5, 0, 1, 2].map((i) => requests[i]!.key));
});

withServer(
  "a cell that fails is tried once, with its message and stack, and again when it is sent again",
  async ({ submit, serve }) => {
    let tries = 0;
    const cells = await submit();
    await serve((request) => {
      if (++tries > 1) return ok(request, () => {});
      return Promise.reject(
        Object.assign(new RangeError("poisoned"), { stack: "RangeError: poisoned\n  at cell.ts" }),
      );
    });
    await assert.rejects(cells.run(requestNumbered(0), () => {}), (error: Error) => {
      assert.deepEqual([error.message, /at cell\.ts/.test(error.stack!)], ["poisoned", true]);
      return true;
    });
    assert.equal(tries, 1);
    assert.deepEqual((await cells.run(requestNumbered(0), () => {})).files, filesFor(requestNumbered(0)));
  },
);

withServer(
  "a worker of another source, or without the rows, refuses, says so and ends; another takes the cell",
  async ({ submit, serve, notices }) => {
    const cells = await submit();
    const wrongSource = await serve(ok, { code: OTHER });
    const answer = cells.run(requestNumbered(0), () => {});
    assert.match(
      await wrongSource.ended ?? "",
      /refuses full\/\w{4}: its source must have the hash cccc.*: here it has dddd/,
    );
    const noRows = await serve(() =>
      Promise.reject(Object.assign(new Error("its rows must have the hash 1"), { refused: true }))
    );
    assert.match(await noRows.ended ?? "", /its rows must have the hash 1/);
    await serve(ok);
    assert.deepEqual((await answer).files, filesFor(requestNumbered(0)));
    assert.equal(notices.filter((line) => line.includes("refuses")).length, 2, notices.join("\n"));
  },
);

withServer(
  "a worker whose shared place is another refuses before it computes, another takes the cell",
  async ({ submit, serve, notices }) => {
    let computed = 0;
    const cells = await submit();
    const elsewhere = sharedFolder(`${folder}/elsewhere`);
    const astray = await serve((request) => (computed++, ok(request, () => {})), { shared: elsewhere });
    const answer = cells.run(requestNumbered(0), () => {});
    assert.match(
      await astray.ended ?? "",
      /its --share must be the place that the submitter names: .*not there/,
    );
    assert.equal(computed, 0);
    await serve(ok);
    assert.deepEqual((await answer).files, filesFor(requestNumbered(0)));
    assert.equal(notices.filter((line) => line.includes("--share")).length, 1, notices.join("\n"));
  },
);

withServer("where nothing can be left, nobody serves and nothing is sent", async ({ submit, serve }) => {
  await Deno.writeTextFile(`${folder}/file`, "");
  const nowhere = sharedFolder(`${folder}/file/below`);
  const said =
    /Cannot use --share as files must be written there: Cannot write .*a folder is wanted where a file stands/;
  await assert.rejects(serve(ok, { shared: nowhere }), said);
  await assert.rejects(submit(nowhere), said);
});

withServer(
  "what is no cell fails in the queue, and nobody stops for it",
  async ({ submit, serve, address }) => {
    const queue = new Queue(QUEUE, { connection: connectionOf(address), prefix: PREFIX });
    await queue.add("cell", { version: 1, run: "Deno.exit()" }, { jobId: "forged" });
    const cells = await submit();
    await serve(ok);
    assert.deepEqual((await cells.run(requestNumbered(0), () => {})).files, filesFor(requestNumbered(0)));
    const job = await queue.getJob("forged");
    await queue.close();
    assert.match(job!.failedReason, /Cannot run a cell of the queue as it must be one of this version/);
  },
);

withServer(
  "series that are not what their hash says count for nothing: the cell is run once more, then fails",
  async ({ submit, serve, shared }) => {
    let runs = 0, damaged = 1;
    const bad: SharedFiles = {
      ...shared,
      read: async (hash, kind) => {
        if (damaged-- > 0) throw new Error("changed on the way");
        return await shared.read(hash, kind);
      },
    };
    const cells = await submit(bad);
    await serve((request) => (runs++, ok(request, () => {})));
    assert.deepEqual((await cells.run(requestNumbered(0), () => {})).files, filesFor(requestNumbered(0)));
    assert.equal(runs, 2);
    damaged = 2;
    await assert.rejects(cells.run(requestNumbered(1), () => {}), /changed on the way/);
  },
);

withServer(
  "a shared place that fails for a moment is tried again, the cell is not lost",
  async ({ submit, serve, shared }) => {
    let fails = 1;
    const weak: SharedFiles = {
      ...shared,
      put: (content, kind) =>
        kind === "parquet" && fails-- > 0
          ? Promise.reject(new Error("the folder is away"))
          : shared.put(content, kind),
    };
    const cells = await submit();
    await serve(ok, { shared: weak });
    assert.deepEqual((await cells.run(requestNumbered(0), () => {})).files, filesFor(requestNumbered(0)));
  },
);

withServer(
  "a submitter that gives up takes out what waits and stops what runs; one that is lost finds its cells done",
  async ({ submit, serve, address }) => {
    const stopped: string[] = [];
    const first = await submit();
    let begun = () => {};
    const beginning = new Promise<void>((go) => begun = go);
    const worker = await serve((request, _, signal) =>
      new Promise((_resolve, reject) => {
        begun();
        signal!.addEventListener("abort", () => (stopped.push(request.key), reject(new Error("stopped"))));
      })
    );
    for (const one of numbers(3)) first.run(one, () => {}).catch(() => {});
    await beginning;
    await first.giveUp();
    const queue = new Queue(QUEUE, { connection: connectionOf(address), prefix: PREFIX });
    await until(async () => await queue.getActiveCount() === 0);
    assert.deepEqual([stopped.length, await queue.getWaitingCount()], [1, 0]);
    worker.stop();
    await worker.ended;

    let runs = 0;
    const second = await submit();
    second.run(requestNumbered(7), () => {}).catch(() => {});
    await until(async () => await queue.getWaitingCount() === 1);
    await second.close(); // and was never heard of again
    await serve((request) => (runs++, ok(request, () => {})));
    await until(async () => await queue.getCompletedCount() === 1);
    await queue.close();
    const third = await submit();
    assert.deepEqual((await third.run(requestNumbered(7), () => {})).files, filesFor(requestNumbered(7)));
    assert.equal(runs, 1);
  },
);

withServer("a worker that is stopped hands its cell back at once", async ({ submit, serve }) => {
  const cells = await submit();
  let begun = () => {};
  const beginning = new Promise<void>((go) => begun = go);
  const first = await serve((_, __, signal) =>
    new Promise((_resolve, reject) => {
      begun();
      signal!.addEventListener("abort", () => reject(new Error("stopped")));
    })
  );
  const answer = cells.run(requestNumbered(0), () => {});
  await beginning;
  first.stop();
  assert.equal(await first.ended, null);
  await serve(ok);
  assert.deepEqual((await answer).files, filesFor(requestNumbered(0)));
});

withServer(
  "without the password, or without a server, one line says what to do",
  async ({ address, shared }) => {
    const terms = {
      shared,
      code: CODE,
      priority: 0,
      place: () => ({ label: "", again: "" }),
      check: () => {},
      onNotice: () => {},
    };
    const { password: _, ...without } = address;
    await assert.rejects(
      openQueueCells({ ...terms, address: without }),
      /it wants another password. Set POPAGENT_REDIS_PASSWORD/,
    );
    const wrong = openQueueCells({ ...terms, address: { ...address, password: "guessed" } });
    await assert.rejects(
      wrong,
      (error: Error) => /wants another password/.test(error.message) && !error.message.includes("guessed"),
    );
    const nobody = queueAddress(`redis://127.0.0.1:${freePort()}`, () => undefined);
    await assert.rejects(
      openQueueCells({ ...terms, address: nobody }),
      /a Redis server must answer there: none does. Install one \(apt-get install redis-server\)/,
    );
  },
  { sanitizeOps: false, sanitizeResources: false },
); // ioredis leaves the clock of its first connection running

withServer(
  "the page shows cells to who brings the token, on this machine, and asks nothing of the web",
  async ({ submit, serve, address }) => {
    const cells = await submit();
    await serve(() => Promise.reject(new Error("poisoned")));
    await assert.rejects(cells.run(requestNumbered(0), () => {}));
    const board = await serveBoard(address, 0, "t0ken");
    try {
      const { origin } = new URL(board.url);
      const get = async (path: string, headers: Record<string, string> = {}) => {
        const answer = await fetch(`${origin}${path}`, { headers });
        return {
          status: answer.status,
          policy: answer.headers.get("content-security-policy"),
          text: await answer.text(),
        };
      };
      assert.equal((await get("/queue")).status, 403);
      assert.equal((await get("/queue?token=guessed")).status, 403);
      const page = await get("/queue?token=t0ken");
      assert.equal(page.status, 200);
      assert.match(page.policy!, /default-src 'none'.*connect-src 'self'/);
      assert.doesNotMatch(page.text, /fonts\.googleapis/);
      const cookie = { cookie: "popagent_queue=t0ken" };
      const script = /src="(static\/js\/main[^"]*)"/.exec(page.text)![1];
      assert.equal((await get(`/queue/${script}`, cookie)).status, 200);
      const listed = await get("/queue/api/queues?activeQueue=cells&status=failed&page=1", cookie);
      assert.match(listed.text, /"name":"full\/\w{4}, again: run --only/);
      assert.match(listed.text, /poisoned/);
      assert.doesNotMatch(listed.text + page.text, new RegExp(PASSWORD));
      const emptied = await fetch(`${origin}/queue/api/queues/cells/empty`, {
        method: "PUT",
        headers: cookie,
      });
      await emptied.body?.cancel();
      assert.ok(emptied.status >= 400, "the page is for looking alone");
    } finally {
      await board.close();
    }
  },
);
