/** A page on which a queue is looked at: Bull Board, on this machine alone, behind a token, asking nothing of the web. */
import { createBullBoard } from "@bull-board/api";
import { BullMQAdapter } from "@bull-board/api/bullMQAdapter";
import { HonoAdapter } from "@bull-board/hono";
import { Queue } from "bullmq";
import { Hono } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { serveStatic } from "hono/deno";
import { fileURLToPath } from "node:url";
import { isForeign, LOOPBACK, sameText } from "../page/gate.ts";
import type { CellJob } from "./cell_job.ts";
import type { QueueAddress } from "./queue_address.ts";
import { PREFIX, QUEUE } from "./queue_terms.ts";
import { connectionOf, requireServer } from "./redis_connection.ts";

/** The page being served. */
export interface Board {
  /** Its address, token included. */
  readonly url: string;
  close(): Promise<void>;
}

/** Nothing is loaded, sent or framed but from and to this page itself. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'self'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** What Bull Board's page asks of a font host on the web. */
const WEB_FONTS = /<link href="https:\/\/fonts[^>]*>/g;

const COOKIE = "popagent_queue";

/**
 * Serves the page on 127.0.0.1.
 *
 * @param token Who does not bring it is shown nothing.
 * @throws {UserError} If no server answers, or the port is taken.
 */
export async function serveBoard(address: QueueAddress, port: number, token: string): Promise<Board> {
  await requireServer(address);
  const queue = new Queue(QUEUE, { connection: connectionOf(address), prefix: PREFIX });
  queue.on("error", () => {}); // away: the page says so
  const shown = new BullMQAdapter(queue, { readOnlyMode: true, description: address.shown });
  shown.setFormatter(
    "name",
    ({ name, data }: { readonly name: string; readonly data?: Partial<CellJob> }) =>
      data?.label === undefined ? name : `${data.label}, again: ${data.again}`,
  );
  const adapter = new HonoAdapter(serveStatic);
  createBullBoard({
    queues: [shown],
    serverAdapter: adapter.setBasePath("/queue"),
    options: {
      uiBasePath: fileURLToPath(new URL(".", import.meta.resolve("@bull-board/ui/package.json"))),
      uiConfig: { boardTitle: "PopAgent: cells", hideRedisDetails: true },
    },
  });

  const app = new Hono();
  app.use(async (context, next) => {
    const given = context.req.query("token") ?? getCookie(context, COOKIE) ?? "";
    if (isForeign(context.req.raw.headers, server.addr.port) || !sameText(given, token)) {
      return context.text(
        "Cannot show the queue as the address must hold its token: take the one that was printed.",
        403,
      );
    }
    setCookie(context, COOKIE, token, { httpOnly: true, sameSite: "Strict", path: "/" });
    await next();
    context.header("Content-Security-Policy", POLICY);
    context.header("Referrer-Policy", "no-referrer");
    context.header("X-Content-Type-Options", "nosniff");
    if (context.res.headers.get("content-type")?.startsWith("text/html")) {
      const page = await context.res.text();
      context.res = new Response(page.replace(WEB_FONTS, ""), context.res);
    }
  });
  app.get("/", (context) => context.redirect("/queue"));
  app.route("/queue", adapter.registerPlugin());
  const server = Deno.serve(
    { hostname: LOOPBACK, port, onListen: () => {} },
    (request) => app.fetch(request),
  );
  return {
    url: `http://${LOOPBACK}:${server.addr.port}/queue?token=${token}`,
    async close() {
      await Promise.all([server.shutdown(), queue.close()]);
    },
  };
}
