#!/bin/bash
# Takes what the tasks of slurm_array.sh left into one store:
#
#   sbatch --dependency=afterok:$jobid docs/cluster/slurm_merge.sh data/shards/smoke-{0..9}-of-10
#SBATCH --job-name=popagent-merge
#SBATCH --cpus-per-task=1
#SBATCH --mem=1G
#SBATCH --time=01:00:00
set -euo pipefail

deno task experiment merge "$@"
