/** The model that is served: its file, its name and its hash. */
export const MODEL_FILE = new URL("SmolLM2-135M-Instruct.Q4_1.gguf", import.meta.url);
export const MODEL_NAME = "SmolLM2-135M-Instruct-Q4_1";
export const MODEL_SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53";
