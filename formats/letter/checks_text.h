/* checks_text.h: the outcome of the checks as text, for the command `check` and for the end of the
 * letter. */
#ifndef NVB_FORMATS_CHECKS_TEXT_H
#define NVB_FORMATS_CHECKS_TEXT_H

#include "formats/word/wording.h"

/* Groups (legal, guidance, own), a mark per outcome, title, article and sentence; then what it
 * comes to. With `paths`: the places of rules that are not met, so that the maker of a document
 * finds them. */
void nvbi_checks_text(nvb_buffer *out, const nvb_checks *checks, bool paths, nvb_lang lang);

#endif
