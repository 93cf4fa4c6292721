/* letter_text.c: how the letter puts words, sentences and paragraphs together; see letter.h. */
#include "letter.h"

#include "formats/word/wording_fill.h"

enum {
    FIELD = 16,    /* column in which the text of a field begins */
    FIELD_EN = 20, /* English labels are longer */
    BRACKETS = 36  /* bytes between brackets that stay on one line */
};

#define NO_BREAK "\xC2\xA0"

const char *nvbi_letter_sentence(nvbi_sentence s, nvb_lang lang)
{
    static const char *const sentences[NVBI_SAY_COUNT][2] = {
#define NVBI_SENTENCE(name, nl, en) [NVBI_SAY_##name] = {nl, en},
#include "wording_letter.def"
#undef NVBI_SENTENCE
    };
    return sentences[s][lang == NVB_EN];
}

/* --- words --- */

nvb_buffer *nvbi_letter_word(nvbi_letter *l, unsigned k)
{
    nvb_buffer_cut(&l->word[k], 0);
    return &l->word[k];
}

void nvbi_letter_word_text(nvbi_letter *l, unsigned k, nvb_text t)
{
    nvb_buffer_text(nvbi_letter_word(l, k), t);
}

void nvbi_letter_word_count(nvbi_letter *l, unsigned k, size_t n)
{
    nvbi_letter_word_number(l, k, nvb_num_int((int64_t)n), NVB_UNITS);
}

void nvbi_letter_word_number(nvbi_letter *l, unsigned k, nvb_num v, nvb_unit unit)
{
    nvbi_word_number(nvbi_letter_word(l, k), l->calc, v, unit, l->lang);
}

void nvbi_letter_word_input(nvbi_letter *l, unsigned k, const nvb_input *in, nvb_unit unit)
{
    nvb_term as_operand = {.symbol = NVB_SYM_NUMBER, .unit = unit, .value = in->value};
    nvbi_word_operand(nvbi_letter_word(l, k), l->calc, &as_operand, l->lang);
}

/* --- sentences --- */

void nvbi_letter_put(nvbi_letter *l, nvb_buffer *to, nvbi_sentence s)
{
    nvb_text words[NVBI_LETTER_WORDS];
    for (size_t k = 0; k < NVBI_LETTER_WORDS; k++)
        words[k] = (nvb_text){l->word[k].s ? l->word[k].s : "", l->word[k].n};
    nvbi_word_fill(to, nvbi_letter_sentence(s, l->lang), words, NVBI_LETTER_WORDS, l->lang);
    for (unsigned k = 0; k < NVBI_LETTER_WORDS; k++)
        nvb_buffer_cut(&l->word[k], 0);
}

static void space(nvbi_letter *l)
{
    if (l->said.n)
        nvb_buffer_byte(&l->said, ' ');
}

void nvbi_letter_say(nvbi_letter *l, nvbi_sentence s)
{
    space(l);
    nvbi_letter_put(l, &l->said, s);
}

void nvbi_letter_say_text(nvbi_letter *l, nvb_text t)
{
    if (t.n == 0)
        return;
    space(l);
    nvbi_word_safe(&l->said, t);
}

void nvbi_letter_full_stop(nvbi_letter *l)
{
    if (l->said.n && l->said.s && !strchr(".!?:;", l->said.s[l->said.n - 1]))
        nvb_buffer_byte(&l->said, '.');
}

void nvbi_letter_say_source(nvbi_letter *l, nvb_text id)
{
    if (!id.s)
        return;
    size_t n;
    const nvbi_entry *found = nvbi_lookup_find(&l->sources, id, &n);
    nvb_text title = found ? l->p->sources[found->number].title : (nvb_text){NULL, 0};
    if (title.s)
        nvbi_letter_say_text(l, title);
    nvbi_letter_word_text(l, 0, id);
    nvbi_letter_say(l, NVBI_SAY_SOURCE_ID);
}

void nvbi_letter_missing_word(nvbi_letter *l, nvbi_sentence what)
{
    nvb_buffer_str(nvbi_letter_word(l, 0), nvbi_letter_sentence(what, l->lang));
    nvbi_letter_say(l, NVBI_SAY_MISSING);
}

void nvbi_letter_missing(nvbi_letter *l, unsigned bits)
{
    for (unsigned bit = NVB_MISSING_REASON; bit <= NVB_MISSING_DESCRIPTION; bit <<= 1) {
        if (!(bits & bit) || !l->owes)
            continue;
        nvb_buffer_str(nvbi_letter_word(l, 0), nvbi_word_missing(bit, l->lang));
        nvbi_letter_say(l, NVBI_SAY_MISSING);
    }
}

/* --- paragraphs --- */

/* What binds to the word after it: an operator that stands free, a euro sign, "about". */
static bool binds(const char *s, size_t n)
{
    static const char *const signs[] = {"€", "≈", "×", "=", "−", "+", "÷", "/", "→"};
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        size_t m = strlen(signs[i]);
        if (n >= m && memcmp(s + n - m, signs[i], m) == 0) {
            char before = n > m ? s[n - m - 1] : ' ';
            return before == ' ' || before == '(' || before == '\xA0' || before == '\x92';
        }
    }
    return false;
}

/* Where the brackets that open at `at` close, when what they hold is short and has no brackets
 * itself; else `at`. */
static size_t short_brackets(nvb_text t, size_t at)
{
    for (size_t i = at + 1; i < t.n && i - at < BRACKETS; i++) {
        if (t.s[i] == '(')
            break;
        if (t.s[i] == ')')
            return i;
    }
    return at;
}

void nvbi_letter_glue(nvb_buffer *out, nvb_text t)
{
    size_t from = 0, bracket = 0;
    for (size_t at = 0; at < t.n; at++) {
        if (t.s[at] == '(')
            bracket = short_brackets(t, at);
        if (t.s[at] != ' ' || (at >= bracket && !binds(t.s + from, at - from)))
            continue;
        nvb_buffer_bytes(out, t.s + from, at - from);
        nvb_buffer_str(out, NO_BREAK);
        from = at + 1;
    }
    nvb_buffer_bytes(out, t.s + from, t.n - from);
}

/* The paragraph said so far, glued, in `scrap`; what was said is then used up. */
static nvb_text take_said(nvbi_letter *l)
{
    nvb_buffer_cut(&l->scrap, 0);
    nvbi_letter_glue(&l->scrap, (nvb_text){l->said.s ? l->said.s : "", l->said.n});
    nvb_buffer_cut(&l->said, 0);
    return (nvb_text){l->scrap.s ? l->scrap.s : "", l->scrap.n};
}

void nvbi_letter_flush_hanging(nvbi_letter *l, unsigned indent, unsigned hang)
{
    if (l->said.n)
        nvbi_layout_wrap(l->out, take_said(l), indent, indent + hang, NVBI_PAGE);
}

void nvbi_letter_flush(nvbi_letter *l, unsigned indent)
{
    if (l->said.n == 0)
        return;
    nvbi_letter_flush_hanging(l, indent, 0);
    nvbi_letter_blank(l);
}

unsigned nvbi_letter_field_column(const nvbi_letter *l)
{
    return l->lang == NVB_EN ? FIELD_EN : FIELD;
}

void nvbi_letter_flush_field(nvbi_letter *l, nvbi_sentence label)
{
    if (l->said.n == 0)
        return;
    size_t from = l->out->n;
    nvb_buffer_str(l->out, "  ");
    nvb_buffer_str(l->out, nvbi_letter_sentence(label, l->lang));
    unsigned column = nvbi_letter_field_column(l);
    nvbi_layout_pad(l->out, from, column);
    nvbi_layout_wrap_after(l->out, take_said(l), column, column, NVBI_PAGE);
}

void nvbi_letter_field(nvbi_letter *l, nvbi_sentence label, nvb_text t)
{
    nvbi_letter_say_text(l, t);
    nvbi_letter_flush_field(l, label);
}

void nvbi_letter_blank(nvbi_letter *l)
{
    nvb_buffer_byte(l->out, '\n');
}

/* Two empty lines above a heading, whatever was above it. */
void nvbi_letter_heading(nvbi_letter *l, const char *title)
{
    nvbi_letter_blank(l);
    size_t from = l->out->n;
    nvb_text t = {title, strlen(title)};
    nvbi_layout_wrap(l->out, t, 0, 0, NVBI_PAGE);
    size_t width = nvbi_word_width(l->out->s ? l->out->s + from : "", l->out->n - from);
    nvbi_layout_rule(l->out, "═", width > NVBI_PAGE ? NVBI_PAGE : (unsigned)width - (width > 0));
    nvbi_letter_blank(l);
}

void nvbi_letter_subheading(nvbi_letter *l)
{
    nvb_text t = take_said(l);
    size_t width = nvbi_word_width(t.s, t.n);
    nvbi_layout_wrap(l->out, t, 0, 0, NVBI_PAGE);
    nvbi_layout_rule(l->out, "─", width > NVBI_PAGE ? NVBI_PAGE : (unsigned)width);
}

void nvbi_letter_free_text(nvbi_letter *l, nvb_text t, unsigned indent)
{
    for (size_t at = 0; at < t.n;) {
        const char *end = memchr(t.s + at, '\n', t.n - at);
        size_t n = end ? (size_t)(end - t.s) - at : t.n - at;
        nvbi_letter_say_text(l, (nvb_text){t.s + at, n});
        /* A line of blanks alone says nothing; wrapping it would still leave an empty line. */
        if (strspn(l->said.s ? l->said.s : "", " ") == l->said.n)
            nvb_buffer_cut(&l->said, 0);
        nvbi_letter_flush(l, indent);
        at += n + 1;
    }
}

void nvbi_letter_statement(nvbi_letter *l, nvb_item item)
{
    nvb_text t = l->p->statement[item];
    if (!t.s || t.n == 0)
        return;
    nvbi_letter_say(l, l->p->kind == NVB_PROPOSAL ? NVBI_SAY_STATEMENT_INSURER
                       : l->p->kind == NVB_OFFER  ? NVBI_SAY_STATEMENT_PROVIDER
                                                  : NVBI_SAY_STATEMENT_BOTH);
    nvbi_letter_flush_hanging(l, 0, 0);
    nvbi_letter_free_text(l, t, 2);
}

void nvbi_letter_table(nvbi_letter *l)
{
    if (nvbi_table_empty(&l->table))
        return;
    nvbi_table_write(&l->table, l->out);
    nvbi_letter_blank(l);
}
