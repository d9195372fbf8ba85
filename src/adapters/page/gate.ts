/**
 * Who is let in to a page that this machine alone may see. Whatever else runs in the reader's browser can send requests
 * to the loopback too: a hostile page under its own name (Origin), under a name that it lets resolve to the loopback
 * (Host), and a page of another local port (Sec-Fetch-Site). None of them knows the token.
 */
import { timingSafeEqual } from "node:crypto";
import { sha256 } from "../../core/hash.ts";

/** The one address that such a page is served on. */
export const LOOPBACK = "127.0.0.1";

/** What every answer says: nothing of it is kept, sniffed, framed or shown to another origin. */
export const GUARDED: Readonly<Record<string, string>> = {
  "Cache-Control": "no-store",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
};

/** True of a request that another page sent, or that came in under another name than the loopback's. */
export function isForeign(headers: Headers, port: number): boolean {
  const own = [`${LOOPBACK}:${port}`, `localhost:${port}`];
  if (!own.includes(headers.get("host") ?? "")) return true;
  const origin = headers.get("origin");
  if (origin !== null && origin !== `http://${headers.get("host")}`) return true;
  const site = headers.get("sec-fetch-site") ?? "none";
  const opened = headers.get("sec-fetch-mode") === "navigate" &&
    headers.get("sec-fetch-dest") === "document"; // a link that somebody followed shows its page to nobody else
  return site !== "none" && site !== "same-origin" && !opened;
}

/** True of equal texts; takes the same time wherever they differ. */
export function sameText(a: string, b: string): boolean {
  return timingSafeEqual(Buffer.from(sha256(a)), Buffer.from(sha256(b)));
}
