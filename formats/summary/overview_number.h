/* overview_number.h: sums read back from the text they were written as. They may be longer than any
 * number of a document (number.h: at most 40 digits). */
#ifndef NVB_FORMATS_SUMMARY_OVERVIEW_NUMBER_H
#define NVB_FORMATS_SUMMARY_OVERVIEW_NUMBER_H

#include "navolgbaar/number.h"

/* `-?digits[.digits]`, or `-?digits/digits`; false when it is neither. */
bool nvbi_overview_number(nvb_calc *calc, nvb_text t, nvb_num *out);

#endif
