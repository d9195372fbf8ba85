/** The limits of a paper session's guards beside what is measured now. */
import { count, decimal, percent } from "./format.ts";
import { left, right, sessionTable } from "./session_tables.ts";
import type { Table } from "./table.ts";

/** One limit. */
export interface LimitRow {
  /** As `--limit` names it. */
  readonly name: string;
  /** What it is at most. */
  readonly limit: number;
  /** What it is now; null where it is looked at order by order. */
  readonly now: number | null;
}

type Unit = "percent" | "times" | "count" | "minutes";

/** What each limit means, its unit, and where meeting it leads. */
const LIMITS: Readonly<Record<string, readonly [unit: Unit, what: string, then: string]>> = {
  drawdown: ["percent", "Below the highest equity", "halts"],
  dailyLoss: ["percent", "Lost since 00:00 UTC", "reducing until 00:00"],
  gross: ["times", "All positions over equity", "refuses the order"],
  orderNotional: ["times", "One order over equity", "refuses the order"],
  leverage: ["times", "Leverage of one order", "refuses the order"],
  priceDeviation: ["percent", "Quote from the last close", "refuses the order"],
  ordersPerMinute: ["count", "Orders in one minute", "refuses the order"],
  staleMinutes: ["minutes", "Bar after its close", "reducing until in time"],
};

/** All limits; one of which half is used up is strong. */
export function limitsTable(limits: readonly LimitRow[]): Table {
  return sessionTable(
    "limits",
    "Limits of the guards",
    "",
    [
      left("What", "What is limited"),
      right("Now", "At the newest close; a dash where it is looked at order by order"),
      right("At most", "What it may be"),
      left("Then", "What happens where it is met"),
    ],
    limits.map(({ name, limit, now }) => {
      const [unit, what, then] = LIMITS[name] ?? ["count", name, ""];
      return [what, shown(now, unit), shown(limit, unit), then];
    }),
    (i) => (limits[i]!.now ?? 0) >= limits[i]!.limit / 2,
  );
}

function shown(value: number | null, unit: Unit): string {
  if (value === null) return "–";
  if (unit === "percent") return percent(value);
  if (unit === "times") return `${decimal(value)}×`;
  return unit === "minutes" ? `${count(value)} min` : count(value);
}
