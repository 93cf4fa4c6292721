/*
 * peek.h: one text of a JSON document without reading the document.
 *
 *     static const char *const path[] = {"zorgaanbieder", "agb"};
 *     nvb_buffer agb = NVB_BUFFER_INIT;
 *     if (nvb_peek(&agb, bytes, path, 2)) ... agb.s is its text
 *
 * For finding records in a large file. It judges nothing: whatever is odd before the place counts
 * as absent, and what comes after it is not looked at. Linear in the text, nothing nests in memory,
 * and the only allocation is that of the buffer.
 */
#ifndef NAVOLGBAAR_PEEK_H
#define NAVOLGBAAR_PEEK_H

#include "navolgbaar/buffer.h"

/* Sets `to` to the string at a path of keys from the top of the text. False when there is no such
 * string; of a key that stands twice the first one counts. */
NVB_API bool nvb_peek(nvb_buffer *to, nvb_text json, const char *const *keys, size_t n);

#endif
