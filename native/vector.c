/* Distributed vectors and index sets. */
#include "internal.h"

static PetscErrorCode duplicate(Vec vector, Vec *made);

/* Krylov methods take vectors in tens, of which most systems need a few: these take memory when they are written, and so do their duplicates. */
static PetscErrorCode create_untouched(MPI_Comm comm, PetscInt size, PetscInt of_all, Vec *made) {
  PetscMPIInt ranks;
  double *numbers;
  PetscCallMPI(MPI_Comm_size(comm, &ranks));
  PetscCheck(c3d_pages_take(size, &numbers) == C3D_OK, PETSC_COMM_SELF, PETSC_ERR_MEM, "No memory for a vector of %" PetscInt_FMT " entries.", size);
  if (ranks == 1) PetscCall(VecCreateSeqWithArray(comm, 1, size, numbers, made));
  else PetscCall(VecCreateMPIWithArray(comm, 1, size, of_all, numbers, made));
  PetscCall(c3d_pages_give((PetscObject)*made, "numbers", numbers, size));
  PetscCall(VecSetOperation(*made, VECOP_DUPLICATE, (void (*)(void))duplicate));
  return 0;
}

static PetscErrorCode duplicate(Vec vector, Vec *made) {
  PetscInt size, of_all;
  PetscCall(VecGetLocalSize(vector, &size));
  PetscCall(VecGetSize(vector, &of_all));
  PetscCall(create_untouched(PetscObjectComm((PetscObject)vector), size, of_all, made));
  return 0;
}

static PetscErrorCode of_matrix(Mat matrix, Vec *right, Vec *left) {
  PetscInt rows, columns, all_rows, all_columns;
  PetscCall(MatGetLocalSize(matrix, &rows, &columns));
  PetscCall(MatGetSize(matrix, &all_rows, &all_columns));
  if (right) PetscCall(create_untouched(PetscObjectComm((PetscObject)matrix), columns, all_columns, right));
  if (left) PetscCall(create_untouched(PetscObjectComm((PetscObject)matrix), rows, all_rows, left));
  return 0;
}

PetscErrorCode c3d_use_untouched_vectors(Mat matrix) {
  PetscCall(MatSetOperation(matrix, MATOP_CREATE_VECS, (void (*)(void))of_matrix));
  return 0;
}

int32_t c3d_vector_create(int32_t comm, int64_t local_size, void **vector, int64_t *global_size) {
  Vec created;
  PetscInt size = 0;
  c3d_error_reset();
  const int32_t status = c3d_agree(c3d_comm(comm), c3d_fits_petsc(local_size) ? C3D_OK : c3d_fail(C3D_ARGUMENT,
    "%lld entries on one rank are negative or beyond what this PETSc can count.", (long long)local_size));
  if (status != C3D_OK) return status;
  PETSC_TRY(VecCreate(c3d_comm(comm), &created));
  PETSC_TRY(VecSetSizes(created, (PetscInt)local_size, PETSC_DETERMINE));
  PETSC_TRY(VecSetType(created, VECSTANDARD));
  PETSC_TRY(VecSet(created, 0.0));
  PETSC_TRY(VecSetOperation(created, VECOP_DUPLICATE, (void (*)(void))duplicate));
  PETSC_TRY(VecGetSize(created, &size));
  *vector = created;
  *global_size = size;
  return C3D_OK;
}

int32_t c3d_vector_array(void *vector, double **values) {
  c3d_error_reset();
  PETSC_TRY(VecGetArray((Vec)vector, values));
  return C3D_OK;
}

int32_t c3d_vector_restore(void *vector, double *values) {
  c3d_error_reset();
  PETSC_TRY(VecRestoreArray((Vec)vector, &values));
  return C3D_OK;
}

int32_t c3d_vector_set(void *vector, double value) {
  c3d_error_reset();
  PETSC_TRY(VecSet((Vec)vector, value));
  return C3D_OK;
}

int32_t c3d_vector_norm(void *vector, double *norm) {
  c3d_error_reset();
  PETSC_TRY(VecNorm((Vec)vector, NORM_2, norm));
  return C3D_OK;
}

int32_t c3d_vector_destroy(void *vector) {
  Vec destroyed = vector;
  c3d_error_reset();
  PETSC_TRY(VecDestroy(&destroyed));
  return C3D_OK;
}

static int32_t convert(int64_t count, const int64_t *indices, PetscInt **converted) {
  if (!c3d_fits_petsc(count)) return c3d_fail(C3D_ARGUMENT, "%lld indices are negative or beyond what this PETSc can count.", (long long)count);
  PETSC_TRY(PetscMalloc1(count, converted));
  for (int64_t i = 0; i < count; i++) {
    if (!c3d_fits_petsc(indices[i]))
      return c3d_fail(C3D_ARGUMENT, "Index %lld is negative or beyond what this PETSc can count.", (long long)indices[i]);
    (*converted)[i] = (PetscInt)indices[i];
  }
  return C3D_OK;
}

int32_t c3d_index_set_create(int32_t comm, int64_t count, const int64_t *indices, void **index_set) {
  PetscInt *converted = NULL;
  IS created;
  c3d_error_reset();
  const int32_t status = c3d_agree(c3d_comm(comm), convert(count, indices, &converted));
  if (status != C3D_OK) {
    PetscFree(converted);
    return status;
  }
  PETSC_TRY(ISCreateGeneral(c3d_comm(comm), (PetscInt)count, converted, PETSC_OWN_POINTER, &created));
  *index_set = created;
  return C3D_OK;
}

int32_t c3d_index_set_destroy(void *index_set) {
  IS destroyed = index_set;
  c3d_error_reset();
  PETSC_TRY(ISDestroy(&destroyed));
  return C3D_OK;
}
