/* wording_check.h: what the text of the checks and the wording test need beyond wording.h. */
#ifndef NVB_FORMATS_WORDING_CHECK_H
#define NVB_FORMATS_WORDING_CHECK_H

#include "wording.h"

/* The template of a reason, with its places to fill in. */
const char *nvbi_word_because(nvb_because why, nvb_lang lang);
/* What a rule asks, why, and what to do about it: a paragraph. */
const char *nvbi_word_rule_explained(nvb_rule r, nvb_lang lang);
/* One column wide: ✓ ✗ – ? */
const char *nvbi_word_outcome_mark(nvb_outcome o);
/* A heading over the rules of a kind. */
const char *nvbi_word_rule_kind(nvb_rule_kind k, nvb_lang lang);

#endif
