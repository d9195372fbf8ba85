/** What a refusal of the exchange means for whoever asked. Pure. */

/** What is to be made of a reply that is no success. */
export type Meaning =
  /** Nothing was taken: the request itself is refused, for good. */
  | "refused"
  /** Our clock is outside the window: nothing was taken. */
  | "clock"
  /** Too many requests: nothing was taken. */
  | "busy"
  /** The exchange's own fault: it may have taken the request, or not. */
  | "unknown"
  /** Key, permission, address or account are wrong: no later request will do better. */
  | "stop";

const STOPS: readonly number[] = [
  ...[10003, 10004, 10005, 10007, 10008, 10009, 10010, 10017], // key, signature, permission, bans, address, path
  ...[10024, 10027, 10028, 10029, 33004], // compliance, ban, kind of account, symbol, key has ended
];

/** The meaning of a retCode other than 0. @see https://bybit-exchange.github.io/docs/v5/error */
export function meaningOf(code: number): Meaning {
  if (code === 10002) return "clock";
  if (code === 10006 || code === 10018 || code === 429) return "busy";
  if (code === 10000 || code === 10016 || code === 110079 || code === -1) return "unknown";
  return STOPS.includes(code) ? "stop" : "refused";
}

/** The meaning of an HTTP status other than 200. */
export function meaningOfStatus(status: number, text: string): Meaning {
  if (status === 429 || (status === 403 && /frequent|too many/i.test(text))) return "busy";
  return status >= 500 || status === 408 ? "unknown" : "stop";
}

/** Codes by what they say, where that is no failure. */
export const CODE = {
  /** An order of this client id was taken before. */
  duplicate: [110072, 10014],
  /** There is no such order, or it is final already. */
  gone: [110001, 110008, 110010],
  /** It is as asked already: leverage, position mode, margin mode, levels. */
  unchanged: [110043, 110025, 110026, 110027, 34040],
} as const satisfies Record<string, readonly number[]>;
