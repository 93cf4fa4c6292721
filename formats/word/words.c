/* words.c: see words.h. */
#include "words.h"

static const char *const words[NVBI_EMIT_WORDS][2] = {
#define EMIT_WORD(id, nl, en) [NVBI_EMIT_##id] = {nl, en},
#include "words.def"
#undef EMIT_WORD
};

const char *nvbi_emit_word(nvbi_emit_word_id id, nvb_lang lang)
{
    return words[id][lang == NVB_EN];
}
