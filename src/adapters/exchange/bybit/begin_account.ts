/** Makes an account ready for a session: one-way, isolated, flat in its coins, with enough money. */
import { UserError } from "../../../core/user_error.ts";
import { walletUsdt } from "./bybit_exchange.ts";
import type { Steps } from "./order_message.ts";
import { allPages } from "./account_pages.ts";
import { instrumentSchema, pageOf, positionSchema } from "./private_messages.ts";
import { CODE } from "./refusals.ts";
import { type Fields, readReply, type SignedClient } from "./signed_client.ts";
import type { VenueMemory } from "./venue_memory.ts";

/** The steps of each symbol, as the exchange has them now. @throws {UserError} If one is not traded there. */
export async function stepsOf(client: SignedClient, symbols: readonly string[]): Promise<Steps[]> {
  const path = "/v5/market/instruments-info";
  const found: Steps[] = [];
  for (const symbol of symbols) {
    const reply = await client.get(path, { category: "linear", symbol });
    const row = readReply(reply, pageOf(instrumentSchema), path).list.find((one) => one.symbol === symbol);
    if (row === undefined) {
      throw new UserError(`Cannot trade ${symbol} as the exchange must list it: it does not`);
    }
    found.push({ tick: row.priceFilter.tickSize, lot: row.lotSizeFilter.qtyStep });
  }
  return found;
}

/**
 * Begins an account; nothing if it was begun. Of its wallet the session has `cash`, the rest is set aside.
 *
 * @param cash USDT that the session starts with.
 * @throws {UserError} If the account holds positions in these symbols, has too little, or will not trade isolated.
 */
export async function beginAccount(
  client: SignedClient,
  symbols: readonly string[],
  cash: number,
  memory: VenueMemory,
): Promise<void> {
  const time = await client.sync();
  if (memory.begun() !== null) return;
  const rows = await allPages(
    client,
    "/v5/position/list",
    { category: "linear", settleCoin: "USDT", limit: 200 },
    positionSchema,
  );
  const held = rows.filter(({ symbol, size }) => symbols.includes(symbol) && size !== 0);
  if (held.length > 0) {
    throw new UserError(
      `Cannot begin a session as the account must be flat in its coins: it holds ${
        held.map(({ symbol }) => symbol).join(", ")
      }. Close them at the exchange`,
    );
  }
  const wallet = await walletUsdt(client);
  if (wallet < cash) {
    throw new UserError(
      `Cannot begin a session as its wallet must hold the ${cash} USDT that it starts with: it holds ${wallet}`,
    );
  }
  await demand(client, "/v5/account/set-margin-mode", { setMarginMode: "ISOLATED_MARGIN" });
  for (const symbol of symbols) {
    await demand(client, "/v5/position/switch-mode", { category: "linear", symbol, mode: 0 });
  }
  memory.begin(wallet - cash, time);
}

async function demand(client: SignedClient, path: string, body: Fields): Promise<void> {
  const reply = await client.post(path, body);
  if (reply.done || (CODE.unchanged as readonly number[]).includes(reply.code)) return;
  throw new UserError(
    `Cannot begin a session as the account must be isolated and one-way: ${path} says ${reply.code} ${reply.text}`,
  );
}
