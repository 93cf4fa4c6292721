/* buffer.c: see navolgbaar/buffer.h. */
#include "navolgbaar/buffer.h"

#include <stdlib.h>

void nvb_buffer_release(nvb_buffer *b)
{
    free(b->s);
    *b = NVB_BUFFER_INIT;
}

bool nvb_buffer_reserve(nvb_buffer *b, size_t more)
{
    if (b->failed || more >= SIZE_MAX / 2 - b->n) {
        b->failed = true;
        return false;
    }
    if (b->n + more < b->room)
        return true;
    size_t room = b->room ? b->room : 256;
    while (room <= b->n + more)
        room *= 2;
    char *s = realloc(b->s, room);
    if (!s) {
        b->failed = true;
        return false;
    }
    b->s = s;
    b->room = room;
    return true;
}

void nvb_buffer_bytes(nvb_buffer *b, const char *s, size_t n)
{
    if (!nvb_buffer_reserve(b, n))
        return;
    if (n)
        memcpy(b->s + b->n, s, n);
    b->n += n;
    b->s[b->n] = '\0';
}

void nvb_buffer_byte(nvb_buffer *b, char c)
{
    if (!nvb_buffer_reserve(b, 1))
        return;
    b->s[b->n++] = c;
    b->s[b->n] = '\0';
}

void nvb_buffer_str(nvb_buffer *b, const char *nul_terminated)
{
    nvb_buffer_bytes(b, nul_terminated, strlen(nul_terminated));
}

void nvb_buffer_text(nvb_buffer *b, nvb_text t)
{
    nvb_buffer_bytes(b, t.s, t.n);
}

void nvb_buffer_repeat(nvb_buffer *b, char c, size_t times)
{
    if (!nvb_buffer_reserve(b, times))
        return;
    memset(b->s + b->n, c, times);
    b->n += times;
    b->s[b->n] = '\0';
}

void nvb_buffer_uint(nvb_buffer *b, unsigned long long v)
{
    char digits[24];
    size_t at = sizeof digits;
    do {
        digits[--at] = (char)('0' + v % 10);
        v /= 10;
    } while (v);
    nvb_buffer_bytes(b, digits + at, sizeof digits - at);
}

void nvb_buffer_cut(nvb_buffer *b, size_t n)
{
    if (n >= b->n)
        return;
    b->n = n;
    b->s[n] = '\0';
}
