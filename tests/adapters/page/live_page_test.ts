/** The page on the loopback against who should not see it: requests are written by hand, byte for byte. */
import assert from "node:assert/strict";
import { createServer } from "node:net";
import { GUARDED } from "popagent/adapters/page/gate.ts";
import { type LivePage, type ServedPage, servePage } from "popagent/adapters/page/live_page.ts";

const TOKEN = "5f0c7d3e-token", SECRET = "equity 11,409.26";

const shown = (parts: () => Readonly<Record<string, string>> = () => ({ money: SECRET })): LivePage => ({
  page: () => `<!DOCTYPE html><p>${SECRET}</p>`,
  parts,
  policy: "default-src 'none'",
});

/** What comes back for these lines, whole; the connection is asked to be closed. */
async function sent(port: number, first: string, ...headers: readonly string[]): Promise<string> {
  const connection = await Deno.connect({ hostname: "127.0.0.1", port });
  const lines = [`${first} HTTP/1.1`, ...headers, "Connection: close", "", ""];
  await connection.write(new TextEncoder().encode(lines.join("\r\n")));
  return await new Response(connection.readable).text(); // closes it
}

async function served(
  use: (page: { readonly port: number; readonly own: string } & ServedPage) => Promise<void>,
  parts?: () => Readonly<Record<string, string>>,
): Promise<void> {
  const page = servePage(shown(parts), { port: 0, token: TOKEN, everyMs: 10 });
  const port = Number(new URL(page.url).port);
  try {
    await use({ ...page, port, own: `Host: 127.0.0.1:${port}` });
  } finally {
    await page.close();
  }
}

Deno.test("the printed address shows the page; every answer forbids to keep, frame, sniff or share it", () =>
  served(async ({ url, port, own }) => {
    assert.equal(url, `http://127.0.0.1:${port}/${TOKEN}/`);
    const whole = await sent(port, `GET /${TOKEN}/`, own);
    assert.match(whole, /^HTTP\/1\.1 200 [^]*content-security-policy: default-src 'none'[^]*11,409\.26/i);
    for (const answer of [whole, await sent(port, "GET /", own)]) {
      for (const [name, value] of Object.entries(GUARDED)) {
        assert.match(answer, new RegExp(`^${name}: ${value}\r$`, "im"));
      }
      assert.doesNotMatch(answer, /access-control-/i, "no other origin is let in");
    }
    assert.match(await sent(port, `GET /${TOKEN}/`, `Host: localhost:${port}`), /^HTTP\/1\.1 200 /);
  }));

Deno.test("attacks on the page: nothing is read without its token, under another name, from another page, or from a path", () =>
  served(async ({ port, own }) => {
    const at = `GET /${TOKEN}/`;
    const attacks: Readonly<Record<string, readonly [status: number, ...lines: string[]]>> = {
      "no token": [403, "GET /", own],
      "no token, news": [403, "GET /events", own],
      "a wrong token": [403, "GET /guessed/", own],
      "a part of the token": [403, `GET /${TOKEN.slice(0, -1)}/`, own],
      "the token as a query": [403, `GET /?token=${TOKEN}`, own],
      "the token as a cookie": [403, "GET /", own, `Cookie: token=${TOKEN}; popagent_queue=${TOKEN}`],
      "DNS rebinding": [403, at, "Host: evil.example"],
      "DNS rebinding with the port": [403, at, `Host: evil.example:${port}`],
      "another port's name": [403, at, "Host: 127.0.0.1:1"],
      "a name that begins like ours": [403, at, `Host: 127.0.0.1:${port}.evil.example`],
      "a hostile page": [403, at, own, "Origin: https://evil.example"],
      "a hostile page without an origin": [403, at, own, "Origin: null"],
      "a page of another port": [403, at, own, "Origin: http://127.0.0.1:1"],
      "a page of another site": [
        403,
        `${at}events`,
        own,
        "Sec-Fetch-Site: cross-site",
        "Sec-Fetch-Mode: cors",
      ],
      "a page of another port, unnamed": [403, `${at}events`, own, "Sec-Fetch-Site: same-site"],
      "a frame in another page": [
        ...[
          403,
          at,
          own,
          "Sec-Fetch-Site: cross-site",
          "Sec-Fetch-Mode: navigate",
          "Sec-Fetch-Dest: iframe",
        ] as const,
      ],
      "a path beside the page": [404, `${at}session.json`, own],
      "a path above it": [403, `${at}../../../etc/passwd`, own],
      "a path above it, spelt out": [404, `${at}%2e%2e%2f%2e%2e%2fetc%2fpasswd`, own],
      "a path below the news": [404, `${at}events/../../../etc/passwd`.replace("../../../", "x/"), own],
      "a post": [405, `POST /${TOKEN}/`, own, "Content-Length: 0"],
      "a post to the news": [405, `POST /${TOKEN}/events`, own, "Content-Length: 0"],
      "a put": [405, `PUT /${TOKEN}/`, own, "Content-Length: 0"],
      "a delete": [405, `DELETE /${TOKEN}/`, own],
      "a preflight": [403, `OPTIONS /${TOKEN}/`, own, "Origin: https://evil.example"],
      "a post without the token": [403, "POST /", own, "Content-Length: 0"],
    };
    for (const [what, [status, first, ...headers]] of Object.entries(attacks)) {
      const answer = await sent(port, first!, ...headers);
      assert.match(answer, new RegExp(`^HTTP/1\\.1 ${status} `), `${what}: ${answer.slice(0, 120)}`);
      assert.ok(!answer.includes("11,409") && !answer.includes(TOKEN), what);
    }
    const followed = ["Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"];
    assert.match(await sent(port, at, own, ...followed), /^HTTP\/1\.1 200 /, "a link that somebody followed");
  }));

Deno.test("the page is served on the loopback alone, and a port that is taken is said", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => other.once("listening", resolve));
  const { port } = other.address() as { readonly port: number };
  assert.throws(
    () => servePage(shown(), { port, token: TOKEN }),
    new RegExp(`^UserError: Cannot serve the page as port ${port} of this machine must be free`),
  );
  await new Promise((resolve) => other.close(resolve));
});

Deno.test("news: all parts at first, then those alone that have changed; each window is told what it does not show", async () => {
  let money = "1";
  const parts = () => ({ title: "s", money });
  await served(async ({ url }) => {
    const read = async (reader: ReadableStreamDefaultReader<string>) => (await reader.read()).value!;
    const open = async () => {
      const answer = await fetch(`${url}events`);
      assert.equal(answer.headers.get("content-type"), "text/event-stream");
      return answer.body!.pipeThrough(new TextDecoderStream()).getReader();
    };
    const first = await open();
    assert.equal(await read(first), 'event: parts\ndata: {"title":"s","money":"1"}\n\n');
    money = "2\n\nevent: end";
    const second = await open(); // sees the change at once; the first at the next look
    assert.equal(await read(second), `event: parts\ndata: ${JSON.stringify({ title: "s", money })}\n\n`);
    assert.equal(await read(first), `event: parts\ndata: ${JSON.stringify({ money })}\n\n`);
    await first.cancel();
    money = "3";
    assert.equal(await read(second), 'event: parts\ndata: {"money":"3"}\n\n');
    await second.cancel();
  }, parts);
});
