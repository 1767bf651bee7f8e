/* A square AIJ matrix whose values the caller writes straight into PETSc's own CSR arrays. */
#include "internal.h"

/* The rank's rows with global columns, sorted: off-diagonal columns left of the block, the block, the rest. */
static int32_t merge_rows(int64_t rows, PetscInt first, const int32_t *row_start, const int32_t *columns, const int32_t *off_row_start,
                          const int64_t *off_columns, PetscInt *merged_start, PetscInt *merged) {
  PetscInt filled = 0;
  for (int64_t row = 0; row < rows; row++) {
    int32_t off = off_row_start[row];
    const int32_t off_end = off_row_start[row + 1];
    merged_start[row] = filled;
    for (; off < off_end && off_columns[off] < first; off++) merged[filled++] = (PetscInt)off_columns[off];
    for (int32_t i = row_start[row]; i < row_start[row + 1]; i++) merged[filled++] = first + columns[i];
    for (; off < off_end; off++) {
      if (!c3d_fits_petsc(off_columns[off]) || off_columns[off] < first + rows)
        return c3d_fail(C3D_ARGUMENT, "Row %lld: off-diagonal column %lld is owned by this rank or out of order.", (long long)row,
                        (long long)off_columns[off]);
      merged[filled++] = (PetscInt)off_columns[off];
    }
    for (PetscInt i = merged_start[row] + 1; i < filled; i++)
      if (merged[i] <= merged[i - 1])
        return c3d_fail(C3D_ARGUMENT, "Row %lld: columns %lld and %lld are not in ascending order.", (long long)row, (long long)merged[i - 1],
                        (long long)merged[i]);
  }
  merged_start[rows] = filled;
  return C3D_OK;
}

static int32_t check_sizes(int64_t rows, const int32_t *row_start, const int32_t *off_row_start) {
  if (!c3d_fits_petsc(rows)) return c3d_fail(C3D_ARGUMENT, "%lld rows on one rank are negative or beyond what this PETSc can count.", (long long)rows);
  if (!c3d_fits_petsc((int64_t)row_start[rows] + off_row_start[rows]))
    return c3d_fail(C3D_ARGUMENT, "More nonzeros on one rank than this PETSc can count; use more ranks or one with 64-bit indices.");
  return C3D_OK;
}

static int32_t merged_rows(PetscInt first, int64_t rows, const int32_t *row_start, const int32_t *columns, const int32_t *off_row_start,
                           const int64_t *off_columns, PetscInt **merged_start, PetscInt **merged) {
  PETSC_TRY(PetscMalloc1(rows + 1, merged_start));
  PETSC_TRY(PetscMalloc1((int64_t)row_start[rows] + off_row_start[rows], merged));
  return merge_rows(rows, first, row_start, columns, off_row_start, off_columns, *merged_start, *merged);
}

static int32_t preallocate(Mat matrix, const PetscInt *merged_start, const PetscInt *merged) {
  /* Each is ignored by a matrix of the other type. */
  PETSC_TRY(MatSeqAIJSetPreallocationCSR(matrix, merged_start, merged, NULL));
  PETSC_TRY(MatMPIAIJSetPreallocationCSR(matrix, merged_start, merged, NULL));
  return C3D_OK;
}

static int32_t fill_pattern(Mat matrix, int64_t rows, const int32_t *row_start, const int32_t *columns, const int32_t *off_row_start,
                            const int64_t *off_columns) {
  PetscInt *merged_start = NULL, *merged = NULL, first = 0;
  PetscLayout layout;
  PETSC_TRY(MatGetLayouts(matrix, &layout, NULL));
  PETSC_TRY(PetscLayoutSetUp(layout));
  PETSC_TRY(PetscLayoutGetRange(layout, &first, NULL));
  int32_t status = merged_rows(first, rows, row_start, columns, off_row_start, off_columns, &merged_start, &merged);
  status = c3d_agree(PetscObjectComm((PetscObject)matrix), status);
  if (status == C3D_OK) status = preallocate(matrix, merged_start, merged);
  PetscFree(merged_start);
  PetscFree(merged);
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
  status = fill_pattern(created, rows, row_start, columns, off_row_start, off_columns);
  if (status != C3D_OK) {
    MatDestroy(&created);
    return status;
  }
  PETSC_TRY(MatSetOption(created, MAT_NO_OFF_PROC_ENTRIES, PETSC_TRUE));
  PETSC_TRY(MatSetOption(created, MAT_NEW_NONZERO_LOCATION_ERR, PETSC_TRUE));
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

int32_t c3d_matrix_values(void *matrix, double **diagonal, double **off_diagonal) {
  Mat inner = NULL, outer = NULL;
  double *borrowed;
  c3d_error_reset();
  const int32_t status = blocks((Mat)matrix, &inner, &outer);
  if (status != C3D_OK) return status;
  PETSC_TRY(MatSeqAIJGetArray(inner, &borrowed));
  *diagonal = borrowed;
  PETSC_TRY(MatSeqAIJRestoreArray(inner, &borrowed));
  *off_diagonal = NULL;
  if (!outer) return C3D_OK;
  PETSC_TRY(MatSeqAIJGetArray(outer, &borrowed));
  *off_diagonal = borrowed;
  PETSC_TRY(MatSeqAIJRestoreArray(outer, &borrowed));
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

int32_t c3d_matrix_destroy(void *matrix) {
  Mat destroyed = matrix;
  c3d_error_reset();
  PETSC_TRY(MatDestroy(&destroyed));
  return C3D_OK;
}
