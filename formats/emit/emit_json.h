/*
 * emit_json.h: what the files that write explanations and checks as JSON share. Internal to
 * formats.
 */
#ifndef NVB_FORMATS_EMIT_JSON_H
#define NVB_FORMATS_EMIT_JSON_H

#include "grounds.h"
#include "shared_text.h"
#include "formats/json/json_write.h"
#include "navolgbaar/formats.h"

/* --- emit_json_figure.c --- */

/* One of `knopen`. `origins` is of the breakdown the figure belongs to, `shared` of this document;
 * both are used again for each. */
void nvbi_json_figure(nvbi_json *j,
                      nvb_calc *calc,
                      nvbi_origins *origins,
                      nvbi_shared *shared,
                      const nvb_figure *f,
                      nvb_lang lang);

/* --- emit_json_section.c --- */

/* `secties`: the six legal items. */
void nvbi_json_sections(nvbi_json *j, const nvb_breakdown *b, nvb_lang lang);

/* --- emit_json_check.c --- */

/* `toetsen` and `gaten`: arrays, as values. Either of the handles may be NULL: an empty array. */
void nvbi_json_checks(nvbi_json *j, const nvb_checks *checks, nvb_lang lang);
void nvbi_json_gaps(nvbi_json *j, const nvb_diag *diag, nvb_lang lang);

#endif
