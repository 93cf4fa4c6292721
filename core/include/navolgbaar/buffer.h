/*
 * buffer.h: a growing byte buffer, the one way text is put together in core and formats.
 *
 * Invariants: `s[n]` is NUL once anything was appended; after a failed growth `failed` is true, the
 * contents stay as they were and further appends do nothing, so a caller tests once at the end.
 */
#ifndef NAVOLGBAAR_BUFFER_H
#define NAVOLGBAAR_BUFFER_H

#include "base.h"

typedef struct nvb_buffer {
    char *s;
    size_t n, room;
    bool failed;
} nvb_buffer;

#define NVB_BUFFER_INIT ((nvb_buffer){NULL, 0, 0, false})

NVB_API void nvb_buffer_release(nvb_buffer *b);
/* Makes room for `more` bytes and a NUL beyond the contents; false when memory is out. */
NVB_API bool nvb_buffer_reserve(nvb_buffer *b, size_t more);
NVB_API void nvb_buffer_bytes(nvb_buffer *b, const char *s, size_t n);
NVB_API void nvb_buffer_byte(nvb_buffer *b, char c);
NVB_API void nvb_buffer_str(nvb_buffer *b, const char *nul_terminated);
NVB_API void nvb_buffer_text(nvb_buffer *b, nvb_text t);
NVB_API void nvb_buffer_repeat(nvb_buffer *b, char c, size_t times);
NVB_API void nvb_buffer_uint(nvb_buffer *b, unsigned long long v);
/* Cuts the contents back to `n` bytes. */
NVB_API void nvb_buffer_cut(nvb_buffer *b, size_t n);

#endif
