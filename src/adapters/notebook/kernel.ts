/**
 * Runs a notebook in a real Deno kernel over the Jupyter wire protocol, without Python and without a native library.
 *
 * @see Messaging in Jupyter, protocol 5.3 (jupyter-client documentation).
 */
import { createHmac, randomUUID } from "node:crypto";
import { basename, dirname, resolve } from "node:path";
import * as z from "zod";
import { connectZmtp, type ZmtpSocket } from "./zmtp.ts";

/** One output of a cell: its message type (stream, display_data, execute_result, error) and content. */
export interface CellOutput {
  readonly type: string;
  readonly content: Readonly<Record<string, unknown>>;
}

/** A code cell that was run. */
export interface CellRun {
  readonly source: string;
  readonly outputs: readonly CellOutput[];
}

/** Settings of a run of a notebook. */
export interface NotebookOptions {
  /** Variables added to the kernel's environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Longest time a cell may take, ms. */
  readonly cellTimeout: number;
}

/** A cell that raised an error, or took too long. */
export class NotebookError extends Error {
  override readonly name = "NotebookError";
  constructor(message: string, readonly cells: readonly CellRun[]) {
    super(message);
  }
}

const cellSchema = z.object({ cell_type: z.string(), source: z.union([z.string(), z.array(z.string())]) });
const notebookSchema = z.object({ cells: z.array(cellSchema) });

/** The sources of a notebook's code cells, in order. @throws {TypeError} If the text is not a notebook. */
export function codeCells(notebook: string): string[] {
  const parsed = notebookSchema.safeParse(JSON.parse(notebook));
  if (!parsed.success) {
    throw new TypeError(`Cannot read a notebook as it must hold cells: ${z.prettifyError(parsed.error)}`);
  }
  return parsed.data.cells.filter((cell) => cell.cell_type === "code").map((cell) =>
    [cell.source].flat().join("")
  );
}

/**
 * Runs every code cell of a notebook from a clean kernel, in order, in the notebook's folder. The file is
 * not changed.
 *
 * @returns The cells with their outputs.
 * @throws {NotebookError} At the first cell that raises an error or takes too long; it holds the cells so far.
 */
export async function runNotebook(path: string, options: NotebookOptions): Promise<CellRun[]> {
  const sources = codeCells(await Deno.readTextFile(path));
  const kernel = await startKernel(dirname(resolve(path)), options.env);
  const cells: CellRun[] = [];
  try {
    await kernel.ready(options.cellTimeout);
    for (const [i, source] of sources.entries()) {
      const outputs = await kernel.execute(source, options.cellTimeout);
      cells.push({ source, outputs: outputs ?? [] });
      const place = `code cell ${i + 1} of ${basename(path)}`;
      if (outputs === null) {
        throw new NotebookError(`Cannot run ${place} as it must end within ${options.cellTimeout} ms`, cells);
      }
      const error = outputs.find((output) => output.type === "error");
      if (error) throw new NotebookError(`Cannot run ${place} as it raised ${errorText(error)}`, cells);
    }
    return cells;
  } finally {
    await kernel.stop();
  }
}

interface Message {
  readonly type: string;
  readonly parent: string | undefined;
  readonly content: Readonly<Record<string, unknown>>;
}

interface Kernel {
  /** Waits until the kernel's outputs reach us. */
  ready(timeout: number): Promise<void>;
  /** Outputs of a piece of code; null if it did not end in time. */
  execute(code: string, timeout: number): Promise<CellOutput[] | null>;
  stop(): Promise<void>;
}

/** Time for outputs that arrive after the kernel says it is idle, ms: it may publish some late. */
const DRAIN = 60;
const POLL = 5;
const DELIMITER = "<IDS|MSG>";

async function startKernel(folder: string, env: Readonly<Record<string, string>>): Promise<Kernel> {
  const key = randomUUID();
  const [shellPort, iopubPort, stdinPort, controlPort, heartbeatPort] = freePorts(5);
  const connection = {
    transport: "tcp",
    ip: "127.0.0.1",
    shell_port: shellPort,
    iopub_port: iopubPort,
    stdin_port: stdinPort,
    control_port: controlPort,
    hb_port: heartbeatPort,
    key,
    signature_scheme: "hmac-sha256",
    kernel_name: "deno",
  };
  const connectionFile = await Deno.makeTempFile({ suffix: ".json" });
  await Deno.writeTextFile(connectionFile, JSON.stringify(connection));
  const child = new Deno.Command(Deno.execPath(), {
    args: ["jupyter", "--kernel", "--conn", connectionFile],
    cwd: folder,
    env: { NO_COLOR: "1", ...env },
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
  let exited = false;
  const exit = child.status.then(() => void (exited = true));

  const published: Message[] = [];
  const sockets: ZmtpSocket[] = [];
  const listening: Promise<void>[] = [];
  const session = randomUUID();

  async function send(type: string, content: unknown): Promise<string> {
    const id = randomUUID();
    const header = {
      msg_id: id,
      session,
      username: "popagent",
      date: new Date().toISOString(),
      msg_type: type,
      version: "5.3",
    };
    const parts = [header, {}, {}, content].map((part) => JSON.stringify(part));
    const signature = createHmac("sha256", key).update(parts.join("")).digest("hex");
    await sockets[0]!.send([DELIMITER, signature, ...parts]);
    return id;
  }

  async function ready(timeout: number): Promise<void> {
    const end = performance.now() + timeout;
    const check = () => {
      if (exited) throw new Error("Cannot run a notebook as its kernel must start: it ended");
      if (performance.now() > end) {
        throw new Error(`Cannot run a notebook as its kernel must answer within ${timeout} ms`);
      }
    };
    for (const [port, type] of [[shellPort!, "DEALER"], [iopubPort!, "SUB"]] as const) {
      const socket = await connectOnceListening(port, type, check);
      sockets.push(socket);
      listening.push(listen(socket, (message) => void (type === "SUB" && published.push(message))));
    }
    while (published.length === 0) { // what is published before a subscription has arrived is lost: ask again
      check();
      await send("kernel_info_request", {});
      await pause(100);
    }
  }

  async function execute(code: string, timeout: number): Promise<CellOutput[] | null> {
    published.length = 0;
    const id = await send("execute_request", {
      code,
      silent: false,
      store_history: true,
      user_expressions: {},
      allow_stdin: false,
      stop_on_error: true,
    });
    const mine = () => published.filter((message) => message.parent === id);
    const idle = () =>
      mine().some(({ type, content }) => type === "status" && content.execution_state === "idle");
    const end = performance.now() + timeout;
    while (!idle()) {
      if (performance.now() > end) return null;
      if (exited) {
        return [...outputsOf(mine()), {
          type: "error",
          content: { ename: "KernelDied", evalue: "the kernel ended" },
        }];
      }
      await pause(POLL);
    }
    await pause(DRAIN);
    return outputsOf(mine());
  }

  async function stop(): Promise<void> {
    if (!exited) child.kill("SIGKILL");
    await exit;
    for (const socket of sockets) socket.close();
    await Promise.all(listening);
    await Deno.remove(connectionFile);
  }

  return { ready, execute, stop };
}

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
  return messages.filter(({ type }) => type !== "status" && type !== "execute_input")
    .map(({ type, content }) => ({ type, content }));
}

function errorText({ content }: CellOutput): string {
  return `${content.ename}: ${content.evalue}`;
}

/** Ports that are free now, all held at once so that they differ. */
function freePorts(n: number): number[] {
  const listeners = Array.from({ length: n }, () => Deno.listen({ port: 0, hostname: "127.0.0.1" }));
  const ports = listeners.map((listener) => (listener.addr as Deno.NetAddr).port);
  for (const listener of listeners) listener.close();
  return ports;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
