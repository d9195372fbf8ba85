/** A session in a process of its own, until it is halted: the folder of sessions is its argument. */
import { haltOnSignal } from "popagent/adapters/exchange/halt_signal.ts";
import { askedOf, keepSession, sessionPlaces } from "popagent/adapters/exchange/session_folder.ts";
import { eventsOfType } from "popagent/events/event.ts";
import { scriptedSession } from "./scripted_session.ts";

const places = sessionPlaces(Deno.args[0]!, "one");
await keepSession(places, {
  version: 1,
  id: "s",
  exchange: "sim",
  config: {},
  history: 60,
  rowsHash: "",
  iterations: 1,
  limits: {},
});
const deaf = haltOnSignal(places);
const { journal, take } = scriptedSession((exchange) => exchange, {}, () => askedOf(places));
const loop = take();
for (let bar = 0; bar < 800 && eventsOfType(journal.events(), "guard").length === 0; bar++) {
  await loop.bar();
  if (bar === 0) console.log("trading");
  await new Promise((resolve) => setTimeout(resolve, 20));
}
const halted = loop.row();
for (let bar = 0; bar < 3; bar++) await loop.bar();
const sent = eventsOfType(journal.events(), "order").filter(({ to, row }) => to === "sent" && row >= halted);
console.log(
  JSON.stringify({
    guards: eventsOfType(journal.events(), "guard").map(({ to, rule }) => [to, rule]),
    sent: sent.length,
  }),
);
deaf();
