/** A real Slurm of one node on this machine's loopback, for trials of array jobs: Debian's slurm-wlm and munge, as root. */
import { join } from "node:path";

/** A cluster that was started here. */
export interface Slurm {
  /** Runs one of its programs. @returns What it printed. */
  run(program: string, ...args: string[]): Promise<string>;
  stop(): Promise<void>;
}

const CONTROL_PORT = 16817, NODE_PORT = 16818;

/** Settings of a cluster in which this machine is control and only node. */
function settings(folder: string): string {
  const host = Deno.hostname().split(".")[0]!;
  const inFolder = (name: string) => join(folder, name);
  return [
    "ClusterName=trial",
    `SlurmctldHost=${host}(127.0.0.1)`,
    `SlurmctldPort=${CONTROL_PORT}`,
    `SlurmdPort=${NODE_PORT}`,
    "AuthType=auth/munge",
    "SlurmUser=root",
    "SlurmdUser=root",
    `StateSaveLocation=${inFolder("state")}`,
    `SlurmdSpoolDir=${inFolder("spool")}`,
    `SlurmctldPidFile=${inFolder("control.pid")}`,
    `SlurmdPidFile=${inFolder("node.pid")}`,
    `SlurmctldLogFile=${inFolder("control.log")}`,
    `SlurmdLogFile=${inFolder("node.log")}`,
    "ProctrackType=proctrack/pgid", // no control groups in a container
    "TaskPlugin=task/none",
    "SelectType=select/cons_tres",
    "SelectTypeParameters=CR_Core",
    "ReturnToService=2",
    `NodeName=${host} NodeAddr=127.0.0.1 CPUs=${navigator.hardwareConcurrency} RealMemory=6000 State=UNKNOWN`,
    "PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP",
    "",
  ].join("\n");
}

/** Starts it; null where it is not installed. @throws {Error} If it does not come up. */
export async function startSlurm(folder: string): Promise<Slurm | null> {
  for (const name of ["state", "spool"]) await Deno.mkdir(join(folder, name), { recursive: true });
  const conf = join(folder, "slurm.conf");
  await Deno.writeTextFile(conf, settings(folder));
  const run = async (program: string, ...args: string[]) => {
    const env = { SLURM_CONF: conf };
    const { code, stdout, stderr } = await new Deno.Command(program, { args, env, stdin: "null" }).output();
    const said = new TextDecoder().decode(stdout);
    if (code !== 0) throw new Error(`Cannot run ${program}: ${new TextDecoder().decode(stderr)}${said}`);
    return said;
  };
  try {
    await run("slurmctld", "-V");
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
  await run("mkdir", "-p", "/run/munge");
  await run("chown", "munge:munge", "/run/munge");
  await run("munge", "-n").catch(() => run("su", "-s", "/bin/sh", "munge", "-c", "/usr/sbin/munged"));
  await run("slurmctld");
  await run("slurmd");
  for (let tries = 0; !/idle/.test(await run("sinfo", "--noheader").catch(() => "")); tries++) {
    if (tries > 60) {
      throw new Error(`Cannot start Slurm: ${await Deno.readTextFile(join(folder, "control.log"))}`);
    }
    await new Promise((go) => setTimeout(go, 500));
  }
  return {
    run,
    async stop() {
      for (const name of ["node.pid", "control.pid"]) {
        const pid = Number(await Deno.readTextFile(join(folder, name)).catch(() => "0"));
        if (pid > 0) Deno.kill(pid, "SIGTERM");
      }
    },
  };
}
