/**
 * Signs requests of Bybit's V5 interface: lowercase hex of HMAC-SHA256 over time, key, window and the very bytes that
 * are sent, the query of a GET or the body of a POST.
 *
 * @see https://bybit-exchange.github.io/docs/v5/guide
 */
import type { BybitKeys } from "./keys.ts";

/** Signs a payload: ms UTC by the exchange's clock, the window in ms, and the query or body as it is sent. */
export type Sign = (timestamp: number, window: number, payload: string) => Promise<string>;

/** A signer that holds the secret. */
export function signerOf({ key, secret }: BybitKeys): Sign {
  const bytes = (text: string) => new TextEncoder().encode(text);
  const imported = crypto.subtle.importKey("raw", bytes(secret), { name: "HMAC", hash: "SHA-256" }, false, [
    "sign",
  ]);
  return async (timestamp, window, payload) => {
    const mac = await crypto.subtle.sign(
      "HMAC",
      await imported,
      bytes(`${timestamp}${key}${window}${payload}`),
    );
    return Array.from(new Uint8Array(mac), (byte) => byte.toString(16).padStart(2, "0")).join("");
  };
}
