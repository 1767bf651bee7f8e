/* Preloaded into cell3d (LD_PRELOAD) it makes every file system look empty, so that a forecast lets a run begin whose disk then fills up:
 *
 *   cc -shared -fPIC -o ample_space.so tests/campaigns/ample_space.c
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <sys/vfs.h>

typedef int (*Call)(const char *, struct statfs64 *);

/* What .NET asks. */
int statfs64(const char *path, struct statfs64 *space) {
  const Call system = (Call)dlsym(RTLD_NEXT, "statfs64");
  const int failed = system(path, space);
  if (!failed) space->f_blocks = space->f_bfree = space->f_bavail = 1ull << 40;
  return failed;
}
