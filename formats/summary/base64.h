/*
 * base64.h: bytes as text, RFC 4648 section 4: the usual alphabet, with padding, on one line.
 *
 * For what came in and is no text. It does not read base64 back: nothing here needs that.
 */
#ifndef NVB_FORMATS_SUMMARY_BASE64_H
#define NVB_FORMATS_SUMMARY_BASE64_H

#include "navolgbaar/buffer.h"

void nvbi_base64(nvb_buffer *out, nvb_text bytes);

#endif
