/** One notebook in a JupyterLab page: opened, run, looked at in light and dark. */
import type { Page } from "puppeteer-core";

/** What was seen of a notebook. */
export interface SeenNotebook {
  readonly cells: number;
  readonly figures: number;
  readonly tables: number;
  /** Different states of progress lines that were seen while it ran. */
  readonly progress: number;
  /** What was wrong: errors of cells, figures that do not show, cells of tables that stand on the wrong side. */
  readonly faults: readonly string[];
}

const PATIENCE = 180_000;

/** Commands of the page's own JupyterLab. */
function execute(page: Page, command: string, args: Record<string, unknown> = {}): Promise<unknown> {
  return page.evaluate(
    (id, given) => {
      // deno-lint-ignore no-explicit-any
      const app = (globalThis as any).jupyterapp;
      return app.commands.execute(id, given).then(() => true);
    },
    command,
    args,
  );
}

/** Opens and runs a notebook. @param shot Where pictures go, without theme and ending. */
export async function seeNotebook(page: Page, path: string, shot: string): Promise<SeenNotebook> {
  await execute(page, "docmanager:open", { path, kernel: { name: "deno" } });
  await page.waitForFunction(
    (wanted) => {
      // deno-lint-ignore no-explicit-any
      const widget = (globalThis as any).jupyterapp.shell.currentWidget;
      return widget?.context?.path === wanted && widget.context.isReady &&
        widget.sessionContext?.session?.kernel?.connectionStatus === "connected" &&
        widget.sessionContext.session.kernel.status === "idle";
    },
    { timeout: PATIENCE },
    path,
  );
  const run = execute(page, "notebook:run-all-cells");
  const progress = new Set<string>();
  const end = performance.now() + PATIENCE;
  for (;;) {
    const { done, lines } = await page.evaluate(() => {
      // deno-lint-ignore no-explicit-any
      const widget = (globalThis as any).jupyterapp.shell.currentWidget;
      const cells = widget.content.model.toJSON().cells.filter((cell: { cell_type: string }) =>
        cell.cell_type === "code"
      );
      const lines = [...widget.node.querySelectorAll(".jp-OutputArea-output pre")].map((pre) =>
        pre.textContent ?? ""
      )
        .filter((text) => text.startsWith("Population run:"));
      const failed = cells.some((cell: { outputs: { output_type: string }[] }) =>
        cell.outputs.some((output) => output.output_type === "error")
      );
      const all = cells.every((cell: { execution_count: number | null }) => cell.execution_count !== null);
      return { done: failed || all && widget.sessionContext.session.kernel.status === "idle", lines };
    });
    for (const line of lines) progress.add(line);
    if (done) break;
    if (performance.now() > end) throw new Error(`Cannot check ${path} as it must end within ${PATIENCE} ms`);
    await new Promise((go) => setTimeout(go, 50));
  }
  await run;
  const faults: string[] = [];
  const looks: { readonly figures: number; readonly tables: number; readonly cells: number }[] = [];
  for (const theme of ["JupyterLab Light", "JupyterLab Dark"]) {
    await execute(page, "apputils:change-theme", { theme });
    await page.waitForFunction(
      (dark) => document.body.dataset.jpThemeLight === (dark ? "false" : "true"),
      { timeout: PATIENCE },
      theme.endsWith("Dark"),
    );
    const look = await lookAt(page);
    looks.push(look);
    faults.push(...look.faults.map((fault) => `${theme}: ${fault}`));
    await page.evaluate(() => {
      // deno-lint-ignore no-explicit-any
      const panel = (globalThis as any).jupyterapp.shell.currentWidget.node.querySelector(
        ".jp-WindowedPanel-outer",
      );
      if (panel) panel.scrollTop = 0;
    });
    await page.setViewport({ width: 1300, height: Math.min(12_000, look.height + 250) });
    await new Promise((go) => setTimeout(go, 800)); // the page lays itself out
    await page.screenshot({
      path: `${shot}_${theme.endsWith("Dark") ? "dark" : "light"}.png` as `${string}.png`,
    });
    await page.setViewport({ width: 1300, height: 900 });
  }
  await execute(page, "notebook:shutdown-kernel").catch(() => {});
  const [{ cells, figures, tables }] = looks as [typeof looks[number]];
  return { cells, figures, tables, progress: progress.size, faults };
}

/** Counts what shows, and says what does not. */
async function lookAt(page: Page) {
  await page.waitForFunction(
    () =>
      [...document.querySelectorAll<HTMLImageElement>(".jp-RenderedSVG img")].every((image) =>
        image.complete
      ),
    { timeout: PATIENCE },
  );
  return await page.evaluate(() => {
    // deno-lint-ignore no-explicit-any
    const widget = (globalThis as any).jupyterapp.shell.currentWidget;
    const code = widget.content.model.toJSON().cells.filter((cell: { cell_type: string }) =>
      cell.cell_type === "code"
    );
    const node: HTMLElement = widget.node, faults: string[] = [];
    code.forEach((cell: { outputs: Record<string, string>[] }, i: number) => {
      for (const output of cell.outputs) {
        if (output.output_type === "error") {
          faults.push(`code cell ${i + 1} raised ${output.ename}: ${output.evalue}`);
        }
      }
    });
    const wanted = code.flatMap((cell: { outputs: { data?: Record<string, unknown> }[] }) => cell.outputs)
      .filter(({ data }: { data?: Record<string, unknown> }) => data && "image/svg+xml" in data).length;
    const images = [...node.querySelectorAll<HTMLImageElement>(".jp-RenderedSVG img")];
    const shown = images.filter((image) =>
      image.naturalWidth > 100 && image.getBoundingClientRect().width > 100
    );
    const cut = images.filter((image) => {
      const area = image.closest(".jp-OutputArea-output")!;
      return image.getBoundingClientRect().right > area.getBoundingClientRect().right + 1;
    });
    if (cut.length > 0) faults.push(`${cut.length} figures are cut off at the right`);
    if (shown.length !== wanted) faults.push(`${shown.length} of ${wanted} figures show`);
    for (const cell of node.querySelectorAll(".popagent-table th, .popagent-table td")) {
      const side = cell.classList.contains("number") ? "right" : "left";
      if (getComputedStyle(cell).textAlign !== side) {
        faults.push(`"${cell.textContent}" does not stand ${side}`);
      }
    }
    const tables = [...node.querySelectorAll(".popagent-table table")];
    const wide = tables.filter((table) =>
      table.getBoundingClientRect().width > node.getBoundingClientRect().width
    );
    const heads = wide.map((table) => table.querySelector("tr")?.textContent?.trim().replace(/\s+/g, " "));
    if (wide.length > 0) {
      faults.push(`${wide.length} tables are wider than the notebook: ${heads.join(", ")}`);
    }
    const inner = node.querySelector(".jp-WindowedPanel-outer") ?? node;
    return {
      cells: code.length,
      figures: shown.length,
      tables: tables.length,
      height: inner.scrollHeight,
      faults: faults.slice(0, 5),
    };
  });
}
