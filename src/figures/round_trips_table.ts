import type { RunResult } from "../experiments/result.ts";
import { type AccountColumn, accountColumn, accountTable } from "./account_table.ts";
import { count, days, percent, signedPercent } from "./format.ts";
import type { Table } from "./table.ts";
import { requireResult } from "./run_parts.ts";

const TRIPS: readonly AccountColumn[] = [
  accountColumn(
    "Closed",
    "Positions from flat to flat that ended within the reported rows",
    ({ roundTrips }) => count(roundTrips && roundTrips.closed),
  ),
  accountColumn(
    "Long",
    "Share of them that were long",
    ({ roundTrips }) =>
      percent(roundTrips && roundTrips.closed > 0 ? roundTrips.longs / roundTrips.closed : null, 0),
  ),
  accountColumn(
    "Won",
    "Share of them with a net profit",
    ({ roundTrips }) => percent(roundTrips && roundTrips.winRate, 0),
  ),
  accountColumn(
    "Mean win",
    "Net of fees and funding, over the notional entered",
    ({ roundTrips }) => signedPercent(roundTrips && roundTrips.meanWin, 2),
  ),
  accountColumn(
    "Mean loss",
    "Net of fees and funding, over the notional entered",
    ({ roundTrips }) => signedPercent(roundTrips && roundTrips.meanLoss, 2),
  ),
  accountColumn(
    "Mean",
    "Mean net return of a round trip",
    ({ roundTrips }) => signedPercent(roundTrips && roundTrips.meanReturn, 2),
  ),
  accountColumn(
    "Days",
    "Mean days from the first fill to the last",
    ({ roundTrips }) => days(roundTrips && roundTrips.holding),
  ),
];

/** Round trips: positions from flat to flat. */
export function roundTripsTable(result: RunResult): Table {
  requireResult(result, "strategies");
  return accountTable(result, TRIPS, {
    name: "round_trips",
    title: "Round trips",
    caption: "A position of one coin from flat to flat; net of fees and funding, over the notional entered.",
  });
}
