/* overview_keys.h: what those that write the lines of a run and those that read them back must
 * agree on. */
#ifndef NVB_FORMATS_SUMMARY_OVERVIEW_KEYS_H
#define NVB_FORMATS_SUMMARY_OVERVIEW_KEYS_H

#define NVBI_OVERVIEW_FORMAT "navolgbaar/overzicht/1"
#define NVBI_ERROR_FORMAT    "navolgbaar/fout/1"
#define NVBI_SUMMARY_FORMAT  "navolgbaar/samenvatting/1"
/* The key of the record itself, which comes last in a line of errors; also how the key of its
 * base64 begins. */
#define NVBI_INPUT_KEY "invoer"

#endif
