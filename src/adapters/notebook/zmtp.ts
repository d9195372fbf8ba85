/**
 * The client side of ZMTP 3.0 over TCP with the NULL mechanism: as much of ZeroMQ as a Jupyter kernel needs,
 * without a native library.
 *
 * @see RFC 23/ZMTP, ZeroMQ Message Transport Protocol 3.0 (rfc.zeromq.org/spec/23).
 */

/** What the socket is to its peer: a DEALER talks to a ROUTER, a SUB hears a PUB. */
export type SocketType = "DEALER" | "SUB";

/** One connection. Messages are lists of frames. */
export interface ZmtpSocket {
  send(frames: readonly string[]): Promise<void>;
  /** Messages as they arrive, until either side closes. */
  messages(): AsyncGenerator<string[]>;
  close(): void;
}

const MORE = 1, LONG = 2, COMMAND = 4;
const GREETING_BYTES = 64;
const encoder = new TextEncoder(), decoder = new TextDecoder();

/**
 * Connects to a peer on this machine and shakes hands. A SUB subscribes to everything.
 *
 * @throws {Deno.errors.ConnectionRefused} If nobody listens.
 * @throws {Error} If the peer does not speak ZMTP 3 with the NULL mechanism.
 */
export async function connectZmtp(port: number, type: SocketType): Promise<ZmtpSocket> {
  const connection = await Deno.connect({ hostname: "127.0.0.1", port });
  const take = byteReader(connection);
  try {
    await writeAll(connection, greeting());
    await writeAll(connection, frame(COMMAND, readyCommand(type)));
    checkGreeting(await take(GREETING_BYTES));
    const { flags, body } = await takeFrame(take);
    if ((flags & COMMAND) === 0 || commandName(body) !== "READY") {
      throw new Error(
        `Cannot connect to port ${port} as its peer must be ready: it said ${commandName(body)}`,
      );
    }
    if (type === "SUB") await writeAll(connection, frame(0, Uint8Array.of(1))); // 1: subscribe, to the empty prefix
  } catch (error) {
    connection.close();
    throw error;
  }
  let closed = false;

  async function send(frames: readonly string[]): Promise<void> {
    const parts = frames.map((text, i) => frame(i < frames.length - 1 ? MORE : 0, encoder.encode(text)));
    await writeAll(connection, concatenate(parts)); // one write, so that messages sent at once do not mix
  }

  async function* messages(): AsyncGenerator<string[]> {
    let frames: string[] = [];
    try {
      while (true) {
        const { flags, body } = await takeFrame(take);
        if (flags & COMMAND) continue;
        frames.push(decoder.decode(body));
        if (flags & MORE) continue;
        yield frames;
        frames = [];
      }
    } catch (error) {
      if (!closed && !(error instanceof ConnectionEnded)) throw error;
    }
  }

  function close(): void {
    if (closed) return;
    closed = true;
    connection.close();
  }

  return { send, messages, close };
}

class ConnectionEnded extends Error {}

/** Signature, version 3.0, mechanism NULL, as a client. */
function greeting(): Uint8Array {
  const bytes = new Uint8Array(GREETING_BYTES);
  bytes[0] = 0xff;
  bytes[9] = 0x7f;
  bytes[10] = 3;
  bytes.set(encoder.encode("NULL"), 12);
  return bytes;
}

function checkGreeting(bytes: Uint8Array): void {
  const mechanism = decoder.decode(bytes.subarray(12, 32)).replaceAll("\0", "");
  if (bytes[0] !== 0xff || bytes[9] !== 0x7f || bytes[10]! < 3 || mechanism !== "NULL") {
    throw new Error(
      `Cannot connect as the peer must speak ZMTP 3 with NULL: it greets with version ${
        bytes[10]
      }, ${mechanism}`,
    );
  }
}

/** A command's name is preceded by its length; so are a property's name (1 byte) and value (4 bytes). */
function readyCommand(type: SocketType): Uint8Array {
  const value = encoder.encode(type);
  return concatenate([pascal("READY"), pascal("Socket-Type"), Uint8Array.of(0, 0, 0, value.length), value]);
}

function pascal(text: string): Uint8Array {
  const bytes = encoder.encode(text);
  return concatenate([Uint8Array.of(bytes.length), bytes]);
}

function commandName(body: Uint8Array): string {
  return decoder.decode(body.subarray(1, 1 + body[0]!));
}

/** Flags, length (1 byte, or 8 if it does not fit), body. */
function frame(flags: number, body: Uint8Array): Uint8Array {
  if (body.length < 256) return concatenate([Uint8Array.of(flags, body.length), body]);
  const head = new Uint8Array(9);
  head[0] = flags | LONG;
  new DataView(head.buffer).setBigUint64(1, BigInt(body.length));
  return concatenate([head, body]);
}

async function takeFrame(
  take: (n: number) => Promise<Uint8Array>,
): Promise<{ flags: number; body: Uint8Array }> {
  const flags = (await take(1))[0]!;
  const size = await take(flags & LONG ? 8 : 1);
  const length = flags & LONG ? Number(new DataView(size.buffer, size.byteOffset).getBigUint64(0)) : size[0]!;
  return { flags, body: await take(length) };
}

/** A function that waits for exactly n bytes of a connection. */
function byteReader(connection: Deno.Conn): (n: number) => Promise<Uint8Array> {
  const chunk = new Uint8Array(65_536);
  let waiting: Uint8Array[] = [], available = 0;
  return async (n) => {
    while (available < n) {
      const read = await readOrEnd(connection, chunk);
      if (read === null) throw new ConnectionEnded();
      waiting.push(chunk.slice(0, read));
      available += read;
    }
    const all = concatenate(waiting);
    waiting = [all.subarray(n)];
    available -= n;
    return all.subarray(0, n);
  };
}

/** A peer that was killed resets the connection: that ends it like a close. */
async function readOrEnd(connection: Deno.Conn, chunk: Uint8Array): Promise<number | null> {
  try {
    return await connection.read(chunk);
  } catch (error) {
    if (error instanceof Deno.errors.ConnectionReset) return null;
    throw error;
  }
}

async function writeAll(connection: Deno.Conn, bytes: Uint8Array): Promise<void> {
  for (let written = 0; written < bytes.length;) written += await connection.write(bytes.subarray(written));
}

function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  if (parts.length === 1) return parts[0]!;
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
