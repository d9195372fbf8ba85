import { askGuard, type SessionPlaces } from "./session_folder.ts";

/** SIGUSR1 asks for a halt, as `popagent paper halt` does, from now on until the function that is returned is called. */
export function haltOnSignal(places: SessionPlaces): () => void {
  const halt = () => void askGuard(places, "halted");
  Deno.addSignalListener("SIGUSR1", halt);
  return () => Deno.removeSignalListener("SIGUSR1", halt);
}
