/* Start, stop, versions, options, and the system calls .NET has no name for. */
#include "internal.h"

#include <errno.h>
#include <fcntl.h>
#include <hdf5.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
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
  H5dont_atexit(); /* before anything else of HDF5: c3d_stop closes it */
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

/* The ranks that work, and whether this one is among them. */
static MPI_Comm s_working = MPI_COMM_NULL;
static int s_idle = 0;

/* A process that no launcher started talks to nobody: looking for networks and starting a daemon would take Open MPI 0.3 s.
 * The C environment is changed because MPI reads that one, not the copy .NET keeps. */
static void leave_out_networks(void) {
  setenv("OMPI_MCA_pml", "ob1", 0);
  setenv("OMPI_MCA_btl", "self", 0);
  setenv("OMPI_MCA_ess_singleton_isolated", "1", 0);
}

/* Options from the user's surroundings come in only when asked for; PETSc reads the C environment, not the copy .NET keeps. */
static void leave_out_environment(void) {
  unsetenv("PETSC_OPTIONS");
  unsetenv("PETSC_OPTIONS_YAML");
}

/* PETSc keeps argv until it is finalised. Null when there is no memory. */
static char **arguments(int32_t option_count, const char *const *options, int32_t use_environment, int *argc) {
  const int fixed = use_environment ? 2 : 3;
  char **argv = option_count < 0 || option_count > INT_MAX - fixed ? NULL : calloc((size_t)option_count + fixed + 1, sizeof *argv);
  if (!argv) return NULL;
  argv[0] = strdup("cell3d");
  /* PETSc's handler would turn a null reference in C#, an ordinary exception, into a dead rank. */
  argv[1] = strdup("-no_signal_handler");
  if (!use_environment) argv[2] = strdup("-skip_petscrc");
  for (int32_t i = 0; i < option_count; i++) argv[i + fixed] = strdup(options[i]);
  for (*argc = 0; *argc < option_count + fixed; ++*argc)
    if (!argv[*argc]) return NULL;
  return argv;
}

int32_t c3d_comm_world(void) { return (int32_t)MPI_Comm_c2f(s_working); }

/* *Collective.* Ranks beyond the first `most` are left out of everything that follows until c3d_stop. */
static int32_t choose_working(int32_t most) {
  int rank = 0;
  MPI_TRY(MPI_Comm_set_errhandler(MPI_COMM_WORLD, MPI_ERRORS_RETURN));
  MPI_TRY(MPI_Comm_set_errhandler(MPI_COMM_SELF, MPI_ERRORS_RETURN));
  MPI_TRY(MPI_Comm_rank(MPI_COMM_WORLD, &rank));
  s_idle = rank >= most;
  MPI_TRY(MPI_Comm_split(MPI_COMM_WORLD, s_idle ? MPI_UNDEFINED : 0, rank, &s_working));
  return C3D_OK;
}

/* *Collective.* Waits for all ranks without keeping a core busy: those left out wait here for the whole run. */
static int32_t wait_for_all(void) {
  const struct timespec pause = {0, 20 * 1000 * 1000};
  MPI_Request request;
  int done = 0;
  MPI_TRY(MPI_Ibarrier(MPI_COMM_WORLD, &request));
  MPI_TRY(MPI_Test(&request, &done, MPI_STATUS_IGNORE));
  while (!done) {
    if (s_idle) nanosleep(&pause, NULL);
    MPI_TRY(MPI_Test(&request, &done, MPI_STATUS_IGNORE));
  }
  return C3D_OK;
}

int32_t c3d_start(int32_t option_count, const char *const *options, int32_t use_environment, int32_t launched, int32_t most,
                  int32_t *idle) {
  int initialised = 0, provided = 0;
  MPI_TRY(MPI_Initialized(&initialised));
  if (initialised) return c3d_fail(C3D_ARGUMENT, "MPI is already running in this process; it can be started once only.");
  if (!launched) leave_out_networks();
  MPI_TRY(MPI_Init_thread(NULL, NULL, MPI_THREAD_FUNNELED, &provided));
  if (provided < MPI_THREAD_FUNNELED) return c3d_fail(C3D_MPI_FAILED, "This MPI offers no MPI_THREAD_FUNNELED.");
  int32_t status = choose_working(most);
  if (status != C3D_OK) return status;
  *idle = s_idle;
  if (s_idle) return C3D_OK;
  /* Cell3D locks its results folder itself; HDF5's own locks fail on file systems that keep none. */
  setenv("HDF5_USE_FILE_LOCKING", "FALSE", 0);
  H5dont_atexit();
  if (H5open() < 0 || H5Eset_auto2(H5E_DEFAULT, NULL, NULL) < 0) return c3d_fail(C3D_HDF5_FAILED, "HDF5 did not start.");

  if (!use_environment) leave_out_environment();
  int argc = 0;
  char **argv = arguments(option_count, options, use_environment, &argc);
  status = c3d_agree(s_working, argv ? C3D_OK : c3d_no_memory("PETSc's options"));
  if (status != C3D_OK) return status;
  c3d_error_reset();
  /* Before PETSc starts, so that its complaints about options are collected too. */
  PETSC_TRY(PetscPushErrorHandler(c3d_collect_petsc_error, NULL));
  PETSC_COMM_WORLD = s_working;
  PETSC_TRY(PetscInitialize(&argc, &argv, NULL, NULL));
  return C3D_OK;
}

int32_t c3d_stop(void) {
  if (!s_idle) {
    /* That was reported when it happened. HDF5 would close its files when MPI ends: this process has to end without. */
    if (c3d_h5_lost()) return C3D_OK;
    if (H5close() < 0) return c3d_fail(C3D_HDF5_FAILED, "HDF5 could not close its files.");
    PETSC_TRY(PetscFinalize());
    MPI_TRY(MPI_Comm_free(&s_working));
  }
  const int32_t status = wait_for_all();
  if (status != C3D_OK) return status;
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

/* Brings a file to the disk and forgets its pages: over a network, a page that is known as a whole is written back as a whole,
 * and would undo what another rank puts beside. */
int32_t c3d_file_settle(const char *path) {
  const int descriptor = open(path, O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return c3d_fail(C3D_SYSTEM_FAILED, "%s: %s", path, strerror(errno));
  const int failed = fsync(descriptor), reason = errno;
  if (!failed) posix_fadvise(descriptor, 0, 0, POSIX_FADV_DONTNEED);
  close(descriptor);
  return failed ? c3d_fail(C3D_SYSTEM_FAILED, "%s: cannot be written to disk: %s", path, strerror(reason)) : C3D_OK;
}

/* The folder of a path, with its slash, or "." where it names none; to be freed. */
static char *folder_of(const char *path) {
  const char *slash = strrchr(path, '/');
  return slash ? strndup(path, (size_t)(slash - path) + 1) : strdup(".");
}

int32_t c3d_file_replace(const char *temporary, const char *final) {
  if (sync_path(temporary, O_RDONLY) != 0) return c3d_fail(C3D_SYSTEM_FAILED, "%s: cannot be written to disk: %s", temporary, strerror(errno));
  if (rename(temporary, final) != 0) return c3d_fail(C3D_SYSTEM_FAILED, "%s: cannot be renamed to %s: %s", temporary, final, strerror(errno));
  char *folder = folder_of(final);
  if (!folder) return c3d_no_memory("the name of a folder");
  int32_t status = C3D_OK;
  if (sync_path(folder, O_RDONLY | O_DIRECTORY) != 0)
    status = c3d_fail(C3D_SYSTEM_FAILED, "%s: cannot be written to disk: %s", folder, strerror(errno));
  free(folder);
  return status;
}

/* Opens a file, made when missing, and locks it until the descriptor is closed or the process ends, however it does.
 * state: 0 locked, 1 locked by another, 2 this file system keeps no locks. */
int32_t c3d_file_lock(const char *path, int32_t *descriptor, int32_t *state) {
  *descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
  if (*descriptor < 0) return c3d_fail(C3D_SYSTEM_FAILED, "%s", strerror(errno));
  *state = flock(*descriptor, LOCK_EX | LOCK_NB) == 0 ? 0 : errno == EWOULDBLOCK ? 1 : 2;
  return C3D_OK;
}

/* Whether the path still names the file that was opened. */
int32_t c3d_file_same(int32_t descriptor, const char *path) {
  struct stat opened, named;
  return fstat(descriptor, &opened) == 0 && lstat(path, &named) == 0 && opened.st_dev == named.st_dev && opened.st_ino == named.st_ino;
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
