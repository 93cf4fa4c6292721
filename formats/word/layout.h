/*
 * layout.h: text set in columns for a terminal or a plain page: wrapping, padding, aligning, rules.
 *
 * Widths count code points that are not combining marks (nvbi_word_width), never bytes. Texts must
 * be safe (nvbi_word_safe): on one line and without control characters. A sign stays with what
 * follows it ("€ 31,39"). Output never ends a line with spaces, apart from padding that was asked
 * for.
 *
 *     size_t from = out->n;
 *     nvb_buffer_str(out, "Basis");
 *     nvbi_layout_pad(out, from, 20);
 *     nvbi_layout_right(out, "€ 31,39", strlen("€ 31,39"), 14);
 */
#ifndef NVB_FORMATS_LAYOUT_H
#define NVB_FORMATS_LAYOUT_H

#include "navolgbaar/buffer.h"

enum { NVBI_PAGE = 80 };

/* Safe text as a paragraph: greedy, at most `width` columns, the indents included; ends with a
 * newline. A word longer than the line is broken. The first indent is written as spaces too; to
 * hang the text beside a label of `indent_first` columns that already stands on the line, use
 * nvbi_layout_wrap_after. */
void nvbi_layout_wrap(
    nvb_buffer *out, nvb_text t, unsigned indent_first, unsigned indent_rest, unsigned width);
/* The same, where `taken` columns of the first line are already written. */
void nvbi_layout_wrap_after(
    nvb_buffer *out, nvb_text t, unsigned taken, unsigned indent_rest, unsigned width);
/* Pads what was appended since offset `from` with spaces to `columns`; nothing when it is as wide
 * already. */
void nvbi_layout_pad(nvb_buffer *out, size_t from, unsigned columns);
/* `s` right-aligned in `columns`; whole when it is wider. */
void nvbi_layout_right(nvb_buffer *out, const char *s, size_t n, unsigned columns);
/* One character (UTF-8) `columns` times and a newline. */
void nvbi_layout_rule(nvb_buffer *out, const char *utf8_char, unsigned columns);
/* The bytes at the start of `s` that fill at most `columns`; combining marks stay with their
 * letter. */
size_t nvbi_layout_fit(const char *s, size_t n, unsigned columns);

#endif
