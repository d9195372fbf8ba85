/** Static imports of a module, relative ones alone: what is the project's own. */
const RELATIVE_IMPORT = /\b(?:from|import)\s*\(?\s*["'](\.{1,2}\/[^"']+\.(?:[mc]?[jt]s|json))["']/g;

/**
 * All source files that a module is made of: itself and what it imports, however deep; packages are left out.
 *
 * @param follows Which of the files that are imported count; all unless given.
 * @returns Their URLs, sorted.
 */
export async function sourceClosure(
  entry: URL,
  follows: (url: URL) => boolean = () => true,
): Promise<URL[]> {
  const found = new Map<string, URL>();
  async function visit(url: URL): Promise<void> {
    if (found.has(url.href)) return;
    found.set(url.href, url);
    const text = await Deno.readTextFile(url);
    for (const [, specifier] of text.matchAll(RELATIVE_IMPORT)) {
      const imported = new URL(specifier!, url);
      if (follows(imported)) await visit(imported);
    }
  }
  await visit(entry);
  return [...found.values()].sort((a, b) => (a.href < b.href ? -1 : 1));
}
