/*
 * numtext.h: the digits of a number, appended to a buffer. The machine form (point, no separators);
 * what people read is made from it in formats.
 */
#ifndef NVB_CORE_NUMTEXT_H
#define NVB_CORE_NUMTEXT_H

#include "navolgbaar/buffer.h"
#include "navolgbaar/number.h"

/* `waarde` of model section 7: all digits without trailing zeros when the value ends within 20
 * decimals, otherwise rounded (half away from zero) to 20 (trailing zeros dropped as well). Returns
 * true when exact. */
bool nvbi_num_append(nvb_calc *calc, nvb_buffer *out, nvb_num a);
/* The fraction in lowest terms, "n/d", d > 0 ("5" gives "5/1"). */
void nvbi_num_append_fraction(nvb_calc *calc, nvb_buffer *out, nvb_num a);
/* Exactly `decimals` places (0 to 20), rounded half away from zero when it has more. Returns true
 * when nothing was rounded away. A value that rounds to zero has no minus sign. */
bool nvbi_num_append_fixed(nvb_calc *calc, nvb_buffer *out, nvb_num a, unsigned decimals);

#endif
