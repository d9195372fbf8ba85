/** A server on this machine that answers as a Slack incoming webhook does, and refuses what Slack refuses. */
import { CANARY } from "./small_notices.ts";

interface Received {
  readonly text: string;
  readonly blocks: readonly Record<string, unknown>[];
}
/** What to answer instead of ok. */
export type Answer = { status: number; body: string; headers?: Record<string, string> } | "hang";

export function slackServer() {
  const received: Received[] = [], answers: Answer[] = [];
  const hanging: (() => void)[] = [];
  let calls = 0;
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, async (request) => {
    calls++;
    const text = await request.text();
    const answer = answers.shift();
    if (answer === "hang") {
      await new Promise<void>((resolve) => hanging.push(resolve));
      return new Response("");
    }
    if (answer !== undefined) {
      return new Response(answer.body, { status: answer.status, headers: answer.headers ?? {} });
    }
    if (request.method !== "POST" || !request.headers.get("content-type")?.startsWith("application/json")) {
      return new Response("invalid_payload", { status: 400 });
    }
    const message = JSON.parse(text) as Received;
    const wrong = faultOf(message);
    if (wrong !== null) return new Response(wrong, { status: 400 });
    received.push(message);
    return new Response("ok");
  });
  return {
    webhook: `http://127.0.0.1:${server.addr.port}/services/T0/B0/${CANARY}`,
    received,
    answers,
    calls: () => calls,
    [Symbol.asyncDispose]: () => {
      hanging.forEach((end) => end());
      return server.shutdown();
    },
  };
}

type Text = { readonly type: string; readonly text: string };

/** As Slack's pages have it: a text, at most 50 blocks, and the lengths of each. */
export function faultOf({ text, blocks }: Received): string | null {
  if (typeof text !== "string" || text === "") return "no_text";
  if (blocks.length > 50) return "invalid_blocks";
  for (const block of blocks) {
    const { type, text, fields, elements } = block as {
      type: string;
      text?: Text;
      fields?: Text[];
      elements?: Text[];
    };
    const most = type === "header" ? 150 : 3000;
    if (text !== undefined && !(text.text.length >= 1 && text.text.length <= most)) return "invalid_blocks";
    if (type === "header" && text?.type !== "plain_text") return "invalid_blocks";
    if (fields !== undefined && (fields.length > 10 || fields.some((one) => one.text.length > 2000))) {
      return "invalid_blocks";
    }
    if (elements !== undefined && elements.length > 10) return "invalid_blocks";
  }
  return null;
}
