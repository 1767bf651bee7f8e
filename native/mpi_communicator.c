/* Collective operations on a communicator. */
#include "internal.h"

#include <limits.h>
#include <stdlib.h>

static MPI_Datatype mpi_type(int32_t type) {
  switch (type) {
    case C3D_DOUBLE: return MPI_DOUBLE;
    case C3D_FLOAT: return MPI_FLOAT;
    case C3D_INT64: return MPI_INT64_T;
    case C3D_INT32: return MPI_INT32_T;
    default: return MPI_UINT8_T;
  }
}

static MPI_Op mpi_operation(int32_t operation) {
  switch (operation) {
    case C3D_MIN: return MPI_MIN;
    case C3D_MAX: return MPI_MAX;
    default: return MPI_SUM;
  }
}

static int fits(int64_t count) { return count >= 0 && count <= INT_MAX; }

static int32_t too_many(int64_t count) {
  return c3d_fail(C3D_ARGUMENT, "%lld elements in one message; MPI counts from 0 to 2147483647.", (long long)count);
}

int32_t c3d_comm_self(void) { return (int32_t)MPI_Comm_c2f(MPI_COMM_SELF); }

int32_t c3d_comm_rank(int32_t comm, int32_t *rank) {
  MPI_TRY(MPI_Comm_rank(c3d_comm(comm), rank));
  return C3D_OK;
}

int32_t c3d_comm_size(int32_t comm, int32_t *size) {
  MPI_TRY(MPI_Comm_size(c3d_comm(comm), size));
  return C3D_OK;
}

int32_t c3d_comm_split(int32_t comm, int32_t color, int32_t key, int32_t *part) {
  MPI_Comm created;
  MPI_TRY(MPI_Comm_split(c3d_comm(comm), color, key, &created));
  *part = (int32_t)MPI_Comm_c2f(created);
  return C3D_OK;
}

int32_t c3d_comm_free(int32_t comm) {
  MPI_Comm freed = c3d_comm(comm);
  MPI_TRY(MPI_Comm_free(&freed));
  return C3D_OK;
}

int32_t c3d_barrier(int32_t comm) {
  MPI_TRY(MPI_Barrier(c3d_comm(comm)));
  return C3D_OK;
}

int32_t c3d_allreduce(int32_t comm, void *values, int64_t count, int32_t type, int32_t operation) {
  if (!fits(count)) return too_many(count);
  MPI_TRY(MPI_Allreduce(MPI_IN_PLACE, values, (int)count, mpi_type(type), mpi_operation(operation), c3d_comm(comm)));
  return C3D_OK;
}

int32_t c3d_allreduce_location(int32_t comm, double *value, int32_t *rank, int32_t operation) {
  struct { double value; int rank; } located = {*value, 0};
  MPI_TRY(MPI_Comm_rank(c3d_comm(comm), &located.rank));
  MPI_TRY(MPI_Allreduce(MPI_IN_PLACE, &located, 1, MPI_DOUBLE_INT, operation == C3D_MIN ? MPI_MINLOC : MPI_MAXLOC, c3d_comm(comm)));
  *value = located.value;
  *rank = located.rank;
  return C3D_OK;
}

int32_t c3d_exscan(int32_t comm, int64_t *value) {
  int64_t before = 0;
  int rank = 0;
  MPI_TRY(MPI_Comm_rank(c3d_comm(comm), &rank));
  MPI_TRY(MPI_Exscan(value, &before, 1, MPI_INT64_T, MPI_SUM, c3d_comm(comm)));
  *value = rank == 0 ? 0 : before; /* MPI leaves the first rank's result undefined */
  return C3D_OK;
}

int32_t c3d_broadcast(int32_t comm, void *values, int64_t bytes, int32_t root) {
  if (!fits(bytes)) return too_many(bytes);
  MPI_TRY(MPI_Bcast(values, (int)bytes, MPI_BYTE, root, c3d_comm(comm)));
  return C3D_OK;
}

/* Counts and offsets as MPI wants them. Every rank holds the same counts and so comes to the same verdict. */
static int32_t layout(int size, const int64_t *counts, int **received, int **offsets) {
  int64_t total = 0;
  *received = malloc(2 * (size_t)size * sizeof **received);
  if (!*received) return c3d_no_memory("the counts of a gather");
  *offsets = *received + size;
  for (int i = 0; i < size; i++) {
    if (!fits(counts[i]) || !fits(total + counts[i])) return too_many(fits(counts[i]) ? total + counts[i] : counts[i]);
    (*received)[i] = (int)counts[i];
    (*offsets)[i] = (int)total;
    total += counts[i];
  }
  return C3D_OK;
}

/* root < 0 gathers on every rank; `counts` (elements per rank) is the same on all. */
static int32_t gather(MPI_Comm comm, const void *local, int64_t count, void *all, const int64_t *counts, int32_t element_size, int32_t root) {
  int size = 0, rank = 0, code, *received = NULL, *offsets = NULL;
  MPI_Datatype element;
  MPI_TRY(MPI_Comm_size(comm, &size));
  MPI_TRY(MPI_Comm_rank(comm, &rank));
  int32_t status = layout(size, counts, &received, &offsets);
  if (status == C3D_OK && counts[rank] != count)
    status = c3d_fail(C3D_ARGUMENT, "This rank gives %lld elements where %lld were announced.", (long long)count, (long long)counts[rank]);
  if (status != C3D_OK) {
    free(received);
    return status;
  }
  code = MPI_Type_contiguous(element_size, MPI_BYTE, &element);
  if (code == MPI_SUCCESS) {
    code = MPI_Type_commit(&element);
    if (code == MPI_SUCCESS)
      code = root < 0 ? MPI_Allgatherv(local, (int)count, element, all, received, offsets, element, comm)
                      : MPI_Gatherv(local, (int)count, element, all, received, offsets, element, root, comm);
    MPI_Type_free(&element);
  }
  free(received);
  return code == MPI_SUCCESS ? C3D_OK : c3d_mpi_failed(code, "gather");
}

int32_t c3d_allgatherv(int32_t comm, const void *local, int64_t count, void *all, const int64_t *counts, int32_t element_size) {
  return gather(c3d_comm(comm), local, count, all, counts, element_size, -1);
}

int32_t c3d_gatherv(int32_t comm, const void *local, int64_t count, void *all, const int64_t *counts, int32_t element_size, int32_t root) {
  return gather(c3d_comm(comm), local, count, all, counts, element_size, root);
}
