import assert from "node:assert/strict";
import { connectZmtp } from "popagent/adapters/notebook/zmtp.ts";

/** Bytes a DEALER must send first, from RFC 23: greeting and READY with its socket type. */
const GREETING = [
  0xff,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  0x7f,
  3,
  0,
  ...ascii("NULL"),
  ...new Array(16 + 1 + 31).fill(0),
];
const READY = (type: string) => {
  const body = [5, ...ascii("READY"), 11, ...ascii("Socket-Type"), 0, 0, 0, type.length, ...ascii(type)];
  return [4, body.length, ...body];
};

function ascii(text: string): number[] {
  return [...new TextEncoder().encode(text)];
}

async function take(connection: Deno.Conn, n: number): Promise<number[]> {
  const out: number[] = [];
  while (out.length < n) {
    const chunk = new Uint8Array(n - out.length);
    const read = await connection.read(chunk);
    assert.notEqual(read, null);
    out.push(...chunk.subarray(0, read!));
  }
  return out;
}

/** Plays the peer's part once. */
async function withPeer(
  peer: (connection: Deno.Conn) => Promise<void>,
  client: (port: number) => Promise<void>,
): Promise<void> {
  using listener = Deno.listen({ port: 0, hostname: "127.0.0.1" });
  const played = listener.accept().then(async (connection) => {
    await peer(connection);
    connection.close();
  });
  await client((listener.addr as Deno.NetAddr).port);
  await played;
}

Deno.test("connectZmtp() greets as RFC 23 says, sends and reads short and long frames", () => {
  const long = "x".repeat(300);
  return withPeer(async (peer) => {
    assert.deepEqual(await take(peer, 64), GREETING);
    assert.deepEqual(await take(peer, READY("DEALER").length), READY("DEALER"));
    await peer.write(Uint8Array.from([...GREETING, ...READY("ROUTER")]));
    assert.deepEqual(await take(peer, 4 + 9 + 300), [
      1,
      2,
      ...ascii("hi"),
      2,
      0,
      0,
      0,
      0,
      0,
      0,
      1,
      44,
      ...ascii(long),
    ]);
    const bytes = Uint8Array.from([1, 1, 97, 4, 1, 0, 3, 0, 0, 0, 0, 0, 0, 1, 44, ...ascii(long), 0, 0]); // a command between
    for (const byte of bytes) await peer.write(Uint8Array.of(byte)); // however the stream is cut
    await peer.write(Uint8Array.of(0, 1, 98, 0, 5, 99)); // a whole message, then the peer goes away within the next
  }, async (port) => {
    const socket = await connectZmtp(port, "DEALER");
    await socket.send(["hi", long]);
    const heard: string[][] = [];
    for await (const message of socket.messages()) heard.push(message);
    assert.deepEqual(heard, [["a", long, ""], ["b"]]);
    socket.close();
    socket.close();
  });
});

Deno.test("connectZmtp() as SUB subscribes to everything", () =>
  withPeer(async (peer) => {
    await take(peer, 64 + READY("SUB").length);
    await peer.write(Uint8Array.from([...GREETING, ...READY("PUB")]));
    assert.deepEqual(await take(peer, 3), [0, 1, 1]);
  }, async (port) => {
    const socket = await connectZmtp(port, "SUB");
    for await (const _ of socket.messages()) assert.fail("nothing was published");
    socket.close();
  }));

Deno.test("connectZmtp() refuses a peer that speaks something else, and says when nobody listens", async () => {
  await withPeer(async (peer) => {
    await peer.write(new TextEncoder().encode("HTTP/1.1 400 Bad Request\r\n".padEnd(64)));
    await take(peer, 64);
  }, async (port) => {
    await assert.rejects(connectZmtp(port, "DEALER"), /must speak ZMTP 3/);
  });
  const listener = Deno.listen({ port: 0, hostname: "127.0.0.1" });
  const { port } = listener.addr as Deno.NetAddr;
  listener.close();
  await assert.rejects(connectZmtp(port, "SUB"), Deno.errors.ConnectionRefused);
});
