/** A Deno kernel as a process: the ports and the key it is given, and its end. */
import { randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";

/** A kernel that was started. */
export interface KernelProcess {
  readonly key: string;
  readonly shellPort: number;
  readonly iopubPort: number;
  /** True once the process has ended. */
  exited(): boolean;
  /** Ends it; resolves when it is gone and its file too. */
  stop(): Promise<void>;
}

/**
 * Starts a kernel in a folder. It ends with `stop`, and with this process however that ends: a keeper stands
 * between them.
 */
export async function startKernelProcess(
  folder: string,
  env: Readonly<Record<string, string>>,
): Promise<KernelProcess> {
  const key = randomUUID();
  const [shellPort, iopubPort, stdinPort, controlPort, heartbeatPort] = freePorts(5);
  const connectionFile = await Deno.makeTempFile({ suffix: ".json" });
  await Deno.writeTextFile(
    connectionFile,
    JSON.stringify({
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
    }),
  );
  const keeper = fileURLToPath(new URL("./kernel_keeper.ts", import.meta.url));
  const kernel = [Deno.execPath(), "jupyter", "--kernel", "--conn", connectionFile];
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--quiet",
      "--no-check",
      "--no-config",
      "--no-lock",
      "--allow-run",
      "--allow-sys",
      keeper,
      ...kernel,
    ],
    cwd: folder,
    env: { NO_COLOR: "1", ...env },
    stdin: "piped",
    stdout: "null",
    stderr: "null",
  }).spawn();
  let exited = false;
  const exit = child.status.then(() => void (exited = true));
  return {
    key,
    shellPort: shellPort!,
    iopubPort: iopubPort!,
    exited: () => exited,
    async stop() {
      await child.stdin.close().catch(() => {}); // it is closed already where the kernel ended by itself
      await exit;
      await Deno.remove(connectionFile);
    },
  };
}

/** Ports that are free now, all held at once so that they differ. */
function freePorts(n: number): number[] {
  const listeners = Array.from({ length: n }, () => Deno.listen({ port: 0, hostname: "127.0.0.1" }));
  const ports = listeners.map((listener) => (listener.addr as Deno.NetAddr).port);
  for (const listener of listeners) listener.close();
  return ports;
}
