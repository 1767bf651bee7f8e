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

static int32_t *copy(const int32_t *from, int64_t count) {
  int32_t *to = malloc((size_t)(count > 0 ? count : 1) * sizeof *to);
  if (count > 0) memcpy(to, from, (size_t)count * sizeof *to);
  return to;
}

static int64_t total(const int32_t *counts, int32_t n) {
  int64_t sum = 0;
  for (int32_t i = 0; i < n; i++) sum += counts[i];
  return sum;
}

int32_t c3d_halo_create(int32_t comm, int32_t neighbours, const int32_t *ranks, const int32_t *send_counts, const int32_t *send,
                        const int32_t *receive_counts, const int32_t *receive, void **halo) {
  Halo *h = calloc(1, sizeof *h);
  h->neighbours = neighbours;
  h->send_total = total(send_counts, neighbours);
  h->receive_total = total(receive_counts, neighbours);
  h->ranks = copy(ranks, neighbours);
  h->send_counts = copy(send_counts, neighbours);
  h->receive_counts = copy(receive_counts, neighbours);
  h->send = copy(send, h->send_total);
  h->receive = copy(receive, h->receive_total);
  *halo = h;
  MPI_TRY(MPI_Comm_dup(c3d_comm(comm), &h->comm));
  return C3D_OK;
}

static int32_t create_plan(Halo *h, int32_t stride, Plan **created) {
  if (h->send_total * stride > INT_MAX || h->receive_total * stride > INT_MAX)
    return c3d_fail(C3D_ARGUMENT, "Halo with stride %d exceeds MPI's count of 2147483647.", stride);
  Plan *plan = calloc(1, sizeof *plan);
  plan->stride = stride;
  plan->sent = malloc((size_t)(h->send_total * stride + 1) * sizeof(uint64_t));
  plan->received = malloc((size_t)(h->receive_total * stride + 1) * sizeof(uint64_t));
  plan->requests = malloc((size_t)(2 * h->neighbours + 1) * sizeof(MPI_Request));
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
    free(plan->sent);
    free(plan->received);
    free(plan->requests);
    free(plan);
  }
  MPI_Comm_free(&h->comm);
  free(h->ranks);
  free(h->send_counts);
  free(h->receive_counts);
  free(h->send);
  free(h->receive);
  free(h);
  return C3D_OK;
}
