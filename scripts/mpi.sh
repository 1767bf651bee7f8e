# shellcheck shell=bash
# Sourced: the environment in which Open MPI runs quietly and safely on one machine. A variable that the caller has
# set is left as it is.

default() {
    local name=$1
    export "$name=${!name-$2}"
}

# mpi_environment RANKS
mpi_environment() {
    local ranks=$1
    # Ranks of one machine talk through its memory: looking for fast networks would take 0.2 s of every start.
    if [[ -z ${SLURM_JOB_ID-}${PBS_JOBID-}${LSB_JOBID-}${OMPI_MCA_orte_default_hostfile-} ]]; then
        default OMPI_MCA_pml ob1
    fi
    default OMPI_MCA_btl_base_warn_component_unused 0
    # One thread per rank: the ranks are the parallelism.
    default OMP_NUM_THREADS 1
    default OPENBLAS_NUM_THREADS 1
    if [[ $EUID -eq 0 ]]; then
        default OMPI_ALLOW_RUN_AS_ROOT 1
        default OMPI_ALLOW_RUN_AS_ROOT_CONFIRM 1
    fi
    if ((ranks > $(nproc))); then
        default OMPI_MCA_rmaps_base_oversubscribe 1
        default OMPI_MCA_mpi_yield_when_idle 1
    fi
    # Containers forbid the system call behind single-copy messages between ranks; Open MPI would warn on every run.
    if [[ -e /.dockerenv || -e /run/.containerenv ]]; then
        default OMPI_MCA_btl_vader_single_copy_mechanism none
    fi
    # mpirun gives the ranks a pseudo-terminal even when its own output is a file.
    if [[ ! -t 1 ]]; then
        export TERM=dumb
    fi
}
