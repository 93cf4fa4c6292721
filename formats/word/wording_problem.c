/* wording_problem.c: a problem in words: the templates of codes.def with their words filled in. See
 * wording.h. */
#include "wording.h"

#include "wording_fill.h"

void nvbi_word_problem(nvb_buffer *out, const nvb_problem *p, nvb_lang lang)
{
    nvbi_word_fill(out, nvb_code_message(p->code, lang), p->word, NVB_PROBLEM_WORDS, lang);
}

/* Advice that leans on a word that is not there is no advice. */
void nvbi_word_hint(nvb_buffer *out, const nvb_problem *p, nvb_lang lang)
{
    const char *hint = nvb_code_hint(p->code, lang);
    unsigned needed = nvbi_word_needed(hint);
    for (unsigned i = 0; i < NVB_PROBLEM_WORDS; i++)
        if ((needed >> i & 1U) && !nvb_text_given(p->word[i]))
            return;
    nvbi_word_fill(out, hint, p->word, NVB_PROBLEM_WORDS, lang);
}
