/* summary_text.c: see summary_text.h. */
#include "summary_text.h"

#include "formats/word/layout.h"
#include "formats/word/wording.h"
#include "formats/word/wording_fill.h"

enum { CENTS = 2, LONGEST = 400 };

const char *nvbi_summary_words(nvbi_summary_sentence s, nvb_lang lang)
{
#define SUMMARY_SENTENCE(name, nl, en) [NVBI_SUMMARY_##name] = {nl, en},
    static const char *const sentences[NVBI_SUMMARY_SENTENCE_COUNT][2] = {
#include "wording_summary.def"
    };
#undef SUMMARY_SENTENCE
    return sentences[s][lang == NVB_EN];
}

void nvbi_summary_word(nvbi_summary_text *x, unsigned k, nvb_text t)
{
    nvb_buffer_cut(&x->word[k], 0);
    if (t.n)
        nvb_buffer_text(&x->word[k], t);
}

void nvbi_summary_number(nvbi_summary_text *x, nvb_buffer *to, uint64_t n)
{
    nvbi_word_number(to, x->calc, nvb_num_int((int64_t)n), NVB_UNITS, x->lang);
}

void nvbi_summary_count(nvbi_summary_text *x, unsigned k, uint64_t n)
{
    nvb_buffer_cut(&x->word[k], 0);
    nvbi_summary_number(x, &x->word[k], n);
}

void nvbi_summary_put(nvbi_summary_text *x, nvb_buffer *to, nvbi_summary_sentence s)
{
    nvb_text words[NVBI_SUMMARY_WORDS];
    for (unsigned k = 0; k < NVBI_SUMMARY_WORDS; k++)
        words[k] = (nvb_text){x->word[k].s ? x->word[k].s : "", x->word[k].n};
    nvbi_word_fill(to, nvbi_summary_words(s, x->lang), words, NVBI_SUMMARY_WORDS, x->lang);
    for (unsigned k = 0; k < NVBI_SUMMARY_WORDS; k++)
        nvb_buffer_cut(&x->word[k], 0);
}

void nvbi_summary_say(nvbi_summary_text *x, nvbi_summary_sentence s)
{
    if (x->said.n)
        nvb_buffer_byte(&x->said, ' ');
    nvbi_summary_put(x, &x->said, s);
}

/* Back to plain spaces: the no-break spaces only served to keep a sum on one line. */
static void unglue(nvb_buffer *out, size_t from)
{
    static const char no_break[] = "\xC2\xA0";
    size_t to = from;
    if (out->failed)
        return;
    for (size_t at = from; at < out->n; at++) {
        bool space = at + 1 < out->n && memcmp(out->s + at, no_break, 2) == 0;
        out->s[to++] = space ? ' ' : out->s[at];
        at += space;
    }
    nvb_buffer_cut(out, to);
}

void nvbi_summary_flush(nvbi_summary_text *x)
{
    size_t from = x->out->n;
    if (x->said.n == 0)
        return;
    nvbi_layout_wrap(x->out, (nvb_text){x->said.s, x->said.n}, 0, 0, NVBI_PAGE);
    unglue(x->out, from);
    nvb_buffer_byte(x->out, '\n');
    nvb_buffer_cut(&x->said, 0);
}

void nvbi_summary_title(nvbi_summary_text *x, nvbi_summary_sentence s, const char *rule)
{
    nvbi_summary_put(x, &x->said, s);
    nvb_text t = {x->said.s ? x->said.s : "", x->said.n};
    size_t width = nvbi_word_width(t.s, t.n);
    nvbi_layout_wrap(x->out, t, 0, 0, NVBI_PAGE);
    nvbi_layout_rule(x->out, rule, width > NVBI_PAGE ? NVBI_PAGE : (unsigned)width);
    nvb_buffer_cut(&x->said, 0);
}

void nvbi_summary_table(nvbi_summary_text *x)
{
    nvbi_table_write(&x->table, x->out);
    nvb_buffer_byte(x->out, '\n');
}

/* Bytes are cut first, so that a text of megabytes costs no more than another. */
void nvbi_summary_label(nvb_buffer *to, nvb_text t, unsigned columns)
{
    size_t from = to->n;
    bool cut = t.n > LONGEST;
    if (cut) {
        t.n = LONGEST;
        while (t.n && ((unsigned char)t.s[t.n] & 0xC0U) == 0x80)
            t.n--;
    }
    if (t.n)
        nvbi_word_safe(to, t);
    if (to->failed ||
        (!cut && nvbi_layout_fit(to->s + from, to->n - from, columns) == to->n - from))
        return;
    nvb_buffer_cut(to, from + nvbi_layout_fit(to->s + from, to->n - from, columns - 1));
    nvb_buffer_str(to, "…");
}

static void put_plus(nvb_buffer *to, nvb_num v, bool sign)
{
    if (sign && nvb_num_sign(v) > 0)
        nvb_buffer_byte(to, '+');
}

void nvbi_summary_euro(nvbi_summary_text *x, nvb_buffer *to, nvb_num v, bool sign)
{
    v = nvb_num_round(x->calc, v, CENTS, NVB_ARITHMETIC);
    put_plus(to, v, sign);
    nvbi_word_number(to, x->calc, v, NVB_EUR, x->lang);
}

void nvbi_summary_whole(nvbi_summary_text *x, nvb_buffer *to, nvb_num v, bool sign)
{
    v = nvb_num_round(x->calc, v, 0, NVB_ARITHMETIC);
    put_plus(to, v, sign);
    nvbi_word_plain(to, x->calc, v, 0, x->lang);
}

void nvbi_summary_change(nvbi_summary_text *x, nvb_buffer *to, nvb_num from, nvb_num to_value)
{
    nvb_num part;
    if (!nvbi_summary_percent(x->calc, from, to_value, &part))
        return;
    put_plus(to, part, true);
    nvbi_word_plain(to, x->calc, part, CENTS, x->lang);
    nvb_buffer_byte(to, '%');
}
