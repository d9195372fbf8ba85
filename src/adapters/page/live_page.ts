/** Serves one page and its news on this machine alone. There is no file, no form and no method but reading. */
import { UserError } from "../../core/user_error.ts";
import { GUARDED, isForeign, LOOPBACK, sameText } from "./gate.ts";

/** What is served. */
export interface LivePage {
  /** The whole page as it stands. */
  page(): string;
  /** Markup by part as it stands; a part that is not named stays as it was. */
  parts(): Readonly<Record<string, string>>;
  /** Its Content-Security-Policy. */
  readonly policy: string;
}

/** How it is served. */
export interface PageTerms {
  /** 0 takes any that is free. */
  readonly port: number;
  /** Who does not bring it is shown nothing. */
  readonly token: string;
  /** ms between two looks for news, while somebody looks on. */
  readonly everyMs?: number;
}

/** The page being served. */
export interface ServedPage {
  /** Its address, token included. */
  readonly url: string;
  close(): Promise<void>;
}

/** Windows that may look on at once, and ms between two signs of life to each. */
const MOST_WINDOWS = 16, BEAT_MS = 15_000;

type Controller = ReadableStreamDefaultController<Uint8Array>;

/**
 * Serves a page at http://127.0.0.1:<port>/<token>/ and its news at .../events, as server-sent events `parts` with the
 * parts that have changed.
 *
 * @throws {UserError} If the port is taken or may not be served on.
 */
export function servePage(shown: LivePage, { port, token, everyMs = 1000 }: PageTerms): ServedPage {
  const windows = new Map<Controller, Record<string, string>>(), encoder = new TextEncoder();
  let timer: ReturnType<typeof setInterval> | undefined, beaten = Date.now();

  function leave(one: Controller): void {
    windows.delete(one);
    if (windows.size === 0) clearInterval(timer);
    try {
      one.close();
    } catch {
      return; // its window was closed
    }
  }

  function send(one: Controller, text: string): void {
    try {
      one.enqueue(encoder.encode(text));
    } catch {
      leave(one);
    }
  }

  /** Tells each window what it does not show yet. */
  function look(): void {
    const now = Object.entries(shown.parts());
    const beat = Date.now() - beaten >= BEAT_MS;
    if (beat) beaten = Date.now();
    for (const [one, before] of windows) {
      const fresh = now.filter(([name, markup]) => before[name] !== markup);
      if (fresh.length === 0 && beat) send(one, ": still here\n\n");
      if (fresh.length === 0) continue;
      const parts = Object.fromEntries(fresh);
      Object.assign(before, parts);
      send(one, `event: parts\ndata: ${JSON.stringify(parts)}\n\n`); // JSON holds no line end
    }
  }

  function news(): ReadableStream<Uint8Array> {
    let own: Controller;
    return new ReadableStream<Uint8Array>({
      start(controller) {
        own = controller;
        if (windows.size >= MOST_WINDOWS) leave(windows.keys().next().value!);
        if (windows.size === 0) timer = setInterval(look, everyMs);
        windows.set(own, {});
        look();
      },
      cancel: () => leave(own),
    });
  }

  function answer(request: Request): Response {
    const said = (status: number, text: string, more: Record<string, string> = {}) =>
      new Response(text, {
        status,
        headers: { ...GUARDED, ...more, "Content-Type": "text/plain;charset=utf-8" },
      });
    const refused = () =>
      said(403, "Cannot show this page as the address must be the one that was printed, with its token.");
    if (isForeign(request.headers, server.addr.port)) return refused(); // before its address, made of Host, is read
    const [, given = "", what, ...deeper] = new URL(request.url).pathname.split("/");
    if (!sameText(given, token)) return refused();
    if (request.method !== "GET") {
      return said(405, "Cannot do this as the page is for looking alone.", { Allow: "GET" });
    }
    const headers = { ...GUARDED, "Content-Security-Policy": shown.policy };
    if (deeper.length === 0 && what === "") {
      return new Response(shown.page(), {
        headers: { ...headers, "Content-Type": "text/html;charset=utf-8" },
      });
    }
    if (deeper.length === 0 && what === "events") {
      return new Response(news(), { headers: { ...headers, "Content-Type": "text/event-stream" } });
    }
    return said(404, "There is nothing here: the page ends with a slash after its token.");
  }

  const server = listen(port, answer);
  return {
    url: `http://${LOOPBACK}:${server.addr.port}/${token}/`,
    async close() {
      [...windows.keys()].forEach(leave);
      await server.shutdown();
    },
  };
}

function listen(port: number, answer: (request: Request) => Response): Deno.HttpServer<Deno.NetAddr> {
  try {
    return Deno.serve({ hostname: LOOPBACK, port, onListen: () => {} }, answer);
  } catch (error) {
    if (error instanceof Deno.errors.AddrInUse) {
      throw new UserError(
        `Cannot serve the page as port ${port} of this machine must be free: something listens there. Take another ` +
          "--port, or end what listens",
        { cause: error },
      );
    }
    if (error instanceof Deno.errors.NotCapable) {
      throw new UserError(
        `Cannot serve the page as this task may listen on the port of its permissions alone, in deno.json: current ` +
          `value is ${port}`,
        { cause: error },
      );
    }
    throw error;
  }
}
