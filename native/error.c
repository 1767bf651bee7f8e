/* The text of the last failure. Bindings run on one thread (MPI_THREAD_FUNNELED), so one buffer is enough. */
#include "internal.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static char error_text[16384];
static size_t error_length;

const char *c3d_error_text(void) { return error_text; }

void c3d_error_reset(void) {
  error_length = 0;
  error_text[0] = '\0';
}

static void append(const char *format, va_list arguments) {
  const size_t room = sizeof error_text - error_length;
  const int written = vsnprintf(error_text + error_length, room, format, arguments);
  if (written > 0) error_length += (size_t)written < room ? (size_t)written : room - 1;
}

void c3d_error_append(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  append(format, arguments);
  va_end(arguments);
}

int32_t c3d_fail(int32_t status, const char *format, ...) {
  c3d_error_reset();
  va_list arguments;
  va_start(arguments, format);
  append(format, arguments);
  va_end(arguments);
  return status;
}

int32_t c3d_no_memory(const char *what) { return c3d_fail(C3D_SYSTEM_FAILED, "There is not enough memory for %s.", what); }

int32_t c3d_agree(MPI_Comm comm, int32_t status) {
  int mine = status, worst = C3D_OK;
  const int code = MPI_Allreduce(&mine, &worst, 1, MPI_INT, MPI_MAX, comm);
  if (mine != C3D_OK) return status;
  if (code != MPI_SUCCESS) return c3d_mpi_failed(code, "MPI_Allreduce");
  return worst == C3D_OK ? C3D_OK : c3d_fail(worst, "Another rank failed.");
}

/* PETSc calls this once per stack frame, innermost first. */
PetscErrorCode c3d_collect_petsc_error(MPI_Comm comm, int line, const char *function, const char *file, PetscErrorCode code,
                                       PetscErrorType type, const char *message, void *context) {
  (void)comm;
  (void)context;
  if (type == PETSC_ERROR_INITIAL) {
    const char *general = NULL;
    c3d_error_reset();
    if (!PetscErrorMessage((int)code, &general, NULL) && general) c3d_error_append("%s: ", general);
    c3d_error_append("%s", message && *message ? message : "no details given");
  }
  c3d_error_append("\n  at %s() %s:%d", function ? function : "?", file ? file : "?", line);
  return code;
}

int32_t c3d_petsc_failed(PetscErrorCode code, const char *call) {
  if (error_length == 0) c3d_error_append("PETSc error %d", (int)code);
  c3d_error_append("\n  in %s", call);
  return C3D_PETSC_FAILED;
}

int32_t c3d_mpi_failed(int code, const char *call) {
  char text[MPI_MAX_ERROR_STRING] = "";
  int length = 0;
  MPI_Error_string(code, text, &length);
  return c3d_fail(C3D_MPI_FAILED, "%s\n  in %s", text, call);
}
