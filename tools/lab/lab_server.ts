/** A JupyterLab on loopback for a check: a port, a token and settings of its own, no news, no windowing. */
import { join } from "node:path";

/** Where a lab answers, and how it is ended. */
export interface Lab {
  readonly url: string;
  stop(): Promise<void>;
}

/** Settings that keep dialogs away and draw every cell, seen or not. */
const SETTINGS = {
  "@jupyterlab/apputils-extension/notification": { fetchNews: "false", checkForUpdates: false },
  "@jupyterlab/notebook-extension/tracker": { windowingMode: "none" },
  "@jupyterlab/docmanager-extension/plugin": { autosave: false },
};

/**
 * Starts JupyterLab on a folder and waits until it answers.
 *
 * @param jupyter The program `jupyter`.
 * @param home Folder for its settings, kernels and logs.
 */
export async function startLab(jupyter: string, folder: string, home: string): Promise<Lab> {
  await writeJson(join(home, "data", "kernels", "deno", "kernel.json"), {
    argv: [Deno.execPath(), "jupyter", "--kernel", "--conn", "{connection_file}"],
    display_name: "Deno",
    language: "typescript",
  });
  for (const [name, value] of Object.entries(SETTINGS)) {
    await writeJson(join(home, "settings", `${name}.jupyterlab-settings`), value);
  }
  const port = freePort(), token = crypto.randomUUID();
  const child = new Deno.Command(jupyter, {
    args: [
      "lab",
      "--no-browser",
      "--allow-root",
      "--expose-app-in-browser",
      "--ServerApp.ip=127.0.0.1",
      `--ServerApp.port=${port}`,
      "--ServerApp.port_retries=0",
      `--ServerApp.root_dir=${folder}`,
      `--IdentityProvider.token=${token}`,
    ],
    env: {
      NO_COLOR: "1",
      POPAGENT_DATA: "",
      JUPYTER_DATA_DIR: join(home, "data"),
      JUPYTER_CONFIG_DIR: join(home, "config"),
      JUPYTER_RUNTIME_DIR: join(home, "runtime"),
      JUPYTERLAB_SETTINGS_DIR: join(home, "settings"),
      JUPYTERLAB_WORKSPACES_DIR: join(home, "workspaces"),
    },
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
  const base = `http://127.0.0.1:${port}`;
  for (const end = performance.now() + 60_000;;) {
    const answers = await fetch(`${base}/api?token=${token}`).then(async (answer) => {
      await answer.body?.cancel();
      return answer.ok;
    }, () => false);
    if (answers) break;
    if (performance.now() > end) {
      throw new Error("Cannot check notebooks as JupyterLab must answer within 60 s");
    }
    await new Promise((go) => setTimeout(go, 200));
  }
  return {
    url: `${base}/lab?token=${token}&reset`,
    async stop() {
      child.kill("SIGTERM");
      await child.status;
    },
  };
}

async function writeJson(path: string, value: unknown): Promise<void> {
  await Deno.mkdir(join(path, ".."), { recursive: true });
  await Deno.writeTextFile(path, JSON.stringify(value));
}

function freePort(): number {
  const listener = Deno.listen({ port: 0, hostname: "127.0.0.1" });
  const { port } = listener.addr as Deno.NetAddr;
  listener.close();
  return port;
}
