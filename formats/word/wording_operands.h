/*
 * wording_operands.h: numbers of formulas that were written before. Internal to formats.
 *
 * The lines of a document share their percentages and weights, and the figures of a line its base
 * and stands: two in three operands have stood in a formula shortly before. A table remembers the
 * words of the last ones by the number itself, so that it cannot be wrong about them, only forget.
 *
 * A table is cleared before use and serves one language; it allocates nothing.
 */
#ifndef NVB_FORMATS_WORDING_OPERANDS_H
#define NVB_FORMATS_WORDING_OPERANDS_H

#include "wording_number.h"

enum { NVBI_OPERAND_ROWS = 128, NVBI_OPERAND_TEXT = 32 };

typedef struct nvbi_operand {
    nvb_int128 n;
    uint64_t d;
    uint32_t scale;
    nvb_unit unit;
    nvbi_form form;
    size_t length; /* 0: free */
    char text[NVBI_OPERAND_TEXT];
} nvbi_operand;

typedef struct nvbi_operands {
    nvbi_operand rows[NVBI_OPERAND_ROWS];
} nvbi_operands;

/* As nvbi_word_operand_form; `known` may be NULL. */
nvbi_form nvbi_word_operand_again(
    nvb_buffer *out, nvb_calc *calc, nvbi_operands *known, const nvb_term *term, nvb_lang lang);
/* As nvbi_word_filled. */
void nvbi_word_filled_again(
    nvb_buffer *out, nvb_calc *calc, nvbi_operands *known, const nvb_figure *f, nvb_lang lang);

#endif
