/*
 * fail_malloc.c: loaded before the C library, it lets the Nth allocation of a program fail:
 * NVB_FAIL_AT=N. With N = 0 it counts them, and says how many on standard error at the end.
 */
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

static unsigned long seen, fail_at;
static int counting, ready;

__attribute__((constructor)) static void begin(void)
{
    const char *at = getenv("NVB_FAIL_AT");
    fail_at = at ? strtoul(at, NULL, 10) : 0;
    counting = at && fail_at == 0;
    seen = 0;
    ready = at != NULL;
}

__attribute__((destructor)) static void end(void)
{
    if (counting)
        fprintf(stderr, "%lu allocations\n", seen);
}

static int fails(void)
{
    if (!ready || ++seen != fail_at)
        return 0;
    errno = ENOMEM;
    return 1;
}

void *malloc(size_t n)
{
    static void *(*real)(size_t);
    if (!real)
        *(void **)&real = dlsym(RTLD_NEXT, "malloc");
    return fails() ? NULL : real(n);
}

void *realloc(void *p, size_t n)
{
    static void *(*real)(void *, size_t);
    if (!real)
        *(void **)&real = dlsym(RTLD_NEXT, "realloc");
    return fails() ? NULL : real(p, n);
}

void *calloc(size_t n, size_t size)
{
    static void *(*real)(size_t, size_t);
    static int finding;
    if (!real) {
        if (finding)
            return NULL; /* dlsym itself asks; it manages without */
        finding = 1;
        *(void **)&real = dlsym(RTLD_NEXT, "calloc");
        finding = 0;
    }
    return fails() ? NULL : real(n, size);
}
