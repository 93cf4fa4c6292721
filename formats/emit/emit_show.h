/*
 * emit_show.h: what the two files of the card of one figure share. Internal to formats.
 */
#ifndef NVB_FORMATS_EMIT_SHOW_H
#define NVB_FORMATS_EMIT_SHOW_H

#include "emit_rows.h"
#include "formats/word/words.h"
#include "grounds.h"
#include "navolgbaar/formats.h"

enum { NVBI_CARD_FIELD = 14 }; /* columns of the names of fields */

typedef struct nvbi_card {
    nvb_buffer *out;
    nvb_breakdown *breakdown;
    nvb_calc *calc;
    nvb_lang lang;
    nvb_buffer text; /* the text of the field under way */
    nvbi_rows rows;
    nvbi_origins origins;
} nvbi_card;

/* A field: its name, and beside it what was written to `text`, wrapped; nothing when that is empty.
 * Empties `text`. */
void nvbi_card_field(nvbi_card *c, nvbi_emit_word_id name);
/* A heading with room above it. */
void nvbi_card_heading(nvbi_card *c, nvbi_emit_word_id name);

/* --- emit_show_lists.c --- */

void nvbi_card_parts(nvbi_card *c, const nvb_figure *f);
void nvbi_card_origins(nvbi_card *c, const nvb_figure *f);
void nvbi_card_uses(nvbi_card *c, const nvb_figure *f);
/* All figures beneath a path; false when there are none. */
bool nvbi_card_beneath(nvbi_card *c, nvb_text path);

#endif
