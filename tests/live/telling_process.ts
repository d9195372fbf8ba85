/** A process that trades three scripted bars, watched by telemetry if Deno's switch is on. */
import { sessionTelemetry } from "popagent/adapters/telemetry/session_telemetry.ts";
import { COINS } from "../../tools/paper_mind.ts";
import { scriptedSession } from "./scripted_session.ts";

const telemetry = await sessionTelemetry(COINS);
const { take, journal } = scriptedSession(telemetry.exchange, {}, () => null, telemetry.mind);
const loop = telemetry.loop(take());
for (let bar = 0; bar < 3; bar++) await loop.bar();
console.log(JSON.stringify(journal.events().filter(({ type }) => type === "bar" || type === "fill")));
