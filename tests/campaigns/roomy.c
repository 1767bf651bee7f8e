/* Preloaded: every file system claims to have room, as one does whose quota is used up. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <sys/statfs.h>
#include <sys/statvfs.h>

enum { PLENTY = 1 << 30 };

#define CLAIM(name, type)                                                        \
    int name(const char *path, struct type *found)                               \
    {                                                                            \
        int (*next)(const char *, struct type *) =                               \
            (int (*)(const char *, struct type *))dlsym(RTLD_NEXT, #name);       \
        int result = next(path, found);                                          \
        if (result == 0)                                                         \
            found->f_bavail = found->f_bfree = found->f_blocks = PLENTY;         \
        return result;                                                           \
    }

CLAIM(statfs, statfs)
CLAIM(statfs64, statfs64)
CLAIM(statvfs, statvfs)
CLAIM(statvfs64, statvfs64)
