import assert from "node:assert/strict";
import { dispatcher } from "popagent/adapters/notify/dispatcher.ts";
import { fileNotifier } from "popagent/adapters/notify/file_notifier.ts";
import { openOutbox } from "popagent/adapters/notify/outbox.ts";
import { patience } from "popagent/adapters/notify/patience.ts";
import { slackNotifier } from "popagent/adapters/notify/slack_notifier.ts";
import type { Delivery, Notifier } from "popagent/admin/notices/notifier.ts";
import { DECLARED_RETRY, waitAfter } from "popagent/admin/notices/retry.ts";
import { inFolder } from "../../cli/cli.ts";
import { slackServer } from "./slack_server.ts";
import { CANARY, never, notice } from "./small_notices.ts";

const entry = (n: number, channels: readonly string[]) => ({
  notice: notice({ id: `small/alert-${n}-x`, title: `n${n}` }),
  channels,
});

/** A channel that answers as it is told, then takes everything; it keeps the titles that it took. */
function scripted(answers: (Partial<Delivery> & { sent: false })[]) {
  const taken: string[] = [], again: boolean[] = [];
  const notifier: Notifier = {
    channel: "slack",
    gapMs: 0,
    send: ({ title }, maybe) => {
      again.push(maybe);
      const next = answers.shift();
      if (next !== undefined) {
        return Promise.resolve({ why: "down", never: false, maybe: false, afterMs: null, ...next });
      }
      taken.push(title);
      return Promise.resolve({ sent: true });
    },
  };
  return { notifier, taken, again };
}

Deno.test("waits grow to ten minutes; a channel's own word counts, up to an hour", () => {
  const waits = [1, 2, 3, 8, 50].map((failures) => waitAfter(DECLARED_RETRY, failures, null));
  assert.deepEqual(waits, [5000, 10_000, 20_000, 600_000, 600_000]);
  assert.equal(waitAfter(DECLARED_RETRY, 1, 30_000), 30_000);
  assert.equal(waitAfter(DECLARED_RETRY, 1, 1e12), 3_600_000);
});

Deno.test("a failed notice is tried again after its wait, in order, said once, and not more often than allowed", () =>
  inFolder(async (folder) => {
    using outbox = openOutbox(`${folder}/notices.sqlite`);
    const { notifier, taken } = scripted([
      { sent: false },
      { sent: false, afterMs: 30_000 },
      { sent: false },
      { sent: false, never: true },
    ]);
    const waits: number[] = [], told: string[] = [];
    outbox.add([1, 2, 3, 4].map((n) => entry(n, ["slack"])), {});
    const post = dispatcher({
      outbox,
      notifiers: [notifier],
      retry: { ...DECLARED_RETRY, tries: 3 },
      tell: (text) => told.push(text),
      sleep: (ms) => (waits.push(ms), Promise.resolve()),
    });
    while (outbox.next("slack") !== null) await new Promise((resolve) => setTimeout(resolve, 1));
    await post.close(1000);
    assert.deepEqual(taken, ["n3", "n4"], "n1 was tried three times, n2 is not wanted");
    assert.deepEqual(waits.slice(0, 3), [5000, 30_000, 20_000]);
    assert.deepEqual(outbox.counts(["slack"]), { waiting: 0, abandoned: 2 });
    assert.equal(told.length, 2);
    assert.match(told[0]!, /slack does not take notices: down/);
    assert.match(told[1]!, /slack takes notices again/);
  }));

Deno.test("what was not sent is sent by the next start, what was sent is not sent again, what may have been is said so", () =>
  inFolder(async (folder) => {
    const path = `${folder}/notices.sqlite`;
    {
      using outbox = openOutbox(path);
      outbox.add([entry(1, ["slack"]), entry(2, ["slack"]), entry(3, ["slack"])], { events: 9 });
      const first = outbox.next("slack")!;
      outbox.ended("slack", first.number, "sent", false, "");
      outbox.trying("slack", outbox.next("slack")!.number); // killed while it was being sent
    }
    using outbox = openOutbox(path);
    outbox.add([entry(1, ["slack"]), entry(2, ["slack"])], { events: 9 }); // known already
    assert.deepEqual(outbox.marks(), { events: 9 });
    const { notifier, taken, again } = scripted([]);
    const post = dispatcher({ outbox, notifiers: [notifier], retry: DECLARED_RETRY, tell: () => {} });
    await post.close(1000);
    assert.deepEqual(taken, ["n2", "n3"]);
    assert.deepEqual(again, [true, false]);
  }));

Deno.test("a channel that hangs holds up nobody: neither others nor the end", () =>
  inFolder(async (folder) => {
    await using slack = slackServer();
    slack.answers.push("hang");
    using outbox = openOutbox(`${folder}/notices.sqlite`);
    outbox.add([entry(1, ["slack", "file:x"])], {});
    const file = scripted([]), told: string[] = [];
    const post = dispatcher({
      outbox,
      notifiers: [
        slackNotifier(slack.webhook, { fetch, now: Date.now, patienceMs: 60_000 }),
        { ...file.notifier, channel: "file:x" },
      ],
      retry: DECLARED_RETRY,
      tell: (text) => told.push(text),
    });
    const start = performance.now();
    await post.close(150);
    assert.ok(performance.now() - start < 5000);
    assert.deepEqual(file.taken, ["n1"]);
    const left = outbox.next("slack")!;
    assert.ok(left.maybe, "it may have arrived");
    assert.ok(!told.join().includes(CANARY));
  }));

Deno.test("a thread that computed while an answer came does not call it missing", async () => {
  using limit = patience(100, never);
  const end = performance.now() + 300; // three times the patience
  while (performance.now() < end);
  await new Promise((resolve) => setTimeout(resolve, 5));
  assert.ok(!limit.signal.aborted);
  await new Promise((resolve) => setTimeout(resolve, 200));
  assert.ok(limit.signal.aborted);
});

Deno.test("a file gets one line a notice, after a cut line too, and none twice; a full disk is a failure, no error", () =>
  inFolder(async (folder) => {
    const path = `${folder}/notices.jsonl`;
    await Deno.writeTextFile(path, '{"id":"cut');
    const channel = fileNotifier(path);
    assert.deepEqual(await channel.send(notice(), false, never), { sent: true });
    assert.deepEqual(await channel.send(notice(), true, never), { sent: true });
    const [cut, line, ...rest] = (await Deno.readTextFile(path)).split("\n");
    assert.deepEqual([cut, rest], ['{"id":"cut', [""]]);
    assert.equal(JSON.parse(line!).at, "2025-03-01T00:00:00.000Z");
    await Deno.remove(path);
    await Deno.mkdir(path); // what can no longer be written
    const delivery = await channel.send(notice(), false, never);
    assert.ok(!delivery.sent && !delivery.never);
    assert.throws(() => fileNotifier(`${folder}/none/x.jsonl`), /Cannot write/);
  }));
