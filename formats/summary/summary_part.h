/* summary_part.h: what the text and the JSON of a summary have in common: which numbers follow from
 * those it holds. */
#ifndef NVB_FORMATS_SUMMARY_SUMMARY_PART_H
#define NVB_FORMATS_SUMMARY_SUMMARY_PART_H

#include "formats/json/json_write.h"
#include "navolgbaar/formats.h"

/* The change from `from` to `to` in percent, rounded to two decimals; false when there is none
 * (`from` is not above zero). */
bool nvbi_summary_percent(nvb_calc *calc, nvb_num from, nvb_num to, nvb_num *out);
/* It under the key `verschil_pct`, when there is one. */
void nvbi_json_percent(nvbi_json *j, nvb_calc *calc, nvb_num from, nvb_num to);

/* What a code says of any document: its message with "…" where the words of one document go. */
void nvbi_summary_code(nvb_buffer *out, nvb_code c, nvb_lang lang);

#endif
