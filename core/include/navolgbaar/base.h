/*
 * base.h: what every other header of the library leans on: the export mark, borrowed text,
 * languages.
 *
 * It does not allocate and has no functions of its own beyond the two small helpers below.
 */
#ifndef NAVOLGBAAR_BASE_H
#define NAVOLGBAAR_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__GNUC__)
#define NVB_API __attribute__((visibility("default")))
#else
#define NVB_API
#endif

/* Borrowed UTF-8. `s` is NULL when the text is absent; otherwise it is followed by a NUL byte that
 * `n` does not count. It lives as long as the handle it was taken from. */
typedef struct nvb_text {
    const char *s;
    size_t n;
} nvb_text;

/* The languages people receive; NVB_NL is the default everywhere. */
typedef enum nvb_lang { NVB_NL, NVB_EN } nvb_lang;

#define NVB_TEXT(literal) ((nvb_text){(literal), sizeof(literal) - 1})

static inline bool nvb_text_given(nvb_text t)
{
    return t.s != NULL;
}

static inline bool nvb_text_equal(nvb_text a, nvb_text b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.s, b.s, a.n) == 0);
}

#endif
