/* Exchange of the values of cut cells between neighbouring ranks: persistent requests, one set per stride. */
#include "internal.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

typedef struct Plan {
  int32_t stride;
  int in_flight;
  uint64_t *sent, *received; /* packed, neighbour after neighbour */
  MPI_Request *requests;     /* all receives, then all sends */
  struct Plan *next;
} Plan;

typedef struct {
  MPI_Comm comm; /* a duplicate, so that no other message can match */
  int32_t neighbours;
  int32_t *ranks, *send_counts, *receive_counts, *send, *receive;
  int64_t send_total, receive_total;
  Plan *plans;
} Halo;

/* Null when there is no memory. */
static int32_t *copy(const int32_t *from, int64_t count) {
  int32_t *to = malloc((size_t)(count > 0 ? count : 1) * sizeof *to);
  if (to && count > 0) memcpy(to, from, (size_t)count * sizeof *to);
  return to;
}

/* Negative when a count is. */
static int64_t total(const int32_t *counts, int32_t n) {
  int64_t sum = 0;
  for (int32_t i = 0; i < n; i++) {
    if (counts[i] < 0) return -1;
    sum += counts[i];
  }
  return sum;
}

static void free_halo(Halo *h) {
  if (!h) return;
  free(h->ranks);
  free(h->send_counts);
  free(h->receive_counts);
  free(h->send);
  free(h->receive);
  free(h);
}

static int32_t fill_halo(int32_t neighbours, const int32_t *ranks, const int32_t *send_counts, const int32_t *send,
                         const int32_t *receive_counts, const int32_t *receive, Halo *h) {
  h->neighbours = neighbours;
  h->send_total = total(send_counts, neighbours);
  h->receive_total = total(receive_counts, neighbours);
  if (neighbours < 0 || h->send_total < 0 || h->receive_total < 0) return c3d_fail(C3D_ARGUMENT, "A count of the halo is negative.");
  h->ranks = copy(ranks, neighbours);
  h->send_counts = copy(send_counts, neighbours);
  h->receive_counts = copy(receive_counts, neighbours);
  h->send = copy(send, h->send_total);
  h->receive = copy(receive, h->receive_total);
  if (!h->ranks || !h->send_counts || !h->receive_counts || !h->send || !h->receive) return c3d_no_memory("a halo");
  return C3D_OK;
}

int32_t c3d_halo_create(int32_t comm, int32_t neighbours, const int32_t *ranks, const int32_t *send_counts, const int32_t *send,
                        const int32_t *receive_counts, const int32_t *receive, void **halo) {
  Halo *h = calloc(1, sizeof *h);
  int32_t status = h ? fill_halo(neighbours, ranks, send_counts, send, receive_counts, receive, h) : c3d_no_memory("a halo");
  status = c3d_agree(c3d_comm(comm), status);
  if (status != C3D_OK) {
    free_halo(h);
    return status;
  }
  const int code = MPI_Comm_dup(c3d_comm(comm), &h->comm);
  if (code != MPI_SUCCESS) {
    free_halo(h);
    return c3d_mpi_failed(code, "MPI_Comm_dup");
  }
  *halo = h;
  return C3D_OK;
}

static void free_plan(Plan *plan) {
  if (!plan) return;
  free(plan->sent);
  free(plan->received);
  free(plan->requests);
  free(plan);
}

static int32_t create_plan(Halo *h, int32_t stride, Plan **created) {
  if (stride < 1 || h->send_total > INT_MAX / stride || h->receive_total > INT_MAX / stride || h->neighbours > INT_MAX / 2)
    return c3d_fail(C3D_ARGUMENT, "A halo of %lld and %lld entries with stride %d exceeds MPI's count of 2147483647.", (long long)h->send_total,
                    (long long)h->receive_total, stride);
  Plan *plan = calloc(1, sizeof *plan);
  if (!plan) return c3d_no_memory("a halo exchange");
  plan->stride = stride;
  plan->sent = malloc((size_t)(h->send_total * stride + 1) * sizeof(uint64_t));
  plan->received = malloc((size_t)(h->receive_total * stride + 1) * sizeof(uint64_t));
  plan->requests = malloc((2 * (size_t)h->neighbours + 1) * sizeof(MPI_Request));
  if (!plan->sent || !plan->received || !plan->requests) {
    free_plan(plan);
    return c3d_no_memory("a halo exchange");
  }
  uint64_t *from = plan->received, *to = plan->sent;
  for (int32_t n = 0; n < h->neighbours; n++) {
    const int incoming = h->receive_counts[n] * stride, outgoing = h->send_counts[n] * stride;
    MPI_TRY(MPI_Recv_init(from, incoming, MPI_UINT64_T, h->ranks[n], stride, h->comm, &plan->requests[n]));
    MPI_TRY(MPI_Send_init(to, outgoing, MPI_UINT64_T, h->ranks[n], stride, h->comm, &plan->requests[h->neighbours + n]));
    from += incoming;
    to += outgoing;
  }
  plan->next = h->plans;
  h->plans = plan;
  *created = plan;
  return C3D_OK;
}

static Plan *find_plan(const Halo *h, int32_t stride) {
  Plan *plan = h->plans;
  while (plan && plan->stride != stride) plan = plan->next;
  return plan;
}

int32_t c3d_halo_begin(void *halo, const void *values, int32_t stride) {
  Halo *h = halo;
  Plan *plan = find_plan(h, stride);
  if (!plan) {
    const int32_t status = create_plan(h, stride, &plan);
    if (status != C3D_OK) return status;
  }
  if (plan->in_flight) return c3d_fail(C3D_ARGUMENT, "A halo exchange with stride %d is already under way; end it first.", stride);
  const uint64_t *source = values;
  uint64_t *to = plan->sent;
  for (int64_t i = 0; i < h->send_total; i++)
    for (int32_t k = 0; k < stride; k++) *to++ = source[(int64_t)h->send[i] * stride + k];
  if (h->neighbours > 0) MPI_TRY(MPI_Startall(2 * h->neighbours, plan->requests));
  plan->in_flight = 1;
  return C3D_OK;
}

int32_t c3d_halo_end(void *halo, void *values, int32_t stride) {
  Halo *h = halo;
  Plan *plan = find_plan(h, stride);
  if (!plan || !plan->in_flight) return c3d_fail(C3D_ARGUMENT, "No halo exchange with stride %d is under way; begin it first.", stride);
  if (h->neighbours > 0) MPI_TRY(MPI_Waitall(2 * h->neighbours, plan->requests, MPI_STATUSES_IGNORE));
  plan->in_flight = 0;
  uint64_t *target = values;
  const uint64_t *from = plan->received;
  for (int64_t i = 0; i < h->receive_total; i++)
    for (int32_t k = 0; k < stride; k++) target[(int64_t)h->receive[i] * stride + k] = *from++;
  return C3D_OK;
}

int32_t c3d_halo_destroy(void *halo) {
  Halo *h = halo;
  while (h->plans) {
    Plan *plan = h->plans;
    h->plans = plan->next;
    for (int32_t n = 0; n < 2 * h->neighbours; n++) MPI_Request_free(&plan->requests[n]);
    /* Messages under way still use the buffers: they are left to the end of the process. */
    if (!plan->in_flight) free_plan(plan);
  }
  MPI_Comm_free(&h->comm);
  free_halo(h);
  return C3D_OK;
}
