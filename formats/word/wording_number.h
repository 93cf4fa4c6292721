/*
 * wording_number.h: what a formula must know of the number it wrote beyond wording.h: whether it
 * needs brackets.
 */
#ifndef NVB_FORMATS_WORDING_NUMBER_H
#define NVB_FORMATS_WORDING_NUMBER_H

#include "wording.h"

/* How an operand came out. */
typedef enum nvbi_form { NVBI_DECIMAL, NVBI_FRACTION, NVBI_ABOUT } nvbi_form;

nvbi_form
nvbi_word_operand_form(nvb_buffer *out, nvb_calc *calc, const nvb_term *term, nvb_lang lang);

#endif
