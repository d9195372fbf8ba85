/** One line that says how far something is: in place in a notebook and on a terminal, now and then elsewhere. */

/** A line that is shown and shown again. */
export interface ProgressLine {
  /** Shows the text, unless another was shown a moment ago. */
  show(text: string): void;
  /** Shows the last text, which stays. */
  end(text: string): void;
}

/** Least time between two texts, ms: in place, and where each is a line of its own. */
const IN_PLACE = 100, LINE_BY_LINE = 10_000;

/** A line for wherever this runs; none if `quiet`. */
export function progressLine(quiet = false): ProgressLine {
  if (quiet) return { show: () => {}, end: () => {} };
  const jupyter = kernel();
  if (jupyter) return notebookLine(jupyter);
  return Deno.stderr.isTerminal() ? terminalLine() : plainLine();
}

function kernel(): typeof Deno.jupyter | null {
  try {
    return Deno.jupyter;
  } catch {
    return null; // outside a kernel it cannot be had
  }
}

/** A display that is updated; its last state is what a stored notebook keeps. */
function notebookLine(jupyter: typeof Deno.jupyter): ProgressLine {
  const id = crypto.randomUUID();
  let shown = false;
  const send = (text: string) => {
    const kind = shown ? "update_display_data" : "display_data";
    shown = true;
    const data = { "text/plain": text };
    // it says that it returns a promise, and returns none
    Promise.resolve(jupyter.broadcast(kind, { data, metadata: {}, transient: { display_id: id } })).catch(
      () => {},
    );
  };
  return { show: paced(send, IN_PLACE), end: send };
}

function terminalLine(): ProgressLine {
  const write = (text: string) => Deno.stderr.writeSync(new TextEncoder().encode(text));
  return {
    show: paced((text) => write(`\r\x1b[K${text}`), IN_PLACE),
    end: (text) => write(`\r\x1b[K${text}\n`),
  };
}

function plainLine(): ProgressLine {
  return { show: paced((text) => console.error(text), LINE_BY_LINE), end: (text) => console.error(text) };
}

function paced(show: (text: string) => void, pause: number): (text: string) => void {
  let last = -Infinity;
  return (text) => {
    const now = performance.now();
    if (now - last < pause) return;
    last = now;
    show(text);
  };
}
