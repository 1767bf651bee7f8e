/* A square AIJ matrix over values that the caller has and goes on writing. */
#include "internal.h"

/* Where the nonzeros of the rank's rows are, in two blocks. */
typedef struct {
  int64_t rows;
  PetscInt first, end; /* global number of the first row, and rows of all ranks */
  const int32_t *start, *columns, *off_start;
  const int64_t *off_columns;
} Pattern;

/* One row with global columns, sorted: off-diagonal columns left of the block, the block, the rest. */
static int32_t merge_row(const Pattern *pattern, int64_t row, PetscInt *merged) {
  const int64_t *off = pattern->off_columns + pattern->off_start[row], *off_end = pattern->off_columns + pattern->off_start[row + 1];
  PetscInt filled = 0;
  for (; off < off_end && *off < pattern->first; off++) merged[filled++] = (PetscInt)*off;
  for (int32_t i = pattern->start[row]; i < pattern->start[row + 1]; i++) merged[filled++] = pattern->first + pattern->columns[i];
  for (; off < off_end; off++) {
    if (*off >= pattern->end || *off < pattern->first + pattern->rows)
      return c3d_fail(C3D_ARGUMENT, "Row %lld: off-diagonal column %lld is owned by this rank, beyond all rows or out of order.", (long long)row, (long long)*off);
    merged[filled++] = (PetscInt)*off;
  }
  for (PetscInt i = 1; i < filled; i++)
    if (merged[i] <= merged[i - 1])
      return c3d_fail(C3D_ARGUMENT, "Row %lld: columns %lld and %lld are not in ascending order.", (long long)row, (long long)merged[i - 1],
                      (long long)merged[i]);
  return C3D_OK;
}

static PetscInt row_length(const Pattern *pattern, int64_t row) {
  return pattern->start[row + 1] - pattern->start[row] + pattern->off_start[row + 1] - pattern->off_start[row];
}

static int32_t check_sizes(int64_t rows, const int32_t *row_start, const int32_t *off_row_start) {
  if (!c3d_fits_petsc(rows)) return c3d_fail(C3D_ARGUMENT, "%lld rows on one rank are negative or beyond what this PETSc can count.", (long long)rows);
  if (!c3d_fits_petsc((int64_t)row_start[rows] + off_row_start[rows]))
    return c3d_fail(C3D_ARGUMENT, "More nonzeros on one rank than this PETSc can count; use more ranks or one with 64-bit indices.");
  return C3D_OK;
}

static int32_t check_rows(const Pattern *pattern, PetscInt *merged) {
  for (int64_t row = 0; row < pattern->rows; row++) {
    const int32_t status = merge_row(pattern, row, merged);
    if (status != C3D_OK) return status;
  }
  return C3D_OK;
}

static PetscErrorCode release(void *arrays) {
  PetscCall(PetscFree(arrays));
  return 0;
}

/* Starts and columns of both blocks in one array, as PETSc counts: what it is given it does not copy. */
static PetscErrorCode copy_pattern(const Pattern *pattern, PetscInt **copied, PetscInt *blocks[4]) {
  const int64_t inside = pattern->start[pattern->rows], outside = pattern->off_start[pattern->rows];
  PetscCall(PetscMalloc1(2 * (pattern->rows + 1) + inside + outside, copied));
  blocks[0] = *copied;
  blocks[1] = blocks[0] + pattern->rows + 1;
  blocks[2] = blocks[1] + pattern->rows + 1;
  blocks[3] = blocks[2] + inside;
  for (int64_t row = 0; row <= pattern->rows; row++) {
    blocks[0][row] = pattern->start[row];
    blocks[1][row] = pattern->off_start[row];
  }
  for (int64_t i = 0; i < inside; i++) blocks[2][i] = pattern->columns[i];
  for (int64_t i = 0; i < outside; i++) blocks[3][i] = (PetscInt)pattern->off_columns[i];
  return 0;
}

static PetscErrorCode create(MPI_Comm comm, const Pattern *pattern, PetscInt of_all, double *values, double *off_values, Mat *made) {
  PetscMPIInt ranks;
  PetscInt *copied = NULL, *blocks[4] = {NULL};
  const PetscInt rows = (PetscInt)pattern->rows;
  PetscCallMPI(MPI_Comm_size(comm, &ranks));
  PetscCall(copy_pattern(pattern, &copied, blocks));
  if (ranks == 1) PetscCall(MatCreateSeqAIJWithArrays(comm, rows, rows, blocks[0], blocks[2], values, made));
  else PetscCall(MatCreateMPIAIJWithSplitArrays(comm, rows, rows, of_all, of_all, blocks[0], blocks[2], values, blocks[1], blocks[3], off_values, made));
  PetscCall(MatSetOption(*made, MAT_NO_OFF_PROC_ENTRIES, PETSC_TRUE));
  PetscCall(MatSetOption(*made, MAT_NEW_NONZERO_LOCATION_ERR, PETSC_TRUE));
  PetscCall(c3d_give((PetscObject)*made, "pattern", copied, release));
  PetscCall(c3d_use_untouched_vectors(*made));
  return 0;
}

/* The rows of all ranks, and those of lower ones. */
static int32_t count_rows(MPI_Comm comm, Pattern *pattern, PetscInt *of_all) {
  PetscInt rows = (PetscInt)pattern->rows;
  PETSC_TRY(PetscSplitOwnership(comm, &rows, of_all));
  MPI_TRY(MPI_Scan(&rows, &pattern->first, 1, MPIU_INT, MPI_SUM, comm));
  pattern->first -= rows;
  return C3D_OK;
}

static int32_t check_pattern(MPI_Comm comm, const Pattern *pattern) {
  PetscInt *merged, longest = 0;
  for (int64_t row = 0; row < pattern->rows; row++) longest = PetscMax(longest, row_length(pattern, row));
  PETSC_TRY(PetscMalloc1(longest, &merged));
  const int32_t status = c3d_agree(comm, check_rows(pattern, merged));
  PETSC_TRY(PetscFree(merged));
  return status;
}

int32_t c3d_matrix_create(int32_t comm, int64_t rows, const int32_t *row_start, const int32_t *columns, const int32_t *off_row_start,
                          const int64_t *off_columns, double *values, double *off_values, void **matrix) {
  Mat created;
  PetscInt of_all = PETSC_DECIDE;
  Pattern pattern = {rows, 0, 0, row_start, columns, off_row_start, off_columns};
  c3d_error_reset();
  int32_t status = c3d_agree(c3d_comm(comm), check_sizes(rows, row_start, off_row_start));
  if (status == C3D_OK) status = count_rows(c3d_comm(comm), &pattern, &of_all);
  pattern.end = of_all;
  if (status == C3D_OK) status = check_pattern(c3d_comm(comm), &pattern);
  if (status != C3D_OK) return status;
  PETSC_TRY(create(c3d_comm(comm), &pattern, of_all, values, off_values, &created));
  PETSC_TRY(c3d_pages_give((PetscObject)created, "values", values, row_start[rows]));
  PETSC_TRY(c3d_pages_give((PetscObject)created, "outer values", off_values, off_row_start[rows]));
  *matrix = created;
  return C3D_OK;
}

int32_t c3d_matrix_changed(void *matrix) {
  c3d_error_reset();
  /* Assembly also drops what PETSc caches from the old values (diagonals of smoothers, the state seen by preconditioners). */
  PETSC_TRY(MatAssemblyBegin((Mat)matrix, MAT_FINAL_ASSEMBLY));
  PETSC_TRY(MatAssemblyEnd((Mat)matrix, MAT_FINAL_ASSEMBLY));
  return C3D_OK;
}

int32_t c3d_matrix_multiply(void *matrix, void *x, void *y) {
  c3d_error_reset();
  PETSC_TRY(MatMult((Mat)matrix, (Vec)x, (Vec)y));
  return C3D_OK;
}

int32_t c3d_matrix_multiply_transposed(void *matrix, void *x, void *y) {
  c3d_error_reset();
  PETSC_TRY(MatMultTranspose((Mat)matrix, (Vec)x, (Vec)y));
  return C3D_OK;
}

int32_t c3d_matrix_transpose(void *matrix, void **transposed) {
  Mat result = *transposed;
  c3d_error_reset();
  PETSC_TRY(MatTranspose((Mat)matrix, result ? MAT_REUSE_MATRIX : MAT_INITIAL_MATRIX, &result));
  *transposed = result;
  return C3D_OK;
}

int32_t c3d_matrix_dump(void *matrix, void *vector, const char *path) {
  PetscViewer viewer;
  c3d_error_reset();
  PETSC_TRY(PetscViewerBinaryOpen(PetscObjectComm((PetscObject)matrix), path, FILE_MODE_WRITE, &viewer));
  PETSC_TRY(MatView((Mat)matrix, viewer));
  PETSC_TRY(VecView((Vec)vector, viewer));
  PETSC_TRY(PetscViewerDestroy(&viewer));
  return C3D_OK;
}

int32_t c3d_matrix_destroy(void *matrix) {
  Mat destroyed = matrix;
  c3d_error_reset();
  PETSC_TRY(MatDestroy(&destroyed));
  return C3D_OK;
}
