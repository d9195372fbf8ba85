import { columnOf, returnsOf, volatilityOf } from "../../../features/market_view.ts";
import { clipped, reading } from "./reading.ts";

/** What serial correlation says of the last move: its sign follows the move if lag 1 persists, else fades it. */
export const serialCorrelation = reading(
  "What serial correlation says of the last move: followed if it persists, else faded",
  "A. Lo, A. C. MacKinlay, Review of Financial Studies 1 (1988) 41",
  (market, coin, [short]) => {
    const rho = columnOf(market, coin, "autocorrelation", [short]);
    const returns = returnsOf(market, coin);
    const sd = volatilityOf(market, coin);
    return clipped(market.panel.rows, (t) => rho[t]! * Math.sqrt(short) * returns[t]! / sd[t]! / 2);
  },
);
