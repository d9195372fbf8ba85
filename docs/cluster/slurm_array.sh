#!/bin/bash
# A grid as a Slurm array job, one shard a task. From the project's folder, on a disk that all nodes see:
#
#   jobid=$(sbatch --parsable --array=0-9 docs/cluster/slurm_array.sh configs/experiments/smoke.yaml)
#   sbatch --dependency=afterok:$jobid docs/cluster/slurm_merge.sh data/shards/smoke-*-of-10
#
# The second waits until all tasks of the first are done, so write its folders out where they are not there yet:
# data/shards/smoke-{0..9}-of-10. A task that is killed or requeued goes on where it stopped: each shard has a store
# of its own. More words after the grid go to experiment shard, such as --store "/scratch/$USER/smoke".
#SBATCH --job-name=popagent
#SBATCH --cpus-per-task=2
#SBATCH --mem=2G
#SBATCH --time=08:00:00
#SBATCH --requeue
set -euo pipefail

deno task experiment shard "$1" \
  --index "$SLURM_ARRAY_TASK_ID" \
  --count "$SLURM_ARRAY_TASK_COUNT" \
  --workers "${SLURM_CPUS_PER_TASK:-2}" \
  "${@:2}"
