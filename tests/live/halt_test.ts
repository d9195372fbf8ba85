import assert from "node:assert/strict";
import { askedOf, sessionPlaces } from "popagent/adapters/exchange/session_folder.ts";
import { DECLARED_GUARDS } from "popagent/live/guards.ts";
import { smallSession } from "./small_session.ts";

Deno.test("a halt is heard before the next open: nothing is sent any more, and stops stay at the exchange", async () => {
  const HALT = 423;
  const { loop, journal, venue } = smallSession({ until: 430, asked: () => halted ? "halted" : null });
  let halted = false;
  while (await loop.bar()) halted ||= loop.row() >= HALT;
  const orders = journal.events().filter((one) => one.type === "order");
  const sent = orders.filter(({ to }) => to === "sent");
  assert.ok(sent.length > 0 && sent.every(({ row }) => row < HALT));
  assert.ok(orders.filter(({ row, to }) => row >= HALT && to === "refused").length > 0);
  const changes = journal.events().filter((one) => one.type === "guard");
  assert.deepEqual(changes.map(({ to, rule, row }) => [to, rule, row]), [["halted", "asked", HALT]]);
  assert.deepEqual((await venue.holdings()).resting, []);
  assert.ok(journal.events().filter((one) => one.type === "reconciliation").every(({ agrees }) => agrees));
});

Deno.test("a limit that the orders break refuses them, by its name", async () => {
  const { loop, journal } = smallSession({ until: 424, limits: { ...DECLARED_GUARDS, orderNotional: 1e-6 } });
  while (await loop.bar());
  const refused = journal.events().filter((one) => one.type === "order" && one.to === "refused");
  assert.ok(refused.length > 0);
  assert.ok(refused.every((one) => one.type === "order" && one.reason.startsWith("orderNotional: ")));
  assert.equal(loop.book()[1], 10_000, "not a cent has moved");
});

Deno.test("the file GUARD: its word counts, a word that is none halts, active is said once", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const places = sessionPlaces(folder, "one");
    await Deno.mkdir(places.folder);
    assert.equal(askedOf(places), null);
    const cases = [["reducing\n", "reducing"], ["halted", "halted"], ["stop!", "halted"], [
      "",
      "halted",
    ]] as const;
    for (const [text, state] of cases) {
      await Deno.writeTextFile(places.guard, text);
      assert.deepEqual([askedOf(places), askedOf(places)], [state, state]);
    }
    await Deno.writeTextFile(places.guard, "active");
    assert.deepEqual([askedOf(places), askedOf(places)], ["active", null]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
