/*
 * kill_call.c: loaded before the C library, it kills the program at its Nth call that changes a
 * file: NVB_KILL_AT=N, before the call is made. With NVB_KILL_TORN=1 a write is first half made.
 * NVB_FAIL_CALL=N lets that call fail instead, as on a disk that is full. With NVB_KILL_AT=0 it
 * counts the calls, and says how many on standard error at the end.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static atomic_ulong seen;
static unsigned long kill_at, fail_at;
static int torn, counting;

__attribute__((constructor)) static void begin(void)
{
    const char *at = getenv("NVB_KILL_AT"), *fail = getenv("NVB_FAIL_CALL");
    kill_at = at ? strtoul(at, NULL, 10) : 0;
    fail_at = fail ? strtoul(fail, NULL, 10) : 0;
    counting = at && kill_at == 0;
    torn = getenv("NVB_KILL_TORN") != NULL;
}

__attribute__((destructor)) static void end(void)
{
    if (counting)
        fprintf(stderr, "%lu calls\n", seen);
}

/* Whether this call is the one that is to fail. */
static int at_the_call(void)
{
    unsigned long n = ++seen;
    if (kill_at && n == kill_at && !torn)
        kill(getpid(), SIGKILL);
    errno = ENOSPC;
    return fail_at && n >= fail_at;
}

#define REAL(result, name, ...)                                                                    \
    static result (*real)(__VA_ARGS__);                                                            \
    if (!real)                                                                                     \
    *(void **)&real = dlsym(RTLD_NEXT, #name)

ssize_t write(int fd, const void *s, size_t n)
{
    REAL(ssize_t, write, int, const void *, size_t);
    if (fd == STDERR_FILENO)
        return real(fd, s, n);
    if (at_the_call()) {
        real(fd, s, n / 2); /* a disk fills up in the middle */
        errno = ENOSPC;
        return -1;
    }
    if (torn && kill_at && seen == kill_at) {
        real(fd, s, n / 2);
        kill(getpid(), SIGKILL);
    }
    return real(fd, s, n);
}

#define TWO_NAMES(name)                                                                            \
    int name(const char *a, const char *b)                                                         \
    {                                                                                              \
        REAL(int, name, const char *, const char *);                                               \
        return at_the_call() ? -1 : real(a, b);                                                    \
    }
TWO_NAMES(rename)

int renameat(int a, const char *from, int b, const char *to)
{
    REAL(int, renameat, int, const char *, int, const char *);
    return at_the_call() ? -1 : real(a, from, b, to);
}

#define CUT(name, type)                                                                            \
    int name(int fd, type n)                                                                       \
    {                                                                                              \
        REAL(int, name, int, type);                                                                \
        return at_the_call() ? -1 : real(fd, n);                                                   \
    }
CUT(ftruncate, off_t)
CUT(ftruncate64, off64_t)

int mkdir(const char *name, mode_t mode)
{
    REAL(int, mkdir, const char *, mode_t);
    return at_the_call() ? -1 : real(name, mode);
}

int unlink(const char *name)
{
    REAL(int, unlink, const char *);
    at_the_call();
    return real(name);
}

int unlinkat(int fd, const char *name, int flags)
{
    REAL(int, unlinkat, int, const char *, int);
    at_the_call();
    return real(fd, name, flags);
}

static mode_t mode_of(int flags, va_list more)
{
    return flags & O_CREAT ? va_arg(more, mode_t) : 0;
}

#define OPEN(name)                                                                                 \
    int name(const char *path, int flags, ...)                                                     \
    {                                                                                              \
        REAL(int, name, const char *, int, mode_t);                                                \
        va_list more;                                                                              \
        va_start(more, flags);                                                                     \
        mode_t mode = mode_of(flags, more);                                                        \
        va_end(more);                                                                              \
        return (flags & O_CREAT) && at_the_call() ? -1 : real(path, flags, mode);                  \
    }
OPEN(open)
OPEN(open64)

#define OPENAT(name)                                                                               \
    int name(int fd, const char *path, int flags, ...)                                             \
    {                                                                                              \
        REAL(int, name, int, const char *, int, mode_t);                                           \
        va_list more;                                                                              \
        va_start(more, flags);                                                                     \
        mode_t mode = mode_of(flags, more);                                                        \
        va_end(more);                                                                              \
        return (flags & O_CREAT) && at_the_call() ? -1 : real(fd, path, flags, mode);              \
    }
OPENAT(openat)
OPENAT(openat64)
