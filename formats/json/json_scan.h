/*
 * json_scan.h: the strict pass over the bytes of a file, before anything else sees them.
 *
 * RFC 8259 to the letter: grammar, UTF-8, escapes, no lone surrogates, no U+0000, no key twice in
 * an object, at most 64 levels. A byte order mark at the start is skipped. It goes on after what it
 * can mend in its mind (a bad escape, a bad number, a comma too many) and stops at the first thing
 * it cannot, so that one file gives all its problems, but not problems that are only echoes of the
 * first.
 *
 * What comes out is the same text for cJSON, in which each number token is a string that begins
 * with the byte 0xFF. Valid UTF-8 cannot hold that byte, so no text can pass for a number, and a
 * number keeps the very digits that were written.
 */
#ifndef NVB_FORMATS_JSON_SCAN_H
#define NVB_FORMATS_JSON_SCAN_H

#include "navolgbaar/formats.h"

enum { NVBI_MAX_DEPTH = 64, NVBI_MAX_BYTES = 256 << 20, NVBI_MAX_VALUES = 20000000 };

#define NVBI_NUMBER_TAG '\xFF'

/* Appends the rewritten text to `out`. False when there is any problem (which `diag` then holds,
 * with its place) or memory is out. `*values` is the number of values in the text. */
bool nvbi_json_scan(nvb_buffer *out, size_t *values, const nvb_source_file *file, nvb_diag *diag);

/* False, with a problem, for a file of more than NVBI_MAX_BYTES: nothing of it is looked at. */
bool nvbi_file_fits(const nvb_source_file *file, nvb_diag *diag);

#endif
