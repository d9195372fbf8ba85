/** A loaded model, and what it replies to a request in OpenAI's form. One request after the other. */
import { fileURLToPath } from "node:url";
import { getLlama, LlamaChatSession } from "node-llama-cpp";
import { boundedGrammar } from "./bounded_grammar.mjs";
import { keptTokens, segmentEnds } from "./segments.mjs";

/** A message as the library's histories have it. */
function turn({ role, content }) {
  if (role === "assistant") return { type: "model", response: [content] };
  return { type: role === "system" ? "system" : "user", text: content };
}

/**
 * Loads a model.
 *
 * @param threads They wait for one another busily: where other programs use the cores, 1 is faster.
 * @returns `complete(request, signal)`.
 */
export async function loadCompletion(served, threads) {
  const llama = await getLlama({ gpu: false, build: "never", logLevel: "error" });
  const model = await llama.loadModel({ modelPath: fileURLToPath(served.file) });
  // Gemma looks back 512 tokens in most layers; without the whole cache nothing before those could be kept.
  const context = await model.createContext({ contextSize: served.context, threads, swaFullCache: true });
  const sequence = context.getSequence();
  const grammars = new Map(); // by schema and bounds
  let before = { whole: [], ends: [] };

  function grammarOf(schema, bounded) {
    const key = JSON.stringify([schema, bounded]);
    if (!grammars.has(key)) {
      grammars.set(
        key,
        bounded
          ? llama.createGrammar({ grammar: boundedGrammar(schema) })
          : llama.createGrammarForJsonSchema(schema),
      );
    }
    return grammars.get(key);
  }

  /** Reads a conversation up to its last segment, which the library reads as it begins to reply. */
  async function read(messages, wrapper) {
    const tokensOf = (some) =>
      wrapper.generateContextState({ chatHistory: [...some.map(turn), { type: "model", response: [] }] })
        .contextText.tokenize(model.tokenizer);
    const conversation = segmentEnds(messages, tokensOf), kept = keptTokens(before, conversation);
    before = { whole: [], ends: [] }; // nothing is known of the cache if this fails half-way
    await sequence.eraseContextTokenRanges([{ start: kept, end: sequence.nextTokenIndex }]);
    let at = kept;
    for (const end of conversation.ends.slice(0, -1)) {
      if (end <= at) continue;
      await sequence.evaluateWithoutGeneratingNewTokens(conversation.whole.slice(at, end));
      at = end;
    }
    return { conversation, kept };
  }

  async function complete(
    { messages, max_tokens = 256, temperature = 0, top_p = 1, seed = 1, response_format, bounded = false },
    signal,
  ) {
    const schema = response_format?.json_schema?.schema;
    const grammar = schema && await grammarOf(schema, bounded);
    const session = new LlamaChatSession({ contextSequence: sequence, systemPrompt: "" });
    try {
      const start = sequence.tokenMeter.getState();
      const { conversation, kept } = await read(messages, session.chatWrapper);
      session.setChatHistory(messages.slice(0, -1).map(turn));
      const options = { maxTokens: max_tokens, temperature, topP: top_p, seed, signal, ...(grammar && { grammar }) };
      const { responseText, stopReason } = await session.promptWithMeta(messages.at(-1).content, options);
      before = conversation;
      const { usedInputTokens, usedOutputTokens } = sequence.tokenMeter.diff(start);
      const prompt = kept + usedInputTokens;
      return {
        id: "local",
        object: "chat.completion",
        created: 0,
        model: served.name,
        system_fingerprint: `gguf-sha256-${served.sha256.slice(0, 16)}`,
        choices: [{
          index: 0,
          finish_reason: stopReason === "maxTokens" ? "length" : "stop",
          message: { role: "assistant", content: responseText, refusal: null },
        }],
        usage: {
          prompt_tokens: prompt,
          completion_tokens: usedOutputTokens,
          total_tokens: prompt + usedOutputTokens,
          prompt_tokens_details: { cached_tokens: kept },
        },
      };
    } finally {
      session.dispose({ disposeSequence: false });
    }
  }
  return complete;
}
