/**
 * Talks to a real Deno kernel over the Jupyter wire protocol, without Python and without a native library.
 *
 * @see Messaging in Jupyter, protocol 5.3 (jupyter-client documentation).
 */
import { createHmac, randomUUID } from "node:crypto";
import { FAULT_LISTENER, FAULT_TYPE } from "./fault_listener.ts";
import { startKernelProcess } from "./kernel_process.ts";
import { connectZmtp, type ZmtpSocket } from "./zmtp.ts";

/** One output of a cell: its message type (stream, display_data, execute_result, error) and content. */
export interface CellOutput {
  readonly type: string;
  readonly content: Readonly<Record<string, unknown>>;
}

/** A running kernel. */
export interface Kernel {
  /** Waits until the kernel's outputs reach us. @throws {Error} If it does not answer in time, ms. */
  ready(timeout: number): Promise<void>;
  /** Outputs of a piece of code; null if it did not end in time, ms. A syntax error is an output of type error. */
  execute(code: string, timeout: number): Promise<CellOutput[] | null>;
  /** What no cell caught since it was last asked: rejected promises, errors in timers; one text each. */
  faults(): string[];
  stop(): Promise<void>;
}

interface Message {
  readonly type: string;
  readonly parent: string | undefined;
  readonly content: Readonly<Record<string, unknown>>;
}

/** Time for outputs that arrive after the kernel says it is idle, ms: it may publish some late. */
const DRAIN = 60;
const POLL = 5;
const DELIMITER = "<IDS|MSG>";
/** Outputs of a cell; the rest of what is published is bookkeeping. */
const OUTPUTS = ["stream", "display_data", "update_display_data", "execute_result", "error", "clear_output"];

/** Starts a kernel in a folder. Whoever starts it stops it; it ends with this process in any case. */
export async function startKernel(folder: string, env: Readonly<Record<string, string>>): Promise<Kernel> {
  const process = await startKernelProcess(folder, env);
  const published: Message[] = [], replies: Message[] = [], faults: string[] = [];
  const sockets: ZmtpSocket[] = [];
  const listening: Promise<void>[] = [];
  const session = randomUUID();

  function hear(message: Message): void {
    const fault = (message.content.data as Record<string, string> | undefined)?.[FAULT_TYPE];
    if (fault !== undefined) faults.push(fault);
    else published.push(message);
  }

  async function send(type: string, content: unknown): Promise<string> {
    const id = randomUUID();
    const date = new Date().toISOString();
    const header = { msg_id: id, session, username: "popagent", date, msg_type: type, version: "5.3" };
    const parts = [header, {}, {}, content].map((part) => JSON.stringify(part));
    const signature = createHmac("sha256", process.key).update(parts.join("")).digest("hex");
    await sockets[0]!.send([DELIMITER, signature, ...parts]);
    return id;
  }

  async function ready(timeout: number): Promise<void> {
    const end = performance.now() + timeout;
    const check = () => {
      if (process.exited()) throw new Error("Cannot run a notebook as its kernel must start: it ended");
      if (performance.now() > end) {
        throw new Error(`Cannot run a notebook as its kernel must answer within ${timeout} ms`);
      }
    };
    const ends = [[process.shellPort, "DEALER", (message: Message) => void replies.push(message)], [
      process.iopubPort,
      "SUB",
      hear,
    ]] as const;
    for (const [port, type, take] of ends) {
      const socket = await connectOnceListening(port, type, check);
      sockets.push(socket);
      listening.push(listen(socket, take));
    }
    while (published.length === 0) { // what is published before a subscription has arrived is lost: ask again
      check();
      await send("kernel_info_request", {});
      await pause(100);
    }
    await execute(FAULT_LISTENER, timeout, true);
  }

  async function execute(code: string, timeout: number, silent = false): Promise<CellOutput[] | null> {
    published.length = replies.length = 0;
    const id = await send("execute_request", {
      code,
      silent,
      store_history: !silent,
      user_expressions: {},
      allow_stdin: false,
      stop_on_error: true,
    });
    const mine = (messages: readonly Message[]) => messages.filter((message) => message.parent === id);
    const idle = () =>
      mine(published).some(({ type, content }) => type === "status" && content.execution_state === "idle");
    const reply = () => mine(replies).find(({ type }) => type === "execute_reply");
    const end = performance.now() + timeout;
    while (!(idle() && reply())) {
      if (performance.now() > end) return null;
      if (process.exited()) {
        const died = { ename: "KernelDied", evalue: "the kernel ended", traceback: [] };
        return [...outputsOf(mine(published)), { type: "error", content: died }];
      }
      await pause(POLL);
    }
    await pause(DRAIN);
    const outputs = outputsOf(mine(published)), { content } = reply()!;
    const told = outputs.some(({ type }) => type === "error");
    return content.status === "error" && !told ? [...outputs, UNPARSED] : outputs;
  }

  async function stop(): Promise<void> {
    await process.stop();
    for (const socket of sockets) socket.close();
    await Promise.all(listening);
  }

  return { ready, execute, faults: () => faults.splice(0), stop };
}

/** Of code that does not parse the kernel tells in its reply alone, and not what is wrong with it. */
const UNPARSED: CellOutput = {
  type: "error",
  content: {
    ename: "SyntaxError",
    evalue: "the kernel could not parse the cell; its type-check says where",
    traceback: [],
  },
};

/** Connects as soon as the kernel listens; `check` throws when it is no use to wait. */
async function connectOnceListening(
  port: number,
  type: "DEALER" | "SUB",
  check: () => void,
): Promise<ZmtpSocket> {
  while (true) {
    check();
    try {
      return await connectZmtp(port, type);
    } catch (error) {
      if (!(error instanceof Deno.errors.ConnectionRefused)) throw error;
      await pause(20);
    }
  }
}

/** Hands every message of a socket on until the socket is closed. */
async function listen(socket: ZmtpSocket, hear: (message: Message) => void): Promise<void> {
  for await (const frames of socket.messages()) {
    const at = frames.indexOf(DELIMITER);
    const part = (offset: number) => JSON.parse(frames[at + offset]!);
    hear({ type: part(2).msg_type, parent: part(3).msg_id, content: part(5) });
  }
}

function outputsOf(messages: readonly Message[]): CellOutput[] {
  return messages.filter(({ type }) => OUTPUTS.includes(type)).map(({ type, content }) => ({
    type,
    content,
  }));
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
