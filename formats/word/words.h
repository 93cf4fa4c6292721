/* words.h: headings and field names in a language; the words are in words.def. */
#ifndef NVB_FORMATS_EMIT_WORDS_H
#define NVB_FORMATS_EMIT_WORDS_H

#include "navolgbaar/base.h"

typedef enum nvbi_emit_word_id {
#define EMIT_WORD(id, nl, en) NVBI_EMIT_##id,
#include "words.def"
#undef EMIT_WORD
    NVBI_EMIT_WORDS
} nvbi_emit_word_id;

const char *nvbi_emit_word(nvbi_emit_word_id id, nvb_lang lang);

#endif
