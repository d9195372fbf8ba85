/** A reply whose body comes in pieces, `pause` ms apart. */
export function drip(
  text: string,
  pieces: number,
  pause: number,
  signal = new AbortController().signal,
): Response {
  const size = Math.ceil(text.length / pieces);
  const encoder = new TextEncoder();
  let at = 0;
  const stream = new ReadableStream({
    async pull(controller) {
      await new Promise((resolve) => setTimeout(resolve, pause));
      if (signal.aborted) return controller.close();
      controller.enqueue(encoder.encode(text.slice(at, at += size)));
      if (at >= text.length) controller.close();
    },
  });
  return new Response(stream, { headers: { "content-type": "application/json" } });
}
