/* Start, stop, versions, options, and the two system calls .NET has no name for. */
#include "internal.h"

#include <errno.h>
#include <fcntl.h>
#include <hdf5.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

int32_t c3d_abi_version(void) { return C3D_ABI; }

int32_t c3d_petsc_int_size(void) { return (int32_t)sizeof(PetscInt); }

void c3d_petsc_version(int32_t built[3], int32_t loaded[3]) {
  PetscInt major = 0, minor = 0, subminor = 0, release = 0;
  PetscGetVersionNumber(&major, &minor, &subminor, &release);
  built[0] = PETSC_VERSION_MAJOR, built[1] = PETSC_VERSION_MINOR, built[2] = PETSC_VERSION_SUBMINOR;
  loaded[0] = (int32_t)major, loaded[1] = (int32_t)minor, loaded[2] = (int32_t)subminor;
}

void c3d_hdf5_version(int32_t built[3], int32_t loaded[3]) {
  unsigned major = 0, minor = 0, release = 0;
  H5get_libversion(&major, &minor, &release);
  built[0] = H5_VERS_MAJOR, built[1] = H5_VERS_MINOR, built[2] = H5_VERS_RELEASE;
  loaded[0] = (int32_t)major, loaded[1] = (int32_t)minor, loaded[2] = (int32_t)release;
}

void c3d_mpi_version(char *text, int64_t capacity) {
  char library[MPI_MAX_LIBRARY_VERSION_STRING] = "";
  int length = 0;
  MPI_Get_library_version(library, &length);
  snprintf(text, (size_t)capacity, "%s", library);
}

/* Open MPI before 4.1.7 and 5.0.6 can corrupt files in its own MPI-IO layer (open-mpi/ompi issue 12718); ROMIO does not.
 * The C environment is changed because MPI reads that one, not the copy .NET keeps. */
static void guard_io(char *text, int64_t capacity) {
  char library[MPI_MAX_LIBRARY_VERSION_STRING] = "";
  int length = 0;
  MPI_Get_library_version(library, &length);
  if (!strstr(library, "Open MPI")) {
    snprintf(text, (size_t)capacity, "MPI-IO of the site's MPI as it is (not Open MPI)");
    return;
  }
  const char *chosen = getenv("OMPI_MCA_io");
  if (!chosen) setenv("OMPI_MCA_io", "^ompio", 0);
  snprintf(text, (size_t)capacity, "OMPI_MCA_io=%s (%s)", getenv("OMPI_MCA_io"),
           chosen ? "set by the user" : "guards against open-mpi/ompi issue 12718");
}

int32_t c3d_start(int32_t option_count, const char *const *options, char *io_guard, int64_t capacity) {
  int initialised = 0, provided = 0;
  MPI_TRY(MPI_Initialized(&initialised));
  if (initialised) return c3d_fail(C3D_ARGUMENT, "MPI is already running in this process; it can be started once only.");
  guard_io(io_guard, capacity);
  MPI_TRY(MPI_Init_thread(NULL, NULL, MPI_THREAD_FUNNELED, &provided));
  if (provided < MPI_THREAD_FUNNELED) return c3d_fail(C3D_MPI_FAILED, "This MPI offers no MPI_THREAD_FUNNELED.");
  MPI_TRY(MPI_Comm_set_errhandler(MPI_COMM_WORLD, MPI_ERRORS_RETURN));
  MPI_TRY(MPI_Comm_set_errhandler(MPI_COMM_SELF, MPI_ERRORS_RETURN));
  if (H5open() < 0 || H5Eset_auto2(H5E_DEFAULT, NULL, NULL) < 0) return c3d_fail(C3D_HDF5_FAILED, "HDF5 did not start.");

  /* PETSc keeps argv until it is finalised. */
  int argc = option_count + 2;
  char **argv = calloc((size_t)argc + 1, sizeof *argv);
  argv[0] = strdup("cell3d");
  /* PETSc's handler would turn a null reference in C#, an ordinary exception, into a dead rank. */
  argv[1] = strdup("-no_signal_handler");
  for (int32_t i = 0; i < option_count; i++) argv[i + 2] = strdup(options[i]);
  PETSC_TRY(PetscInitialize(&argc, &argv, NULL, NULL));
  PETSC_TRY(PetscPushErrorHandler(c3d_collect_petsc_error, NULL));
  return C3D_OK;
}

int32_t c3d_stop(void) {
  /* Before MPI ends: a file nobody closed would otherwise be closed at exit, through an MPI that is gone. */
  if (H5close() < 0) return c3d_fail(C3D_HDF5_FAILED, "HDF5 could not close its files.");
  PETSC_TRY(PetscFinalize());
  MPI_TRY(MPI_Finalize());
  return C3D_OK;
}

void c3d_abort(int32_t exit_code) {
  int initialised = 0, finalised = 0, size = 1;
  MPI_Initialized(&initialised);
  MPI_Finalized(&finalised);
  if (initialised && !finalised) MPI_Comm_size(MPI_COMM_WORLD, &size);
  if (size > 1) MPI_Abort(MPI_COMM_WORLD, exit_code);
  _exit(exit_code);
}

int64_t c3d_peak_memory(void) {
  struct rusage usage;
  return getrusage(RUSAGE_SELF, &usage) == 0 ? (int64_t)usage.ru_maxrss * 1024 : 0;
}

static int sync_path(const char *path, int flags) {
  const int descriptor = open(path, flags | O_CLOEXEC);
  if (descriptor < 0) return -1;
  const int failed = fsync(descriptor);
  const int reason = errno;
  close(descriptor);
  errno = reason;
  return failed;
}

int32_t c3d_file_replace(const char *temporary, const char *final) {
  char folder[4096];
  const char *slash = strrchr(final, '/');
  const size_t length = slash ? (size_t)(slash - final) + 1 : 0;
  if (length >= sizeof folder) return c3d_fail(C3D_ARGUMENT, "%s: the path is too long.", final);
  memcpy(folder, final, length);
  strcpy(folder + length, ".");
  if (sync_path(temporary, O_RDONLY) != 0) return c3d_fail(C3D_SYSTEM_FAILED, "%s: cannot be written to disk: %s", temporary, strerror(errno));
  if (rename(temporary, final) != 0) return c3d_fail(C3D_SYSTEM_FAILED, "%s: cannot be renamed to %s: %s", temporary, final, strerror(errno));
  if (sync_path(folder, O_RDONLY | O_DIRECTORY) != 0) return c3d_fail(C3D_SYSTEM_FAILED, "%s: cannot be written to disk: %s", folder, strerror(errno));
  return C3D_OK;
}

int32_t c3d_option_set(const char *name, const char *value) {
  c3d_error_reset();
  PETSC_TRY(PetscOptionsSetValue(NULL, name, value));
  return C3D_OK;
}

int32_t c3d_option_exists(const char *name, int32_t *exists) {
  PetscBool found = PETSC_FALSE;
  c3d_error_reset();
  PETSC_TRY(PetscOptionsHasName(NULL, NULL, name, &found));
  *exists = found ? 1 : 0;
  return C3D_OK;
}

/* Text `-name value -name value …`; with a capacity too small nothing is written and the length says what is needed. */
int32_t c3d_options_all(int32_t unused_only, char *text, int64_t capacity, int64_t *length) {
  c3d_error_reset();
  *length = 0;
  if (!unused_only) {
    char *all = NULL;
    PETSC_TRY(PetscOptionsGetAll(NULL, &all));
    *length = (int64_t)strlen(all);
    if (*length < capacity) strcpy(text, all);
    PETSC_TRY(PetscFree(all));
    return C3D_OK;
  }
  PetscInt count = 0;
  char **names = NULL, **values = NULL;
  PETSC_TRY(PetscOptionsLeftGet(NULL, &count, &names, &values));
  for (PetscInt i = 0; i < count; i++) {
    const int64_t size = (int64_t)strlen(names[i]) + 2;
    if (*length + size < capacity) sprintf(text + *length, "-%s ", names[i]);
    *length += size;
  }
  PETSC_TRY(PetscOptionsLeftRestore(NULL, &count, &names, &values));
  return C3D_OK;
}
