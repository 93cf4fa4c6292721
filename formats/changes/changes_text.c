/* changes_text.c: how the overview puts words, sentences and amounts together; see changes.h. */
#include "changes.h"

#include "formats/word/wording_fill.h"

enum { CENTS = 2, ABOUT_DECIMALS = 4, MOST_DECIMALS = 10 };
enum { LABEL = 120, LABEL_BYTES = 4 * LABEL };

void nvbi_changes_begin(nvbi_changes *x, nvb_buffer *out, nvb_calc *calc, nvb_lang lang)
{
    *x = (nvbi_changes){.out = out, .calc = calc, .lang = lang};
    nvbi_arena_init(&x->scratch);
}

void nvbi_changes_end(nvbi_changes *x)
{
    bool failed = nvb_calc_take_error(x->calc) != NVB_NUM_OK || x->said.failed || x->table.failed ||
                  x->table.text.failed || x->scratch.failed;
    for (size_t k = 0; k < NVBI_CHANGES_WORDS; k++) {
        failed = failed || x->word[k].failed;
        nvb_buffer_release(&x->word[k]);
    }
    if (failed)
        x->out->failed = true;
    nvb_buffer_release(&x->said);
    nvbi_table_release(&x->table);
    nvbi_arena_release(&x->scratch);
}

const char *nvbi_changes_sentence(nvbi_tell s, nvb_lang lang)
{
    static const char *const sentences[NVBI_TELL_COUNT][2] = {
#define CHANGES_SENTENCE(name, nl, en) [NVBI_TELL_##name] = {nl, en},
#include "wording_changes.def"
#undef CHANGES_SENTENCE
    };
    return sentences[s][lang == NVB_EN];
}

/* --- words and sentences --- */

nvb_buffer *nvbi_changes_word(nvbi_changes *x, unsigned k)
{
    nvb_buffer_cut(&x->word[k], 0);
    return &x->word[k];
}

void nvbi_changes_word_text(nvbi_changes *x, unsigned k, nvb_text t)
{
    nvb_buffer_text(nvbi_changes_word(x, k), t);
}

size_t nvbi_changes_cut(nvb_text t, size_t most)
{
    size_t n = most, blank = most;
    if (t.n <= most)
        return t.n;
    while (blank > most / 2 && t.s[blank] != ' ')
        blank--;
    while (n > 0 && ((unsigned char)t.s[n] & 0xC0U) == 0x80)
        n--;
    return blank > most / 2 ? blank : n;
}

void nvbi_changes_shorten(nvb_buffer *to, size_t from)
{
    if (to->failed || to->n <= from)
        return;
    nvb_text t = {to->s + from, to->n - from};
    if (t.n <= LABEL_BYTES && nvbi_layout_fit(t.s, t.n, LABEL) == t.n)
        return;
    nvb_text start = {t.s, t.n > LABEL_BYTES ? LABEL_BYTES : t.n};
    while (start.n > 0 && start.n < t.n && ((unsigned char)t.s[start.n] & 0xC0U) == 0x80)
        start.n--;
    size_t n = nvbi_layout_fit(start.s, start.n, LABEL - 1);
    while (n > 0 && t.s[n - 1] == ' ')
        n--;
    nvb_buffer_cut(to, from + n);
    nvb_buffer_str(to, "…");
}

void nvbi_changes_label(nvb_buffer *to, nvb_text t)
{
    size_t from = to->n;
    nvbi_word_safe(to, (nvb_text){t.s, nvbi_changes_cut(t, (size_t)2 * LABEL_BYTES)});
    nvbi_changes_shorten(to, from);
}

void nvbi_changes_word_label(nvbi_changes *x, unsigned k, nvb_text t)
{
    nvb_buffer *to = nvbi_changes_word(x, k);
    if (t.n)
        nvbi_changes_label(to, t);
}

void nvbi_changes_word_count(nvbi_changes *x, unsigned k, size_t n)
{
    nvbi_word_number(nvbi_changes_word(x, k), x->calc, nvb_num_int((int64_t)n), NVB_UNITS, x->lang);
}

void nvbi_changes_put(nvbi_changes *x, nvb_buffer *to, nvbi_tell s)
{
    nvb_text words[NVBI_CHANGES_WORDS];
    for (size_t k = 0; k < NVBI_CHANGES_WORDS; k++)
        words[k] = (nvb_text){x->word[k].s ? x->word[k].s : "", x->word[k].n};
    nvbi_word_fill(to, nvbi_changes_sentence(s, x->lang), words, NVBI_CHANGES_WORDS, x->lang);
    for (unsigned k = 0; k < NVBI_CHANGES_WORDS; k++)
        nvb_buffer_cut(&x->word[k], 0);
}

void nvbi_changes_say(nvbi_changes *x, nvbi_tell s)
{
    if (x->said.n)
        nvb_buffer_byte(&x->said, ' ');
    nvbi_changes_put(x, &x->said, s);
}

void nvbi_changes_flush_hanging(nvbi_changes *x, unsigned indent, unsigned hang)
{
    nvb_text t = {x->said.s ? x->said.s : "", x->said.n};
    if (t.n)
        nvbi_layout_wrap(x->out, t, indent, indent + hang, NVBI_PAGE);
    nvb_buffer_cut(&x->said, 0);
}

void nvbi_changes_flush(nvbi_changes *x, unsigned indent)
{
    if (x->said.n == 0)
        return;
    nvbi_changes_flush_hanging(x, indent, 0);
    nvbi_changes_blank(x);
}

void nvbi_changes_blank(nvbi_changes *x)
{
    nvb_buffer_byte(x->out, '\n');
}

void nvbi_changes_heading(nvbi_changes *x, const char *rule)
{
    size_t width = nvbi_word_width(x->said.s ? x->said.s : "", x->said.n);
    nvbi_changes_flush_hanging(x, 0, 0);
    nvbi_layout_rule(x->out, rule, width > NVBI_PAGE ? NVBI_PAGE : (unsigned)width);
}

void nvbi_changes_title(nvbi_changes *x, nvbi_tell s)
{
    nvbi_changes_say(x, s);
    nvbi_changes_heading(x, "─");
}

void nvbi_changes_table(nvbi_changes *x)
{
    if (nvbi_table_empty(&x->table))
        return;
    nvbi_table_write(&x->table, x->out);
    nvbi_changes_blank(x);
}

void nvbi_changes_note(nvbi_changes *x)
{
    if (!x->starred)
        return;
    if (!x->noted)
        nvbi_changes_say(x, NVBI_TELL_NOTE_CENT);
    nvbi_changes_flush(x, 0);
    x->starred = false;
    x->noted = true;
}

/* --- amounts --- */

nvb_num nvbi_changes_size(nvbi_changes *x, nvb_num v)
{
    return nvb_num_sign(v) < 0 ? nvb_num_neg(x->calc, v) : v;
}

static void put_plus(nvb_buffer *to, nvb_num v, bool sign)
{
    if (sign && nvb_num_sign(v) > 0)
        nvb_buffer_byte(to, '+');
}

void nvbi_changes_amount(nvbi_changes *x, nvb_buffer *to, nvb_num v, bool sign)
{
    if (!nvb_num_terminates(x->calc, v, MOST_DECIMALS)) {
        nvb_num about = nvb_num_round(x->calc, v, ABOUT_DECIMALS, NVB_ARITHMETIC);
        nvb_buffer_str(to, "≈ ");
        v = nvb_num_sign(about) ? about : nvb_num_round(x->calc, v, MOST_DECIMALS, NVB_ARITHMETIC);
    }
    put_plus(to, v, sign);
    nvbi_word_number(to, x->calc, v, NVB_EUR, x->lang);
}

void nvbi_changes_cents(nvbi_changes *x, nvb_buffer *to, nvb_num v, bool sign)
{
    nvbi_changes_amount(x, to, nvb_num_round(x->calc, v, CENTS, NVB_ARITHMETIC), sign);
}

void nvbi_changes_plain(nvbi_changes *x, nvb_buffer *to, nvb_num v, unsigned decimals, bool sign)
{
    v = nvb_num_round(x->calc, v, decimals, NVB_ARITHMETIC);
    put_plus(to, v, sign);
    nvbi_word_plain(to, x->calc, v, decimals, x->lang);
}

void nvbi_changes_percent(nvbi_changes *x, nvb_buffer *to, nvb_num from, nvb_num difference)
{
    if (nvb_num_sign(from) <= 0)
        return;
    nvb_num part = nvb_num_shift(x->calc, nvb_num_div(x->calc, difference, from), 2);
    part = nvb_num_round(x->calc, part, 2, NVB_ARITHMETIC);
    if (nvb_num_sign(part) == 0 && nvb_num_sign(difference) != 0)
        return;
    put_plus(to, part, true);
    nvbi_word_plain(to, x->calc, part, 2, x->lang);
    nvb_buffer_byte(to, '%');
}

bool nvbi_changes_hardly(nvbi_changes *x, nvb_num v)
{
    return nvb_num_sign(v) != 0 &&
           nvb_num_sign(nvb_num_round(x->calc, v, CENTS, NVB_ARITHMETIC)) == 0;
}

unsigned nvbi_changes_decimals(nvbi_changes *x, nvb_num v, unsigned otherwise)
{
    for (unsigned decimals = CENTS; decimals <= MOST_DECIMALS; decimals++)
        if (nvb_num_terminates(x->calc, v, decimals))
            return decimals;
    return otherwise;
}
