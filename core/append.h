/*
 * append.h: appends to an nvb_buffer that the compiler can work out in place.
 *
 * A figure as JSON is put together from some hundred pieces of a few bytes; with a call for each
 * the calls would cost more than the bytes. Contents and failure are those of buffer.h: these are
 * the same functions, with the common case inline.
 */
#ifndef NVB_FORMATS_APPEND_H
#define NVB_FORMATS_APPEND_H

#include "navolgbaar/buffer.h"

/* True when `n` bytes and a NUL fit without growing. */
static inline bool nvbi_fits(const nvb_buffer *out, size_t n)
{
    return n < out->room - out->n && !out->failed;
}

/* Where to write `most` bytes at once, or NULL when memory is out; nvbi_wrote ends it. */
static inline char *nvbi_room(nvb_buffer *out, size_t most)
{
    if (!nvbi_fits(out, most) && !nvb_buffer_reserve(out, most))
        return NULL;
    return out->s + out->n;
}

static inline void nvbi_wrote(nvb_buffer *out, char *end)
{
    *end = '\0';
    out->n = (size_t)(end - out->s);
}

static inline void nvbi_add(nvb_buffer *out, const char *s, size_t n)
{
    if (!nvbi_fits(out, n)) {
        nvb_buffer_bytes(out, s, n);
        return;
    }
    char *p = out->s + out->n;
    memcpy(p, s, n);
    nvbi_wrote(out, p + n);
}

static inline void nvbi_add_byte(nvb_buffer *out, char c)
{
    nvbi_add(out, &c, 1);
}

/* A literal: its length is known while compiling. */
#define NVBI_ADD(out, literal) nvbi_add((out), "" literal, sizeof(literal) - 1)

#endif
