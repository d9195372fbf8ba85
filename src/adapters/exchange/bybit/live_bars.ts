/** Bars of a market that goes on: the open as soon as there is one, the whole bar once it has closed, never before. */
import { BAR_MS, type Coin, type Instrument } from "../../../core/universe.ts";
import { UserError } from "../../../core/user_error.ts";
import type { Clock } from "../../../live/clock.ts";
import type { Bars } from "../../../live/session_parts.ts";
import { createPanel, type Panel, slicePanel } from "../../../market/panel.ts";
import { readBybitFolder } from "../../bars/bybit_csv.ts";
import { exists } from "../../runs/run_places.ts";
import type { BybitClient } from "../../bybit/client.ts";
import { fetchFolder } from "../../bybit/fetch_folder.ts";
import { INTERVALS } from "../../bybit/intervals.ts";
import { candles } from "../../bybit/pages.ts";

/** What is fetched and where it is kept. */
export interface LiveMarket {
  /** Public endpoints; no key. */
  readonly client: BybitClient;
  /** Folder of this session's own CSVs. */
  readonly folder: string;
  readonly coins: readonly Coin[];
  readonly instruments: readonly Instrument[];
  readonly clock: Clock;
}

/** ms between two looks at the clock, after a close before its bar is asked for, and between two tries. */
const LOOK_MS = 60_000, SETTLE_MS = 3_000, TRY_MS = 15_000;
/** Tries for one bar: two hours. */
const MOST_TRIES = 480;

/**
 * Every bar that has closed, from the folder's first on; fetched as far as they are not there.
 *
 * @param history Rows that a new folder begins with.
 * @throws {UserError} If the exchange does not have them.
 */
export async function closedPanel(market: LiveMarket, history: number): Promise<Panel> {
  const { client, folder, coins, clock } = market;
  const now = clock.now(), closed = Math.floor(now / BAR_MS) * BAR_MS;
  const from = exists(folder) ? null : closed - history * BAR_MS;
  await fetchFolder({ folder, coins, interval: INTERVALS["4h"]!, from, to: null, now }, client, () => {});
  return panelOf(market);
}

/** The session's own bars; nothing of them is sealed, for who trades now has to look at now. */
function panelOf({ folder, coins, instruments }: LiveMarket): Panel {
  const bars = readBybitFolder(folder, coins);
  const source = { kind: "bybit", folder, unsealed: true, sealedRows: 0 } as const;
  return createPanel(bars.coins, bars.openTime, source, instruments, bars.missing);
}

/**
 * Bars in real time, counted from the first row of `panel`.
 *
 * @param panel All that had closed when the session was taken up.
 * @param inside Called while a bar is under way, once a minute or so.
 */
export function liveBars(market: LiveMarket, panel: Panel, inside: () => Promise<void>): Bars {
  const { client, coins, clock } = market;
  let known = panel;
  const opensAt = (row: number) => panel.openTime[0]! + row * BAR_MS;
  const until = async (time: number, meanwhile: () => Promise<void>) => {
    while (clock.now() < time) {
      await clock.wait(Math.min(LOOK_MS, time - clock.now()));
      if (clock.now() < time) await meanwhile();
    }
  };
  const openOf = async (coin: Coin, time: number): Promise<number> => {
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const span = { from: time, to: time + BAR_MS };
      const [bar] = await candles(client, `${coin}USDT`, "last", INTERVALS["4h"]!, span);
      if (bar !== undefined) return bar.values[0]!;
      await clock.wait(TRY_MS); // nothing was traded yet
    }
    throw new UserError(`Cannot go on as ${coin} must be traded: its bar has no open`);
  };
  return {
    open: async (row) => {
      await until(opensAt(row), () => Promise.resolve());
      if (row < known.rows) return known.coins.map(({ open }) => open[row]!); // missed while nobody traded
      const opens: number[] = [];
      for (const coin of coins) opens.push(await openOf(coin, opensAt(row)));
      return opens;
    },
    close: async (row) => {
      await until(opensAt(row) + BAR_MS + SETTLE_MS, inside);
      for (let tries = 0; row >= known.rows; tries++) {
        try {
          known = await closedPanel(market, 0);
        } catch (error) {
          if (!(error instanceof UserError) || tries >= MOST_TRIES) throw error;
          await clock.wait(TRY_MS); // the exchange has not written it down yet
        }
      }
      return slicePanel(known, row, row + 1);
    },
  };
}
