import assert from "node:assert/strict";
import { openExchangeFile } from "popagent/adapters/exchange/exchange_file.ts";
import { openJournal } from "popagent/adapters/exchange/journal_file.ts";
import type { RecordedEvent } from "popagent/events/event.ts";
import { hashJson } from "popagent/core/hash.ts";
import { ExchangeFault } from "popagent/live/exchange.ts";
import { memoryJournal } from "popagent/live/memory_journal.ts";
import { smallSession } from "./small_session.ts";

const UNTIL = 432;

/** What must be the same however often a session was killed: all but the ways of orders. */
function bytesOf(events: readonly RecordedEvent[]): string {
  return hashJson(events.filter(({ type }) => type !== "order" && type !== "session"));
}

const whole = smallSession({ until: UNTIL });
while (await whole.loop.bar());
const expected = bytesOf(whole.journal.events());

/** Stands for the end of the process. */
class Killed extends Error {}

Deno.test("a session killed at its every seventh to sixteenth write or call goes on to the same bytes, its books in files", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const files = [`${folder}/journal.sqlite`, `${folder}/exchange.sqlite`] as const;
    let kills = 0, ended = false, from = 3;
    while (!ended) {
      using journal = openJournal(files[0], "process");
      using memory = openExchangeFile(files[1], "process");
      let left = from++ % 10 + 7;
      const die = () => {
        if (--left === 0) throw new Killed();
      };
      const killing = {
        ...journal,
        write: (entry: Parameters<typeof journal.write>[0]) => {
          journal.write(entry);
          die(); // after it was written and before it was acted on
        },
      };
      try {
        const { loop } = smallSession({
          journal: killing,
          exchange: memory.load(),
          save: (change) => {
            memory.save(change);
            die(); // the exchange has it, the session is not told
          },
          until: UNTIL,
        });
        while (await loop.bar());
        ended = true;
      } catch (error) {
        if (!(error instanceof Killed)) throw error;
        kills++;
      }
    }
    using journal = openJournal(files[0], "process");
    assert.equal(bytesOf(journal.events()), expected);
    assert.deepEqual(journal.point(), JSON.parse(JSON.stringify(whole.journal.point())));
    assert.ok(kills >= 5, `${kills} kills`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("an order that timed out after it was taken is looked up, not sent again", async () => {
  const journal = memoryJournal();
  const submitted: string[] = [];
  const { loop, venue } = smallSession({
    journal,
    until: UNTIL,
    through: (exchange) => ({
      ...exchange,
      submit: async (order) => {
        submitted.push(order.clientId);
        await exchange.submit(order);
        throw new ExchangeFault("timeout", "no answer");
      },
    }),
  });
  while (await loop.bar());
  assert.equal(new Set(submitted).size, submitted.length, "each was sent once");
  assert.ok(submitted.length > 3);
  assert.deepEqual(loop.book(), whole.loop.book());
  assert.equal((await venue.holdings()).cash, loop.book()[1]);
});

Deno.test("an order that a kill left approved, and that its bar gone through again does not make, is given up unsent", async () => {
  const folder = await Deno.makeTempDir();
  try {
    using file = openJournal(`${folder}/journal.sqlite`, "process");
    for (const journal of [memoryJournal(), file]) {
      const submitted: string[] = [];
      const { loop } = smallSession({
        journal,
        until: UNTIL,
        through: (exchange) => ({
          ...exchange,
          submit: (order) => {
            submitted.push(order.clientId);
            return exchange.submit(order);
          },
        }),
      });
      const order = {
        clientId: "left",
        coin: 0,
        quantity: -1,
        price: null,
        reduceOnly: true,
        worth: 1,
        leverage: 1,
        stop: 0,
        target: 0,
        untilRow: null,
      };
      journal.write({
        orders: [{ order, row: loop.row(), state: "approved", filled: 0, sentAt: 0, reason: "" }],
      });
      assert.deepEqual(journal.unsent().map(({ order: { clientId } }) => clientId), ["left"]);
      await loop.bar();
      assert.equal(journal.order("left")!.state, "cancelled");
      assert.deepEqual(journal.unsent(), []);
      assert.ok(!submitted.includes("left"));
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
