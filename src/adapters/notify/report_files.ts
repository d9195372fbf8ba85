/** A session's reports as files. */
import { join } from "node:path";
import type { SessionReport } from "../../figures/session_report.ts";
import { sessionPage } from "../../report/html/session_page.ts";
import { sessionReportText } from "../../report/text/session_report_text.ts";
import { writeFileAtomic } from "../files/atomic_file.ts";

/** A report that is kept. */
export interface KeptReport {
  readonly text: string;
  readonly files: readonly string[];
}

/** Writes a report as text and as a page. @throws {UserError} If it cannot be written. */
export async function keepReport(folder: string, name: string, report: SessionReport): Promise<KeptReport> {
  const text = sessionReportText(report), path = join(folder, name);
  await writeFileAtomic(`${path}.txt`, `${text}\n`);
  await writeFileAtomic(`${path}.html`, sessionPage(report));
  return { text, files: [`${path}.txt`, `${path}.html`] };
}
