/* Zeros that take no memory before they are written: pages that the kernel gives at the first touch. */
#include "internal.h"

#include <sys/mman.h>

typedef struct {
  double *numbers;
  int64_t count;
} Pages;

/* Numbers start at different places of a page: where equal entries of several vectors lie at the same one, a processor takes stores to one of them for
 * those to another, and keeps few of them in its first cache. */
enum { PAGE = 4096, LINE = 64, STRIDE = 9, LARGE_PAGE = 2 << 20 };

static size_t bytes_of(int64_t count) { return PAGE + (size_t)(count > 0 ? count : 1) * sizeof(double); }

int32_t c3d_pages_take(int64_t count, double **numbers) {
  static size_t taken;
  c3d_error_reset();
  char *start = mmap(NULL, bytes_of(count), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (start == MAP_FAILED) return c3d_no_memory("numbers of a matrix or vector");
  *numbers = (double *)(start + STRIDE * LINE * taken++ % PAGE);
  return C3D_OK;
}

void c3d_pages_release(double *numbers, int64_t count) {
  if (numbers) munmap((void *)((uintptr_t)numbers / PAGE * PAGE), bytes_of(count));
}

/* They begin where a large page does; what is mapped beside them is given back. */
int32_t c3d_large_pages_take(int64_t bytes, void **start) {
  size_t size = (size_t)bytes;
  c3d_error_reset();
  char *mapped = mmap(NULL, size + LARGE_PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (mapped == MAP_FAILED) return c3d_no_memory("a field of voxels");
  size_t before = LARGE_PAGE - (uintptr_t)mapped % LARGE_PAGE;
  size_t end = (before + size + PAGE - 1) / PAGE * PAGE;
  munmap(mapped, before);
  if (end < size + LARGE_PAGE) munmap(mapped + end, size + LARGE_PAGE - end);
  *start = mapped + before;
  (void)madvise(*start, size, MADV_HUGEPAGE);
  return C3D_OK;
}

void c3d_large_pages_release(void *start, int64_t bytes) {
  if (start) munmap(start, (size_t)bytes);
}

static PetscErrorCode release(void *context) {
  Pages *pages = context;
  c3d_pages_release(pages->numbers, pages->count);
  PetscCall(PetscFree(pages));
  return 0;
}

PetscErrorCode c3d_give(PetscObject owner, const char *name, void *pointer, PetscErrorCode (*release_it)(void *)) {
  PetscContainer container;
  PetscCall(PetscContainerCreate(PETSC_COMM_SELF, &container));
  PetscCall(PetscContainerSetPointer(container, pointer));
  PetscCall(PetscContainerSetUserDestroy(container, release_it));
  PetscCall(PetscObjectCompose(owner, name, (PetscObject)container));
  PetscCall(PetscContainerDestroy(&container));
  return 0;
}

/* From now on they are released with the object. */
PetscErrorCode c3d_pages_give(PetscObject owner, const char *name, double *numbers, int64_t count) {
  Pages *pages;
  PetscCall(PetscNew(&pages));
  *pages = (Pages){.numbers = numbers, .count = count};
  PetscCall(c3d_give(owner, name, pages, release));
  return 0;
}
