/* arena.c: see arena.h. Chunks double in size up to 1 MiB, so that small documents stay small. */
#include "arena.h"

#include <stdlib.h>

enum { FIRST_CHUNK = 4096, LARGEST_CHUNK = 1 << 20, ALIGN = 16 };

struct nvbi_chunk {
    nvbi_chunk *older;
    size_t size; /* usable bytes after this header */
};

static size_t header_size(void)
{
    return (sizeof(nvbi_chunk) + ALIGN - 1) / ALIGN * ALIGN;
}

static char *chunk_start(nvbi_chunk *c)
{
    return (char *)c + header_size();
}

void nvbi_arena_init(nvbi_arena *a)
{
    *a = (nvbi_arena){.grow = FIRST_CHUNK};
}

void nvbi_arena_release(nvbi_arena *a)
{
    while (a->chunks) {
        nvbi_chunk *older = a->chunks->older;
        free(a->chunks);
        a->chunks = older;
    }
    nvbi_arena_init(a);
}

void nvbi_arena_clear(nvbi_arena *a)
{
    nvbi_chunk *keep = a->chunks;
    if (keep && keep->older) {
        size_t all = a->given;
        nvbi_arena_release(a);
        a->grow = all;
        return;
    }
    a->failed = false;
    if (!keep)
        return;
    a->next = chunk_start(keep);
    a->end = a->next + keep->size;
}

static bool add_chunk(nvbi_arena *a, size_t size)
{
    size_t room = a->grow > size ? a->grow : size;
    nvbi_chunk *c = malloc(header_size() + room);
    if (!c) {
        a->failed = true;
        return false;
    }
    c->older = a->chunks;
    c->size = room;
    a->given += room;
    a->chunks = c;
    a->next = chunk_start(c);
    a->end = a->next + room;
    if (a->grow < LARGEST_CHUNK)
        a->grow *= 2;
    return true;
}

void *nvbi_arena_alloc(nvbi_arena *a, size_t size)
{
    if (size > SIZE_MAX / 2) {
        a->failed = true;
        return NULL;
    }
    size = (size + ALIGN - 1) / ALIGN * ALIGN;
    if ((size_t)(a->end - a->next) < size && !add_chunk(a, size))
        return NULL;
    void *piece = a->next;
    a->next += size;
    return piece;
}

void *nvbi_arena_zalloc(nvbi_arena *a, size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size) {
        a->failed = true;
        return NULL;
    }
    void *piece = nvbi_arena_alloc(a, count * size);
    if (piece)
        memset(piece, 0, count * size);
    return piece;
}

nvb_text nvbi_arena_text(nvbi_arena *a, const char *s, size_t n)
{
    char *copy = nvbi_arena_alloc(a, n + 1);
    if (!copy)
        return (nvb_text){"", 0};
    if (n)
        memcpy(copy, s, n);
    copy[n] = '\0';
    return (nvb_text){copy, n};
}

nvb_text nvbi_arena_join(nvbi_arena *a, nvb_text head, const char *tail)
{
    size_t n = strlen(tail);
    char *s = nvbi_arena_alloc(a, head.n + n + 1);
    if (!s)
        return (nvb_text){"", 0};
    memcpy(s, head.s, head.n);
    memcpy(s + head.n, tail, n + 1);
    return (nvb_text){s, head.n + n};
}

nvb_text nvbi_arena_pointer(nvbi_arena *a, nvb_text base, const char *prefix, nvb_text id)
{
    size_t n_prefix = strlen(prefix), n = base.n + n_prefix;
    for (size_t i = 0; i < id.n; i++)
        n += id.s[i] == '~' || id.s[i] == '/' ? 2 : 1;
    char *s = nvbi_arena_alloc(a, n + 1), *at = s;
    if (!s)
        return NVB_TEXT("");
    if (base.n)
        memcpy(at, base.s, base.n);
    memcpy(at + base.n, prefix, n_prefix);
    at += base.n + n_prefix;
    for (size_t i = 0; i < id.n; i++) {
        bool special = id.s[i] == '~' || id.s[i] == '/';
        *at++ = special ? '~' : id.s[i];
        if (special)
            *at++ = id.s[i] == '~' ? '0' : '1';
    }
    *at = '\0';
    return (nvb_text){s, n};
}
