/* Zeros that take no memory before they are written: pages that the kernel gives at the first touch. */
#include "internal.h"

#include <sys/mman.h>

typedef struct {
  double *numbers;
  int64_t count;
} Pages;

static size_t bytes_of(int64_t count) { return (size_t)(count > 0 ? count : 1) * sizeof(double); }

int32_t c3d_pages_take(int64_t count, double **numbers) {
  c3d_error_reset();
  void *taken = mmap(NULL, bytes_of(count), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (taken == MAP_FAILED) return c3d_no_memory("numbers of a matrix or vector");
  *numbers = taken;
  return C3D_OK;
}

void c3d_pages_release(double *numbers, int64_t count) {
  if (numbers) munmap(numbers, bytes_of(count));
}

static PetscErrorCode release(void *context) {
  Pages *pages = context;
  c3d_pages_release(pages->numbers, pages->count);
  PetscCall(PetscFree(pages));
  return 0;
}

/* From now on they are released with the object. */
PetscErrorCode c3d_pages_give(PetscObject owner, const char *name, double *numbers, int64_t count) {
  Pages *pages;
  PetscContainer container;
  PetscCall(PetscNew(&pages));
  *pages = (Pages){.numbers = numbers, .count = count};
  PetscCall(PetscContainerCreate(PETSC_COMM_SELF, &container));
  PetscCall(PetscContainerSetPointer(container, pages));
  PetscCall(PetscContainerSetUserDestroy(container, release));
  PetscCall(PetscObjectCompose(owner, name, (PetscObject)container));
  PetscCall(PetscContainerDestroy(&container));
  return 0;
}
