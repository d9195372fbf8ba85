import assert from "node:assert/strict";
import { eventsOfType } from "popagent/events/event.ts";
import type { Exchange, Holdings } from "popagent/live/exchange.ts";
import type { Journal } from "popagent/live/journal.ts";
import { COINS } from "../../tools/paper_mind.ts";
import { scriptedSession, START } from "./scripted_session.ts";

/** What the exchange says it holds is changed in some bars. */
const saying =
  (change: (holdings: Holdings, row: number) => Holdings) => (exchange: Exchange, row: () => number) => ({
    ...exchange,
    holdings: async () => change(await exchange.holdings(), row()),
  });
const guardsOf = (journal: Journal) =>
  eventsOfType(journal.events(), "guard").map(({ row, to, rule }) => [row, to, rule]);
const apartOf = (journal: Journal) =>
  eventsOfType(journal.events(), "reconciliation").filter(({ agrees }) => !agrees)
    .map(({ row, differences }) => [row, differences.map(({ what, name }) => `${what} ${name}`).join()]);
const sentOf = (journal: Journal) =>
  eventsOfType(journal.events(), "order").filter(({ to }) => to === "sent");

Deno.test("cash that differs by half a cent or less is agreed; by more it leaves reducing, is said once, and ends", async () => {
  for (const [gap, isSaid] of [[0.004, false], [0.006, true]] as const) {
    const { journal, take } = scriptedSession(
      saying((one, row) => row >= START + 3 && row < START + 7 ? { ...one, cash: one.cash + gap } : one),
    );
    const loop = take();
    for (let bar = 0; bar < 9; bar++) await loop.bar();
    // the exchange walks on before it is asked: row START + 3 is what the close of START + 2 hears
    const first = START + 2, over = START + 6;
    assert.deepEqual(apartOf(journal), isSaid ? [[first, "cash USDT"]] : []);
    assert.deepEqual(
      guardsOf(journal),
      isSaid ? [[first, "reducing", "reconciliation"], [over, "active", "reconciliation is over"]] : [],
    );
    const enlarged = sentOf(journal).filter(({ row, clientId }) =>
      row >= first && row < over && /[iol]$/.test(clientId)
    );
    assert.equal(enlarged.length > 0, !isSaid, "nothing that enlarges was sent meanwhile");
  }
});

Deno.test("a position that was never ordered halts before the first order, and it is said why", async () => {
  const { journal, take } = scriptedSession(saying((one) => ({
    ...one,
    positions: one.positions.map((held) =>
      held.coin === 1 ? { ...held, quantity: held.quantity + 2, entry: 9 } : held
    ),
  })));
  const loop = take();
  for (let bar = 0; bar < 5; bar++) await loop.bar();
  assert.deepEqual(guardsOf(journal), [[START - 1, "halted", "reconciliation"]]);
  assert.deepEqual(apartOf(journal), [[START - 1, `position ${COINS[1]}`]]);
  assert.deepEqual(sentOf(journal), []);
});

Deno.test("an order that rests and was never sent leaves reducing", async () => {
  const { journal, take } = scriptedSession(
    saying((one) => ({ ...one, resting: [...one.resting, "stranger"] })),
  );
  const loop = take();
  for (let bar = 0; bar < 3; bar++) await loop.bar();
  assert.deepEqual(guardsOf(journal), [[START - 1, "reducing", "reconciliation"]]);
  assert.deepEqual(apartOf(journal), [[START - 1, "order stranger"]]);
});

Deno.test("news of a fill that comes after the fill is no difference", async () => {
  let asks = 0;
  const { journal, take } = scriptedSession((exchange) => ({
    ...exchange,
    executions: async (after) => {
      const all = await exchange.executions(after);
      return ++asks % 3 === 0 ? all : all.slice(0, -1);
    },
  }));
  const loop = take();
  for (let bar = 0; bar < 12; bar++) await loop.bar();
  assert.deepEqual([apartOf(journal), guardsOf(journal)], [[], []]);
});

Deno.test("a session taken up while the exchange went on agrees with it, and a cent that went meanwhile is seen", async () => {
  for (const gap of [0, 0.01]) {
    let lost = 0;
    class Killed extends Error {}
    const { journal, venue, take } = scriptedSession((exchange) => ({
      ...exchange,
      holdings: async () => {
        const one = await exchange.holdings();
        return { ...one, cash: one.cash - lost };
      },
    }));
    const loop = take();
    for (let bar = 0; bar < 6; bar++) await loop.bar();
    const { write } = journal;
    let left = 8;
    Object.assign(journal, {
      write: (entry: Parameters<typeof write>[0]) => {
        write(entry);
        if (--left === 0) throw new Killed();
      },
    });
    await assert.rejects(loop.bar(), Killed);
    assert.ok((await venue.executions(journal.point()!.booked)).length > 0, "the exchange is ahead");
    lost = gap;
    await take().bar();
    const row = START + 5;
    assert.deepEqual(apartOf(journal), gap === 0 ? [] : [[row, "cash USDT"]]);
    assert.deepEqual(guardsOf(journal), gap === 0 ? [] : [[row, "reducing", "reconciliation"]]);
  }
});
