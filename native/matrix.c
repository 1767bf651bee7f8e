/* A square AIJ matrix whose values the caller writes straight into PETSc's own CSR arrays. */
#include "internal.h"

/* Where the nonzeros of the rank's rows are, in two blocks. */
typedef struct {
  int64_t rows;
  PetscInt first; /* global number of the first row */
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
    if (!c3d_fits_petsc(*off) || *off < pattern->first + pattern->rows)
      return c3d_fail(C3D_ARGUMENT, "Row %lld: off-diagonal column %lld is owned by this rank or out of order.", (long long)row, (long long)*off);
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

static int32_t preallocate(Mat matrix, const Pattern *pattern) {
  PetscInt *inner, *outer;
  PETSC_TRY(PetscMalloc2(pattern->rows, &inner, pattern->rows, &outer));
  for (int64_t row = 0; row < pattern->rows; row++) {
    inner[row] = pattern->start[row + 1] - pattern->start[row];
    outer[row] = pattern->off_start[row + 1] - pattern->off_start[row];
  }
  PETSC_TRY(MatXAIJSetPreallocation(matrix, 1, inner, outer, NULL, NULL));
  PETSC_TRY(PetscFree2(inner, outer));
  return C3D_OK;
}

/* Row by row: PETSc's own arrays are the only ones of the size of the pattern. */
static int32_t insert_rows(Mat matrix, const Pattern *pattern, PetscInt *merged, const PetscScalar *zeros) {
  PETSC_TRY(MatSetOption(matrix, MAT_NO_OFF_PROC_ENTRIES, PETSC_TRUE));
  for (int64_t row = 0; row < pattern->rows; row++) {
    const PetscInt global = pattern->first + (PetscInt)row;
    const int32_t status = merge_row(pattern, row, merged);
    if (status != C3D_OK) return status;
    PETSC_TRY(MatSetValues(matrix, 1, &global, row_length(pattern, row), merged, zeros, INSERT_VALUES));
  }
  PETSC_TRY(MatAssemblyBegin(matrix, MAT_FINAL_ASSEMBLY));
  PETSC_TRY(MatAssemblyEnd(matrix, MAT_FINAL_ASSEMBLY));
  PETSC_TRY(MatSetOption(matrix, MAT_NEW_NONZERO_LOCATION_ERR, PETSC_TRUE));
  return C3D_OK;
}

static int32_t fill_pattern(Mat matrix, Pattern *pattern) {
  PetscInt *merged, longest = 0;
  PetscScalar *zeros;
  PetscLayout layout;
  PETSC_TRY(MatGetLayouts(matrix, &layout, NULL));
  PETSC_TRY(PetscLayoutSetUp(layout));
  PETSC_TRY(PetscLayoutGetRange(layout, &pattern->first, NULL));
  for (int64_t row = 0; row < pattern->rows; row++) longest = PetscMax(longest, row_length(pattern, row));
  PETSC_TRY(PetscMalloc1(longest, &merged));
  PETSC_TRY(PetscCalloc1(longest, &zeros));
  int32_t status = c3d_agree(PetscObjectComm((PetscObject)matrix), check_rows(pattern, merged));
  if (status == C3D_OK) status = preallocate(matrix, pattern);
  if (status == C3D_OK) status = insert_rows(matrix, pattern, merged, zeros);
  PetscFree(merged);
  PetscFree(zeros);
  return status;
}

int32_t c3d_matrix_create(int32_t comm, int64_t rows, const int32_t *row_start, const int32_t *columns, const int32_t *off_row_start,
                          const int64_t *off_columns, void **matrix) {
  Mat created;
  c3d_error_reset();
  int32_t status = c3d_agree(c3d_comm(comm), check_sizes(rows, row_start, off_row_start));
  if (status != C3D_OK) return status;
  PETSC_TRY(MatCreate(c3d_comm(comm), &created));
  PETSC_TRY(MatSetSizes(created, (PetscInt)rows, (PetscInt)rows, PETSC_DETERMINE, PETSC_DETERMINE));
  PETSC_TRY(MatSetType(created, MATAIJ));
  Pattern pattern = {rows, 0, row_start, columns, off_row_start, off_columns};
  status = fill_pattern(created, &pattern);
  if (status != C3D_OK) {
    MatDestroy(&created);
    return status;
  }
  *matrix = created;
  return C3D_OK;
}

static int32_t blocks(Mat matrix, Mat *diagonal, Mat *off_diagonal) {
  PetscBool distributed = PETSC_FALSE;
  PETSC_TRY(PetscObjectTypeCompare((PetscObject)matrix, MATMPIAIJ, &distributed));
  *diagonal = matrix;
  *off_diagonal = NULL;
  if (distributed) PETSC_TRY(MatMPIAIJGetSeqAIJ(matrix, diagonal, off_diagonal, NULL));
  return C3D_OK;
}

/* Read access does not count as a change: that is what c3d_matrix_changed tells. */
int32_t c3d_matrix_values(void *matrix, double **diagonal, double **off_diagonal) {
  Mat inner = NULL, outer = NULL;
  const double *borrowed;
  c3d_error_reset();
  const int32_t status = blocks((Mat)matrix, &inner, &outer);
  if (status != C3D_OK) return status;
  PETSC_TRY(MatSeqAIJGetArrayRead(inner, &borrowed));
  *diagonal = (double *)borrowed;
  PETSC_TRY(MatSeqAIJRestoreArrayRead(inner, &borrowed));
  *off_diagonal = NULL;
  if (!outer) return C3D_OK;
  PETSC_TRY(MatSeqAIJGetArrayRead(outer, &borrowed));
  *off_diagonal = (double *)borrowed;
  PETSC_TRY(MatSeqAIJRestoreArrayRead(outer, &borrowed));
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
