import type { Measure } from "../measure.ts";

const EXITS = ["reduce", "close", "stop", "target", "liquidation"];

/**
 * Exits in a row that lost money, a count; the fees of an exit count, those of its entry do not. Fills of one order are
 * one exit.
 */
export const losingExits: Measure = () => {
  let before = 0, streak = 0, order: string | null = null, earned = 0;
  return (event) => {
    if (event.type !== "fill" || !EXITS.includes(event.kind)) return null;
    const goesOn = event.clientId !== null && event.clientId === order;
    if (!goesOn) {
      before = streak;
      earned = 0;
    }
    order = event.clientId;
    earned += event.realised - event.fee;
    streak = earned < 0 ? before + 1 : 0;
    return { value: streak, text: `${streak} exits in a row lost money, last ${event.coin}` };
  };
};
