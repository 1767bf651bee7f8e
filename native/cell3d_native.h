/* The whole ABI between Cell3D.Parallel and the site's MPI, PETSc and HDF5.
 *
 * Rules: arguments are int32_t, int64_t, double, UTF-8 text and pointers to them, nothing whose size or value a
 * library version decides. PetscInt, PetscBool, MPI_Comm, hid_t and their constants stay behind this line.
 * Communicators cross as Fortran handles (int32_t), HDF5 identifiers as int64_t, PETSc objects as void*.
 * Every function returning int32_t status returns a C3D_* code; the text is fetched with c3d_error_text.
 * Any change to this file that an older caller would notice raises C3D_ABI. */
#ifndef CELL3D_NATIVE_H
#define CELL3D_NATIVE_H

#include <stdint.h>

#define C3D_ABI 10
#define C3D_API __attribute__((visibility("default")))

/* Status: which library failed. */
enum { C3D_OK = 0, C3D_PETSC_FAILED = 1, C3D_MPI_FAILED = 2, C3D_HDF5_FAILED = 3, C3D_ARGUMENT = 4, C3D_SYSTEM_FAILED = 5 };

/* Element types and reductions. */
enum { C3D_DOUBLE = 0, C3D_FLOAT = 1, C3D_INT64 = 2, C3D_INT32 = 3, C3D_BYTE = 4 };
enum { C3D_SUM = 0, C3D_MIN = 1, C3D_MAX = 2 };

/* error.c */
C3D_API const char *c3d_error_text(void);

/* runtime.c */
C3D_API int32_t c3d_abi_version(void);
C3D_API int32_t c3d_petsc_int_size(void);
C3D_API void c3d_petsc_version(int32_t built[3], int32_t loaded[3]);
C3D_API void c3d_hdf5_version(int32_t built[3], int32_t loaded[3]);
C3D_API void c3d_mpi_version(char *text, int64_t capacity);
/* PETSC_OPTIONS and .petscrc files count only with use_environment. launched: whether an MPI launcher started this process.
 * The first `most` ranks work; on all others *idle becomes 1, and nothing but c3d_stop may be called. */
C3D_API int32_t c3d_start(int32_t option_count, const char *const *options, int32_t use_environment, int32_t launched, int32_t most,
                          int32_t *idle);
/* *Collective* over all ranks: those that are idle wait here for the others. */
C3D_API int32_t c3d_stop(void);
/* The ranks that work. */
C3D_API int32_t c3d_comm_world(void);
C3D_API void c3d_abort(int32_t exit_code);
C3D_API int64_t c3d_peak_memory(void);
C3D_API int32_t c3d_file_replace(const char *temporary, const char *final);
C3D_API int32_t c3d_file_settle(const char *path);
C3D_API int32_t c3d_file_lock(const char *path, int32_t *descriptor, int32_t *state);
C3D_API int32_t c3d_file_same(int32_t descriptor, const char *path);
C3D_API int32_t c3d_option_set(const char *name, const char *value);
C3D_API int32_t c3d_option_exists(const char *name, int32_t *exists);
C3D_API int32_t c3d_options_all(int32_t unused_only, char *text, int64_t capacity, int64_t *length);

/* mpi_communicator.c */
C3D_API int32_t c3d_comm_self(void);
C3D_API int32_t c3d_comm_rank(int32_t comm, int32_t *rank);
C3D_API int32_t c3d_comm_size(int32_t comm, int32_t *size);
C3D_API int32_t c3d_comm_split(int32_t comm, int32_t color, int32_t key, int32_t *part);
C3D_API int32_t c3d_comm_free(int32_t comm);
C3D_API int32_t c3d_barrier(int32_t comm);
C3D_API int32_t c3d_allreduce(int32_t comm, void *values, int64_t count, int32_t type, int32_t operation);
C3D_API int32_t c3d_allreduce_location(int32_t comm, double *value, int32_t *rank, int32_t operation);
C3D_API int32_t c3d_exscan(int32_t comm, int64_t *value);
C3D_API int32_t c3d_broadcast(int32_t comm, void *values, int64_t bytes, int32_t root);
C3D_API int32_t c3d_allgatherv(int32_t comm, const void *local, int64_t count, void *all, const int64_t *counts, int32_t element_size);
C3D_API int32_t c3d_gatherv(int32_t comm, const void *local, int64_t count, void *all, const int64_t *counts, int32_t element_size, int32_t root);

/* halo.c: 8-byte entries are moved bit for bit, so doubles and int64 alike. */
C3D_API int32_t c3d_halo_create(int32_t comm, int32_t neighbours, const int32_t *ranks, const int32_t *send_counts, const int32_t *send,
                                const int32_t *receive_counts, const int32_t *receive, void **halo);
C3D_API int32_t c3d_halo_begin(void *halo, const void *values, int32_t stride);
C3D_API int32_t c3d_halo_end(void *halo, void *values, int32_t stride);
C3D_API int32_t c3d_halo_destroy(void *halo);

/* vector.c: vectors and index sets */
C3D_API int32_t c3d_vector_create(int32_t comm, int64_t local_size, void **vector, int64_t *global_size);
C3D_API int32_t c3d_vector_array(void *vector, double **values);
C3D_API int32_t c3d_vector_restore(void *vector, double *values);
C3D_API int32_t c3d_vector_set(void *vector, double value);
C3D_API int32_t c3d_vector_norm(void *vector, double *norm);
C3D_API int32_t c3d_vector_destroy(void *vector);
C3D_API int32_t c3d_index_set_create(int32_t comm, int64_t count, const int64_t *indices, void **index_set);
C3D_API int32_t c3d_index_set_destroy(void *index_set);

/* pages.c: zeros that take no memory before they are written */
C3D_API int32_t c3d_pages_take(int64_t count, double **numbers);
C3D_API void c3d_pages_release(double *numbers, int64_t count);
/* Zeros in large pages where the kernel has them, which it may refuse: fewer faults and fewer addresses to look up. */
C3D_API int32_t c3d_large_pages_take(int64_t bytes, void **start);
C3D_API void c3d_large_pages_release(void *start, int64_t bytes);

/* matrix.c */
/* Both blocks of values are pages of as many numbers as their row starts end with. The matrix does not copy but keep them, and releases them with it. */
C3D_API int32_t c3d_matrix_create(int32_t comm, int64_t rows, const int32_t *row_start, const int32_t *columns,
                                  const int32_t *off_row_start, const int64_t *off_columns, double *values, double *off_values, void **matrix);
C3D_API int32_t c3d_matrix_changed(void *matrix);
C3D_API int32_t c3d_matrix_multiply(void *matrix, void *x, void *y);
C3D_API int32_t c3d_matrix_multiply_transposed(void *matrix, void *x, void *y);
/* *transposed: NULL for a new matrix, or one that this function made of the same matrix. */
C3D_API int32_t c3d_matrix_transpose(void *matrix, void **transposed);
/* Matrix, then vector, in PETSc's binary format. */
C3D_API int32_t c3d_matrix_dump(void *matrix, void *vector, const char *path);
C3D_API int32_t c3d_matrix_destroy(void *matrix);

/* linear_solver.c */
C3D_API int32_t c3d_solver_create(int32_t comm, const char *prefix, void **solver);
C3D_API int32_t c3d_solver_operators(void *solver, void *matrix, void *preconditioning_matrix);
C3D_API int32_t c3d_solver_field_split(void *solver, const char *name, void *index_set);
C3D_API int32_t c3d_solver_tolerances(void *solver, double relative, double absolute, int32_t iterations);
C3D_API int32_t c3d_solver_reuse_preconditioner(void *solver, int32_t reuse);
C3D_API int32_t c3d_solver_from_options(void *solver);
/* Calls of the caller's own preconditioner: 0, or what C3D_SHELL_* says. Arrays hold the rank's entries. `apply`: x = P^-1 r.
 * `multiply`: y = A x right behind x = P^-1 r, or nothing where it says UNMULTIPLIED: then that with the matrix, which `make_matrix` gives (NULL: failed).
 * `matrix` is NULL where there is none before it is asked for. Nothing is called when options choose another preconditioner. */
enum { C3D_SHELL_DONE = 0, C3D_SHELL_SINGULAR = 1, C3D_SHELL_FAILED = 2, C3D_SHELL_UNMULTIPLIED = 3 };
C3D_API int32_t c3d_solver_shell(void *solver, const char *name, int64_t rows, void *matrix, int32_t (*set_up)(void *),
                                 int32_t (*apply)(void *, const double *, double *),
                                 int32_t (*multiply)(void *, const double *, const double *, double *), void *(*make_matrix)(void *),
                                 void *context, int32_t *used);
/* Values changed of a matrix that there is not. */
C3D_API int32_t c3d_solver_changed(void *solver);
C3D_API int32_t c3d_solver_set_up(void *solver);
C3D_API int32_t c3d_solver_solve(void *solver, void *b, void *x, int32_t *reason, int32_t *iterations, double *residual_norm);
C3D_API int32_t c3d_solver_progress(void *solver, int32_t *iterations, double *residual_norm);
C3D_API int32_t c3d_solver_solve_transposed(void *solver, void *b, void *x, int32_t *reason, int32_t *iterations, double *residual_norm);
C3D_API int32_t c3d_solver_describe(void *solver, char *text, int64_t capacity, int64_t *length);
/* Forgets what a factorisation keeps of earlier matrices, such as the order of its pivots: the next set-up is like the first. */
C3D_API int32_t c3d_solver_forget(void *solver);
C3D_API int32_t c3d_solver_destroy(void *solver);

/* hdf5_file.c: `object` is a path inside the file; shapes have at most 8 dimensions; a file belongs to the process that opened it */
C3D_API int32_t c3d_h5_create(const char *path, int64_t *file);
C3D_API int32_t c3d_h5_open(const char *path, int64_t *file);
C3D_API int32_t c3d_h5_close(int64_t file);
C3D_API int32_t c3d_h5_group(int64_t file, const char *path);
C3D_API int32_t c3d_h5_exists(int64_t file, const char *path, int32_t *exists);
C3D_API int32_t c3d_h5_link_external(int64_t file, const char *path, const char *target_file, const char *target_path);
C3D_API int32_t c3d_h5_write_attribute(int64_t file, const char *object, const char *name, int32_t type, int64_t count, const void *values);
C3D_API int32_t c3d_h5_write_attribute_text(int64_t file, const char *object, const char *name, const char *text);
C3D_API int32_t c3d_h5_write_texts(int64_t file, const char *path, int64_t count, int64_t length, const char *texts);
C3D_API int32_t c3d_h5_attribute_size(int64_t file, const char *object, const char *name, int64_t *count, int64_t *element_size);
C3D_API int32_t c3d_h5_read_attribute(int64_t file, const char *object, const char *name, int32_t type, int64_t capacity, void *values);
C3D_API int32_t c3d_h5_read_attribute_text(int64_t file, const char *object, const char *name, char *text, int64_t capacity);
C3D_API int32_t c3d_h5_dataset(int64_t file, const char *path, int32_t type, int32_t dimensions, const int64_t *shape, int64_t chunk_rows,
                               int32_t deflate, int32_t shuffle, int32_t fletcher32, int64_t *offset);
C3D_API int32_t c3d_h5_write(int64_t file, const char *path, int32_t type, int64_t row_offset, int64_t rows, int64_t count, const void *values);
C3D_API int32_t c3d_h5_shape(int64_t file, const char *path, int32_t *dimensions, int64_t shape[8]);
C3D_API int32_t c3d_h5_read(int64_t file, const char *path, int32_t type, int64_t row_offset, int64_t rows, int64_t count, void *values);

#endif
