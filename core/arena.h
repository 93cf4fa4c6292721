/*
 * arena.h: memory that is given out in pieces and returned all at once.
 *
 * Every owning handle has one arena; nothing inside it is freed on its own. Allocation returns NULL
 * when memory is out; `failed` then stays true, so that a caller may test once at the end.
 * Not thread-safe: one arena belongs to one thread at a time.
 */
#ifndef NVB_CORE_ARENA_H
#define NVB_CORE_ARENA_H

#include "navolgbaar/base.h"

typedef struct nvbi_chunk nvbi_chunk;

typedef struct nvbi_arena {
    nvbi_chunk *chunks; /* newest first */
    char *next, *end;   /* free part of the newest chunk */
    size_t grow;        /* size of the next chunk */
    size_t given;       /* bytes in all chunks: what one chunk must hold to be enough next time */
    bool failed;
} nvbi_arena;

void nvbi_arena_init(nvbi_arena *a);
/* Frees all pieces. The arena may be used again. */
void nvbi_arena_release(nvbi_arena *a);
/* Forgets all pieces but keeps memory for use again: for a run over many documents. When one chunk
 * was not enough, the next is as large as all were together, so that a run soon settles on one. */
void nvbi_arena_clear(nvbi_arena *a);
/* `size` bytes aligned for any type (16), not cleared; NULL when memory is out. */
void *nvbi_arena_alloc(nvbi_arena *a, size_t size);
/* The same for `count` items of `size`, cleared; NULL on overflow too. */
void *nvbi_arena_zalloc(nvbi_arena *a, size_t count, size_t size);
/* A copy of `n` bytes with a NUL after it. */
nvb_text nvbi_arena_text(nvbi_arena *a, const char *s, size_t n);

/* `head` followed by the characters of `tail`. */
nvb_text nvbi_arena_join(nvbi_arena *a, nvb_text head, const char *tail);
/* base + prefix + an id, escaped as in a JSON Pointer. */
nvb_text nvbi_arena_pointer(nvbi_arena *a, nvb_text base, const char *prefix, nvb_text id);

#define NVBI_NEW(arena, type, count) ((type *)nvbi_arena_zalloc((arena), (count), sizeof(type)))

#endif
