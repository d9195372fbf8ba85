import type { Notice } from "popagent/admin/notices/notice.ts";

/** A canary: a secret that no output may hold. */
export const CANARY = "canary4711secret";

export function notice(given: Partial<Notice> = {}): Notice {
  return {
    id: "small/alert-7-maxDrawdown",
    kind: "alert",
    severity: "critical",
    session: "small",
    source: "SYNTHETIC data",
    time: Date.UTC(2025, 2, 1),
    title: "CRITICAL maxDrawdown: equity is 21.4% below its highest",
    sections: [{ head: "", text: "equity is 21.4% below its highest." }],
    facts: [{ name: "Read", value: "21.4%" }],
    text: "CRITICAL maxDrawdown\nRead: 21.4%",
    files: [],
    ...given,
  };
}

export const never = new AbortController().signal;
