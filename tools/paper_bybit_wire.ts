/** A wire to the local Bybit server that fails: a fault a minute, seeded, beneath the adapter that signs and reads. */
import type { Rng } from "../src/core/rng.ts";
import type { bybitServer } from "../tests/live/bybit_server.ts";

/** What can go wrong in a minute. */
export const BYBIT_FAULTS = [
  "lost",
  "answerLost",
  "takenLate",
  "reject",
  "partial",
  "hidden",
  "duplicateFills",
  "reorderedFills",
  "missingFill",
  "disconnect",
  "10006",
  "429",
  "10016",
  "502",
  "page",
  "clockJump",
  "suspended",
] as const;
export type BybitFault = (typeof BYBIT_FAULTS)[number];

const ORDER_FAULTS: readonly BybitFault[] = [
  ...["lost", "answerLost", "takenLate", "reject", "partial", "hidden", "429", "502"] as const,
];
const MINUTE = 60_000;
/** Ms after which a request counts as not answered, and within which one that was lost may still come. */
const PATIENCE = 3000, LATE = 4000;
const CREATE = "/v5/order/create", FILLS = "/v5/execution/list";
/** What the server itself plays. */
const SERVED = ["answerLost", "10006", "429", "10016", "502", "page"] as const;

/** A failing wire. */
export interface BybitWire {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** ms UTC by this machine's clock, which jumps. */
  readonly now: () => number;
  /** Draws the fault of the minute that begins. */
  readonly minute: () => void;
  /** No more faults: what is late arrives. */
  readonly heal: () => Promise<void>;
  readonly met: Record<BybitFault, number>;
}

/** The lists of executions as another answer has them. */
function reread(rows: unknown[], fault: BybitFault, random: Rng): unknown[] {
  if (fault === "duplicateFills") return [...rows, ...rows];
  if (fault === "reorderedFills") return [...random.shuffle([...rows])];
  return rows.slice(1 + random.int(2)); // newest first: the last that happened are not to be seen yet
}

/** @param lotOf Least size of a symbol. */
export function bybitWire(
  { world, handle }: Pick<ReturnType<typeof bybitServer>, "world" | "handle">,
  random: Rng,
  lotOf: (symbol: string) => number,
): BybitWire {
  const met = Object.fromEntries(BYBIT_FAULTS.map((name) => [name, 0])) as Record<BybitFault, number>;
  const late: { readonly url: string; readonly init: RequestInit; readonly at: number }[] = [];
  let fault: BybitFault | null = null, downUntil = 0, skew = 0, healed = false;

  const take = (...names: readonly BybitFault[]): BybitFault | null => {
    if (fault === null || !names.includes(fault)) return null;
    const taken = fault;
    fault = null;
    met[taken]++;
    return taken;
  };
  /** Nobody answers until patience is over. */
  const silence = (): never => {
    world.now += PATIENCE;
    throw new DOMException("The signal timed out", "TimeoutError");
  };
  const served = async (url: string, { method, headers, body }: RequestInit): Promise<Response> =>
    await handle(new Request(url, { method: method!, headers: headers!, body: body ?? null }));
  const arrivals = async () => {
    for (const one of late.splice(0)) {
      if (one.at <= world.now || healed) await served(one.url, one.init);
      else late.push(one);
    }
  };

  return {
    met,
    now: () => world.now + skew,
    minute: () => {
      fault = healed ? null : BYBIT_FAULTS[random.int(BYBIT_FAULTS.length)]!;
    },
    heal: async () => {
      healed = true;
      fault = null;
      downUntil = skew = 0;
      await arrivals();
    },
    fetch: async (url, init) => {
      await arrivals();
      const path = new URL(url).pathname, creates = path === CREATE;
      if (take("suspended")) world.now += MINUTE * (1 + random.int(5));
      if (take("disconnect")) downUntil = world.now + MINUTE * (1 + random.int(5));
      if (take("clockJump")) skew += (random.uniform() < 0.5 ? -1 : 1) * MINUTE;
      if (world.now < downUntil) throw new TypeError("error", { cause: new Error("connection refused") });
      // orders are sent in the first minute of a bar alone: every other one has a fault of its own
      if (creates && !healed && random.uniform() < 0.5) {
        fault = ORDER_FAULTS[random.int(ORDER_FAULTS.length)]!;
      }
      if (creates && take("takenLate")) {
        late.push({ url, init, at: world.now + random.uniform() * LATE });
        return silence();
      }
      if (take("lost")) return silence();
      if (creates && take("reject")) {
        return Response.json({
          retCode: 110007,
          retMsg: "ab not enough for new order",
          result: {},
          retExtInfo: {},
          time: world.now,
        });
      }
      if (creates && take("partial")) {
        const { symbol, qty } = JSON.parse(String(init.body)), lot = lotOf(symbol);
        world.depth = Number((lot * (1 + random.int(Math.max(1, Math.round(Number(qty) / lot))))).toFixed(9));
      }
      if (creates && take("hidden")) world.hidden = 1 + random.int(3);
      const own = take(...SERVED);
      if (own !== null) world.faults.push({ path, fault: own as (typeof SERVED)[number] });
      const response = await served(url, init);
      world.depth = Infinity;
      world.hidden = 0;
      if (response.status === 599) return silence();
      const other = path === FILLS ? take("duplicateFills", "reorderedFills", "missingFill") : null;
      if (other === null) return response;
      const reply = await response.json();
      const list = reread(reply.result.list, other, random);
      return Response.json({ ...reply, result: { ...reply.result, list } });
    },
  };
}
