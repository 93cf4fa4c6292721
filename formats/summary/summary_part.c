/* summary_part.c: see summary_part.h. */
#include "summary_part.h"

#include "core/numtext.h"
#include "formats/word/wording_fill.h"

enum { PERCENT = 2, DECIMALS = 2 };

bool nvbi_summary_percent(nvb_calc *calc, nvb_num from, nvb_num to, nvb_num *out)
{
    if (nvb_num_sign(from) <= 0)
        return false;
    nvb_num part = nvb_num_div(calc, nvb_num_sub(calc, to, from), from);
    *out = nvb_num_round(calc, nvb_num_shift(calc, part, PERCENT), DECIMALS, NVB_ARITHMETIC);
    return true;
}

void nvbi_json_percent(nvbi_json *j, nvb_calc *calc, nvb_num from, nvb_num to)
{
    nvb_num part;
    if (!nvbi_summary_percent(calc, from, to, &part))
        return;
    nvbi_json_key(j, "verschil_pct");
    nvbi_json_open_string(j);
    nvbi_num_append(calc, j->out, part);
    nvbi_json_close_string(j);
}

void nvbi_summary_code(nvb_buffer *out, nvb_code c, nvb_lang lang)
{
    const nvb_text any = NVB_TEXT("…");
    const nvb_text words[NVB_PROBLEM_WORDS] = {any, any, any};
    nvbi_word_fill(out, nvb_code_message(c, lang), words, NVB_PROBLEM_WORDS, lang);
}
