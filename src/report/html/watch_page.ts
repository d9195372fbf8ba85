/** The page of a session that is watched while it trades: its frame and its parts as they stand at the beginning. */
import { sha256 } from "../../core/hash.ts";
import { plainText } from "../../figures/text.ts";
import type { SessionView } from "../../figures/session_view.ts";
import { type Html, html, markup } from "./html.ts";
import { REPORT_STYLE } from "./style.ts";
import { WATCH_PARTS, type WatchParts, watchParts } from "./watch_parts.ts";
import { WATCH_SCRIPT, WATCH_SCRIPT_SOURCE } from "./watch_script.ts";
import { WATCH_STYLE } from "./watch_style.ts";

const STYLE = `${REPORT_STYLE}${WATCH_STYLE}`;

/** What the page may load and do: its own style and script, by their bytes, and its own server's news. */
export const WATCH_POLICY = [
  "default-src 'none'",
  `script-src ${WATCH_SCRIPT_SOURCE}`,
  `style-src 'sha256-${Uint8Array.fromHex(sha256(STYLE)).toBase64()}'`,
  "connect-src 'self'",
  "img-src data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** The whole page. Every text is escaped. */
export function watchPage(view: SessionView, parts: WatchParts = watchParts(view)): string {
  const { session, venue, source, synthetic, simulated } = view;
  const columns = WATCH_PARTS.map((column) =>
    html`<div>${
      Object.entries(column).map(([name, title]) => section(name, title, parts[name as keyof WatchParts]))
    }</div>`
  );
  return `${html`
    <!DOCTYPE html>
    <html lang="en">
      <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <link rel="icon" href="data:,">
        <title>${plainText(parts.title)}</title>
        ${markup(`<style>${STYLE}</style>`)}
      </head>
      <body class="watch">
        <header>
          <div
            class="name"><h1>${session}</h1> <span class="badge${simulated
              ? " simulated"
              : ""}">${venue}</span>${synthetic
              ? html`
                <span class="badge simulated">synthetic data</span>
              `
              : ""} <span class="link"><span class="lamp" aria-hidden="true"></span> <span id="link" role="status">as of loading</span></span></div>
          <p class="subtitle">${simulated
            ? "Simulated: no order leaves this machine. "
            : ""}${source}. Nothing can be done from this page.</p>
        </header>
        <noscript><p class="warning"><strong>Stands still.</strong> Scripts are off: load the page again to see what is new.</p></noscript>
        <p class="unseen" role="status" data-part="said">${parts.said}</p>
        <main>
          <div data-part="state">${markup(parts.state)}</div>
          <div data-part="money">${markup(parts.money)}</div>
          <div class="columns">${columns}</div>
        </main>
        ${markup(`<script>${WATCH_SCRIPT}</script>`)}
      </body>
    </html>
  `}`.trimStart();
}

function section(name: string, title: string, part: string): Html {
  return html`
    <section id="${name}" aria-labelledby="${name}-title">
      <h2 id="${name}-title">${title}</h2>
      <div class="wide" tabindex="0" role="group" aria-labelledby="${name}-title"
        data-part="${name}">${markup(part)}</div>
    </section>
  `;
}
