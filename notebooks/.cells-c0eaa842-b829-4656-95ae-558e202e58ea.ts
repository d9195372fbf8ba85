export {}; // a module, so that await may stand at its top
import { divergenceTable, eventsOfType, eventSummary, paperSession, show } from "../src/mod.ts";

const settings = {
  data: { source: "synthetic" as const },
  market: { mode: "planted" as const, ic: 0.1, seed: 4, rows: 1000 },
  clock: { firstDecision: 419, stepRows: 18 },
  population: { size: 3 as const, committeeShare: 5 / 81, transferEvery: 1, mirror: { rules: [] } },
};
const session = await paperSession(settings, { bars: 20 });
console.log("SYNTHETIC bars. Equity", session.summary.equity.toFixed(2), "USDT after", session.summary.bars, "bars");
console.log("Orders by where they ended:", session.summary.orders);
;
const fills = eventsOfType(session.events, "fill").filter(({ kind }) => kind !== "funding");
console.log(fills.slice(0, 10).map(eventSummary).join("\n"));
;
const parts = await session.divergence();
await show(divergenceTable(parts));
;
const guarded = await paperSession(settings, {
  bars: 12,
  limits: { dailyLoss: 0.001 },
  asked: (row) => row >= 427 ? "halted" : null,
});
console.log(eventsOfType(guarded.events, "guard").map(eventSummary).join("\n"));
;
const refused = eventsOfType(guarded.events, "order").filter(({ to }) => to === "refused");
console.log(refused.slice(0, 8).map(eventSummary).join("\n"));
console.log(guarded.summary.orders, "guards:", guarded.summary.guard);
;
const agreed = eventsOfType(session.events, "reconciliation").filter(({ agrees }) => agrees).length;
const faults = parts.filter(({ fault }) => fault).length;
console.log(`Books and exchange agreed at ${agreed} of ${session.summary.bars} closes; parts beyond a limit: ${faults}.`);
;
