/*
 * emit_changes.h: what the files that write a comparison or a chain as JSON share. Internal to
 * formats.
 *
 * Amounts are written like `waarde` of a figure; one that does not end within 20 decimals is
 * followed by its fraction, under the same key with `_breuk`.
 */
#ifndef NVB_FORMATS_EMIT_CHANGES_H
#define NVB_FORMATS_EMIT_CHANGES_H

#include "formats/json/json_write.h"
#include "navolgbaar/formats.h"

/* --- emit_changes.c --- */

/* A comparison as a value: one object, navolgbaar/wijzigingen/1. */
void nvbi_json_changes(nvbi_json *j, const nvb_comparison *c, nvb_lang lang);

/* --- emit_changes_line.c --- */

/* One of `prestaties`. */
void nvbi_json_pair(nvbi_json *j, nvb_calc *calc, const nvb_pair *pair);

/* --- emit_changes_part.c --- */

/* `formaat` and `taal`, the first two keys. */
void nvbi_json_format(nvbi_json *j, const char *format, nvb_lang lang);

/* Which document: kenmerk, contractjaar, ronde, soort. A price list has no year and no round. */
void nvbi_json_side(nvbi_json *j, const nvb_comparison *c, bool old_side);

/* A number under `key`, and where that is not all of it its fraction under `fraction_key`. */
void nvbi_json_number(
    nvbi_json *j, nvb_calc *calc, const char *key, const char *fraction_key, nvb_num value);

/* A text under `key`, when there is one. */
void nvbi_json_given(nvbi_json *j, const char *key, nvb_text t);

/* How the kinds of a step are named in the items of a bridge: each by its own name, or all `stap`,
 * where what became of a step differs from line to line or from year to year. */
typedef enum nvbi_step_names { NVBI_STEPS_APART, NVBI_STEPS_AS_ONE } nvbi_step_names;

/* The items of a bridge, as an array. */
void nvbi_json_bridge(nvbi_json *j, nvb_calc *calc, const nvb_bridge *b, nvbi_step_names names);

/* `oud`, `nieuw`, `verschil`, `brug` and `oorzaken` of a total, in an object that is open. */
void nvbi_json_total(nvbi_json *j,
                     nvb_calc *calc,
                     const nvb_bridge *total,
                     const nvb_bridge *causes);

#endif
