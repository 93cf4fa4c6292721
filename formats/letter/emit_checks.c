/* emit_checks.c: the checks as text: gaps, then the rules by kind, then what it comes to; see
 * checks_text.h. */
#include "checks_text.h"
#include "letter.h"

#include "formats/word/layout.h"
#include "formats/word/wording_check.h"
#include "formats/word/wording_fill.h"

enum { TITLE_INDENT = 2, TEXT_INDENT = 4, TITLE_COLUMNS = 46 };

typedef enum around {
#define AROUND(name, nl, en) AROUND_##name,
#include "formats/word/wording_check.def"
#undef AROUND
    AROUND_COUNT
} around;

static const char *const sentences[AROUND_COUNT][2] = {
#define AROUND(name, nl, en) [AROUND_##name] = {nl, en},
#include "formats/word/wording_check.def"
#undef AROUND
};

/* A sentence with two numbers, for they all have at most two. */
static void fill(nvb_buffer *out, const char *sentence, size_t first, size_t second, nvb_lang lang)
{
    nvb_buffer a = NVB_BUFFER_INIT, b = NVB_BUFFER_INIT;
    nvb_buffer_uint(&a, first);
    nvb_buffer_uint(&b, second);
    if (a.failed || b.failed)
        out->failed = true;
    else
        nvbi_word_fill(out, sentence,
                       (nvb_text[]){
                           {a.s, a.n},
                           {b.s, b.n}
        },
                       2, lang);
    nvb_buffer_release(&a);
    nvb_buffer_release(&b);
}

static void put(nvb_buffer *out, around s, size_t first, size_t second, nvb_lang lang)
{
    fill(out, sentences[s][lang == NVB_EN], first, second, lang);
}

/* --- one rule --- */

static void paths(nvb_buffer *out, const nvb_check *c, nvb_buffer *made)
{
    for (size_t i = 0; i < c->n_paths; i++) {
        nvb_buffer_cut(made, 0);
        nvbi_word_safe(made, c->paths[i]);
        if (made->n)
            nvbi_layout_wrap(out, (nvb_text){made->s, made->n}, TEXT_INDENT, TEXT_INDENT + 2,
                             NVBI_PAGE);
    }
}

static void
rule(nvb_buffer *out, const nvb_check *c, bool with_paths, nvb_buffer *made, nvb_lang lang)
{
    const char *article = nvbi_word_rule_article(c->rule, lang);
    size_t from = out->n;
    nvb_buffer_str(out, nvbi_word_outcome_mark(c->outcome));
    nvbi_layout_pad(out, from, TITLE_INDENT);
    nvb_buffer_str(out, nvbi_word_rule_title(c->rule, lang));
    if (nvb_rule_kind_of(c->rule) != NVB_OWN) {
        nvb_buffer_str(out, " ");
        nvbi_layout_pad(out, from, TITLE_COLUMNS - 2);
        nvb_buffer_str(out, article);
    }
    nvb_buffer_byte(out, '\n');
    nvb_buffer_cut(made, 0);
    nvbi_word_check(made, c, lang);
    nvbi_layout_wrap(out, (nvb_text){made->s ? made->s : "", made->n}, TEXT_INDENT, TEXT_INDENT,
                     NVBI_PAGE);
    if (!with_paths || c->outcome != NVB_NOT_MET)
        return;
    paths(out, c, made);
    const char *id = nvb_rule_id(c->rule);
    nvb_buffer_cut(made, 0);
    nvbi_word_fill(made, sentences[AROUND_HELP][lang == NVB_EN], &(nvb_text){id, strlen(id)}, 1,
                   lang);
    nvbi_layout_wrap(out, (nvb_text){made->s ? made->s : "", made->n}, TEXT_INDENT, TEXT_INDENT,
                     NVBI_PAGE);
}

/* --- the list --- */

static void legend(nvb_buffer *out, nvb_lang lang)
{
    for (int o = NVB_MET; o <= NVB_UNKNOWN; o++) {
        nvb_buffer_str(out, o ? "   " : "");
        nvb_buffer_str(out, nvbi_word_outcome_mark((nvb_outcome)o));
        nvb_buffer_byte(out, ' ');
        nvb_buffer_str(out, nvbi_word_outcome((nvb_outcome)o, lang));
    }
    nvb_buffer_str(out, "\n\n");
}

static void summary(nvb_buffer *out, const nvb_checks *checks, nvb_buffer *made, nvb_lang lang)
{
    size_t of[NVB_UNKNOWN + 1] = {0}, legal = 0;
    for (int r = 0; r < NVB_RULE_COUNT; r++) {
        if (nvb_rule_kind_of((nvb_rule)r) != NVB_LEGAL)
            continue;
        of[nvb_checks_at(checks, (nvb_rule)r)->outcome]++;
        legal++;
    }
    nvb_buffer_cut(made, 0);
    size_t bad = of[NVB_NOT_MET], unknown = of[NVB_UNKNOWN];
    size_t met = of[NVB_MET], not_here = of[NVB_NOT_APPLICABLE], apply = legal - not_here;
    if (apply == 0)
        put(made, AROUND_SUM_NONE_APPLIES, bad, legal, lang);
    else if (bad)
        fill(made, nvbi_letter_sentence(NVBI_SAY_SUM_NOT_MET, lang), bad, apply, lang);
    else if (unknown)
        fill(made, nvbi_letter_sentence(NVBI_SAY_SUM_SOME_MET, lang), met, apply, lang);
    else
        fill(made,
             nvbi_letter_sentence(not_here ? NVBI_SAY_SUM_ALL_MET : NVBI_SAY_SUM_ALL_APPLY, lang),
             met, not_here, lang);
    if (unknown) {
        nvb_buffer_byte(made, ' ');
        put(made, AROUND_SUM_UNKNOWN, unknown, legal, lang);
    }
    nvbi_layout_wrap(out, (nvb_text){made->s ? made->s : "", made->n}, 0, 0, NVBI_PAGE);
}

void nvbi_checks_text(nvb_buffer *out, const nvb_checks *checks, bool with_paths, nvb_lang lang)
{
    nvb_buffer made = NVB_BUFFER_INIT;
    bool owed = nvb_checks_at(checks, NVB_RULE_BASIS)->because != NVB_WHY_CONTRACT;
    if (owed)
        legend(out, lang);
    for (int kind = NVB_LEGAL; owed && kind <= NVB_OWN; kind++) {
        const char *title = nvbi_word_rule_kind((nvb_rule_kind)kind, lang);
        nvb_buffer_str(out, title);
        nvb_buffer_byte(out, '\n');
        nvbi_layout_rule(out, "─", (unsigned)nvbi_word_width(title, strlen(title)));
        for (int r = 0; r < NVB_RULE_COUNT; r++)
            if (nvb_rule_kind_of((nvb_rule)r) == (nvb_rule_kind)kind &&
                nvb_rule_place_of((nvb_rule)r) == NVB_IN_CHECK)
                rule(out, nvb_checks_at(checks, (nvb_rule)r), with_paths, &made, lang);
        nvb_buffer_byte(out, '\n');
    }
    if (!owed) { /* the same sentence for every rule: once will do */
        nvbi_word_check(&made, nvb_checks_at(checks, NVB_RULE_BASIS), lang);
        nvbi_layout_wrap(out, (nvb_text){made.s ? made.s : "", made.n}, 0, 0, NVBI_PAGE);
    }
    summary(out, checks, &made, lang);
    if (made.failed)
        out->failed = true;
    nvb_buffer_release(&made);
}

void nvb_emit_rule(nvb_buffer *out, nvb_rule r, nvb_lang lang)
{
    const char *title = nvbi_word_rule_title(r, lang), *text = nvbi_word_rule_explained(r, lang);
    nvb_buffer_str(out, title);
    nvb_buffer_byte(out, '\n');
    nvbi_layout_rule(out, "─", (unsigned)nvbi_word_width(title, strlen(title)));
    nvb_buffer made = NVB_BUFFER_INIT;
    nvb_buffer_str(&made, nvb_rule_id(r));
    nvb_buffer_str(&made, " · ");
    nvb_buffer_str(&made, nvbi_word_rule_kind(nvb_rule_kind_of(r), lang));
    if (nvb_rule_kind_of(r) != NVB_OWN) {
        nvb_buffer_str(&made, " · ");
        nvb_buffer_str(&made, nvbi_word_rule_article(r, lang));
    }
    nvbi_layout_wrap(out, (nvb_text){made.s ? made.s : "", made.n}, 0, 0, NVBI_PAGE);
    nvb_buffer_byte(out, '\n');
    out->failed |= made.failed;
    nvb_buffer_release(&made);
    nvbi_layout_wrap(out, (nvb_text){text, strlen(text)}, 0, 0, NVBI_PAGE);
}

/* --- the command `check` --- */

static void title(nvb_buffer *out, const nvb_proposal *p, nvb_lang lang)
{
    around s = p->kind == NVB_OFFER      ? AROUND_TITLE_OFFER
               : p->kind == NVB_CONTRACT ? AROUND_TITLE_CONTRACT
                                         : AROUND_TITLE_PROPOSAL;
    nvb_buffer year = NVB_BUFFER_INIT, made = NVB_BUFFER_INIT;
    nvb_buffer_uint(&year, (unsigned long long)(p->year > 0 ? p->year : 0));
    nvbi_word_fill(&made, sentences[s][lang == NVB_EN],
                   (nvb_text[]){
                       p->reference, {year.s ? year.s : "", year.n}
    },
                   2, lang);
    nvbi_layout_wrap(out, (nvb_text){made.s ? made.s : "", made.n}, 0, 0, NVBI_PAGE);
    nvb_buffer_byte(out, '\n');
    if (year.failed || made.failed)
        out->failed = true;
    nvb_buffer_release(&year);
    nvb_buffer_release(&made);
}

static void one_gap(nvb_buffer *out, const nvb_problem *q, nvb_buffer *made, nvb_lang lang)
{
    nvb_buffer_cut(made, 0);
    nvbi_word_problem(made, q, lang);
    nvb_buffer_str(out, "  - ");
    nvbi_layout_wrap_after(out, (nvb_text){made->s ? made->s : "", made->n}, TEXT_INDENT,
                           TEXT_INDENT, NVBI_PAGE);
    nvb_buffer_cut(made, 0);
    if (q->path.n)
        nvbi_word_safe(made, q->path);
    if (made->n)
        nvbi_layout_wrap(out, (nvb_text){made->s, made->n}, TEXT_INDENT, TEXT_INDENT + 2,
                         NVBI_PAGE);
}

static void gaps(nvb_buffer *out, const nvb_diag *diag, nvb_lang lang)
{
    size_t n = diag ? nvb_diag_count(diag, NVB_GAP) : 0, shown = 0;
    nvb_buffer made = NVB_BUFFER_INIT;
    if (n == 0)
        return;
    put(out, AROUND_GAPS, n, 0, lang);
    nvb_buffer_byte(out, '\n');
    for (size_t i = 0; i < nvb_diag_kept(diag); i++) {
        const nvb_problem *q = nvb_diag_at(diag, i);
        if (nvb_code_severity(q->code) != NVB_GAP)
            continue;
        one_gap(out, q, &made, lang);
        shown++;
    }
    if (n > shown) {
        nvb_buffer_str(out, "    ");
        put(out, AROUND_GAPS_MORE, n - shown, 0, lang);
        nvb_buffer_byte(out, '\n');
    }
    nvb_buffer_byte(out, '\n');
    if (made.failed)
        out->failed = true;
    nvb_buffer_release(&made);
}

void nvb_emit_checks_text(nvb_buffer *out, const nvb_explanation *e, const nvb_emit_options *o)
{
    nvb_lang lang = o ? o->lang : NVB_NL;
    title(out, nvb_breakdown_proposal(e->breakdown), lang);
    gaps(out, e->diag, lang);
    nvbi_checks_text(out, e->checks, true, lang);
}
