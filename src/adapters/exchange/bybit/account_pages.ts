/** Lists of an account, page by page. */
import type * as z from "zod";
import { ExchangeFault } from "../../../live/exchange.ts";
import { type ExecutionRow, executionSchema, pageOf } from "./private_messages.ts";
import { type Fields, readReply, type SignedClient } from "./signed_client.ts";

const DAY = 86_400_000;
/** Most pages of one list: beyond it the cursor does not move on. */
const MOST_PAGES = 1000;

/** All rows of a list, in the exchange's order. */
export async function allPages<Row extends z.ZodType>(
  client: SignedClient,
  path: string,
  query: Fields,
  row: Row,
): Promise<z.output<Row>[]> {
  const rows: z.output<Row>[] = [];
  let cursor = "";
  for (let pages = 0; pages < MOST_PAGES; pages++) {
    const asked = cursor === "" ? query : { ...query, cursor };
    const page = readReply(await client.get(path, asked), pageOf(row), path);
    rows.push(...page.list);
    if (page.list.length === 0 || page.nextPageCursor === "" || page.nextPageCursor === cursor) return rows;
    cursor = page.nextPageCursor;
  }
  throw new ExchangeFault("timeout", `${path} does not end`);
}

/** Executions of a time, both ends included, in windows of at most seven days, as the exchange asks for. */
export async function executionsBetween(
  client: SignedClient,
  from: number,
  to: number,
): Promise<ExecutionRow[]> {
  const rows: ExecutionRow[] = [];
  for (let start = from; start <= to; start += 7 * DAY) {
    const endTime = Math.min(to, start + 7 * DAY - 1);
    const query = { category: "linear", startTime: start, endTime, limit: 100 };
    rows.push(...await allPages(client, "/v5/execution/list", query, executionSchema));
  }
  return rows;
}
