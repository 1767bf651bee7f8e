/* Shared by the shim's own files; never seen by the caller. */
#ifndef CELL3D_INTERNAL_H
#define CELL3D_INTERNAL_H

#include "cell3d_native.h"

#include <mpi.h>
#include <petscksp.h>

#if defined(PETSC_USE_COMPLEX) || !defined(PETSC_USE_REAL_DOUBLE)
#error "Cell3D needs a PETSc built with real double-precision scalars."
#endif

/* Exported by PETSc, yet declared in its private headers only. */
PETSC_EXTERN PetscErrorCode PetscObjectStateGet(PetscObject object, PetscObjectState *state);

void c3d_error_reset(void);
void c3d_error_append(const char *format, ...) __attribute__((format(printf, 1, 2)));
int32_t c3d_fail(int32_t status, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Whether HDF5 holds a file that can neither be used nor closed. */
int c3d_h5_lost(void);
int32_t c3d_no_memory(const char *what);
/* *Collective.* The caller's own failure, or one of another rank: what follows may then count on all ranks taking part. */
int32_t c3d_agree(MPI_Comm comm, int32_t status);
int32_t c3d_petsc_failed(PetscErrorCode code, const char *call);
int32_t c3d_mpi_failed(int code, const char *call);
PetscErrorCode c3d_collect_petsc_error(MPI_Comm comm, int line, const char *function, const char *file, PetscErrorCode code,
                                       PetscErrorType type, const char *message, void *context);

/* `release` is called for the pointer when the object goes; what is there already under that name must not be replaced. */
PetscErrorCode c3d_give(PetscObject owner, const char *name, void *pointer, PetscErrorCode (*release)(void *));
/* Numbers from c3d_pages_take, released with a PETSc object. */
PetscErrorCode c3d_pages_give(PetscObject owner, const char *name, double *numbers, int64_t count);
/* Vectors that solvers take for this matrix have no memory before they are written. */
PetscErrorCode c3d_use_untouched_vectors(Mat matrix);

#define PETSC_TRY(call)                                                \
  do {                                                                 \
    PetscErrorCode code_ = (call);                                     \
    if (code_) return c3d_petsc_failed(code_, #call);                  \
  } while (0)

#define MPI_TRY(call)                                                  \
  do {                                                                 \
    int code_ = (call);                                                \
    if (code_ != MPI_SUCCESS) return c3d_mpi_failed(code_, #call);     \
  } while (0)

/* Counts and indices arrive as int64_t whatever this PETSc counts with. */
static inline int c3d_fits_petsc(int64_t value) { return value >= 0 && value <= PETSC_MAX_INT; }

static inline MPI_Comm c3d_comm(int32_t handle) { return MPI_Comm_f2c((MPI_Fint)handle); }

#endif
