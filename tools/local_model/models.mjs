/** The models that can be served: file, name, hash, and how many tokens of a conversation they are given room for. */
const here = (file) => new URL(file, import.meta.url);

export const MODELS = {
  smollm2: {
    file: here("SmolLM2-135M-Instruct.Q4_1.gguf"),
    name: "SmolLM2-135M-Instruct-Q4_1",
    sha256: "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
    context: 4096,
  },
  // Not tuned to follow instructions: the package carries the model as it was pretrained.
  gemma3: {
    file: here("gemma-3-270m-q4_k_m.gguf"),
    name: "gemma-3-270m-Q4_K_M",
    sha256: "a5fd3b62230aa5ec60212297dc9d20eaa70578ac519e00d93a17e44c087a6818",
    context: 16_384, // of 32,768: what a champion did in two months is shown in some 4,000 to 10,000
  },
};

/** The model of a name. Exits with the names where there is none. */
export function modelNamed(name) {
  if (Object.hasOwn(MODELS, name)) return MODELS[name];
  console.error(`Cannot take the model ${name} as it must be one of ${Object.keys(MODELS).join(", ")}`);
  process.exit(1);
}
