/*
 * emit_audit_questions.c: the audit as a letter to whoever made the offer: numbered questions under
 * the items of the inhoudelijke toelichting, each with its figures, and the term in which they are
 * to be answered. It can be sent as it is once name and date are filled in. Which item a question
 * stands under is decided in audit_items.c.
 */
#include "audit_items.h"
#include "audit_text.h"

enum { INDENT = 3, PLACES = 24, QUESTIONS_ARTICLE = 5 };

/* --- which findings are asked about --- */

static size_t count_asked(const nvbi_report *x)
{
    size_t n = 0;
    for (size_t i = 0; i < nvb_audit_findings(x->a); i++)
        n += nvbi_audit_is_asked(x->a, nvb_audit_finding(x->a, i));
    return n < NVBI_REPORT_FINDINGS ? n : NVBI_REPORT_FINDINGS;
}

/* --- head --- */

/* A price list names no parties: room to fill them in. */
static void party(nvbi_report *x, nvbi_audit_say label, bool insurer)
{
    const nvb_party *who = insurer ? &x->p->insurer : &x->p->provider;
    if (who->name.n == 0 && who->code.n == 0) {
        nvb_buffer_str(&x->said, nvbi_audit_sentence(NVBI_AUDIT_BLANK, x->lang));
        nvbi_report_flush_field(x, label);
        return;
    }
    nvbi_report_party(x, label, insurer);
}

static void head(nvbi_report *x)
{
    bool from_provider = x->p->kind != NVB_OFFER;
    party(x, NVBI_AUDIT_LETTER_TO, from_provider);
    nvbi_word_safe(&x->said, x->p->contact);
    nvbi_report_flush_field(x, NVBI_AUDIT_LETTER_CONTACT);
    party(x, NVBI_AUDIT_LETTER_FROM, !from_provider);
    nvb_buffer_str(&x->said, nvbi_audit_sentence(NVBI_AUDIT_BLANK, x->lang));
    nvbi_report_flush_field(x, NVBI_AUDIT_LETTER_DATE);
    if (!x->in->is_list) /* that of a list is the name of its file */
        nvbi_word_safe(&x->said, x->p->reference);
    nvbi_report_flush_field(x, NVBI_AUDIT_LETTER_REFERENCE);
    if (x->p->year > 0)
        nvb_buffer_uint(nvbi_report_word(x, 0), (unsigned long long)x->p->year);
    nvbi_report_say(x, x->in->is_list               ? NVBI_AUDIT_ABOUT_LIST
                       : x->p->kind == NVB_OFFER    ? NVBI_AUDIT_ABOUT_OFFER
                       : x->p->kind == NVB_CONTRACT ? NVBI_AUDIT_ABOUT_CONTRACT
                                                    : NVBI_AUDIT_ABOUT_PROPOSAL);
    nvbi_report_flush_field(x, NVBI_AUDIT_LETTER_SUBJECT);
    nvbi_report_blank(x);
    nvbi_report_say(x, NVBI_AUDIT_GREETING);
    nvbi_report_flush(x, 0, 0);
    nvbi_report_blank(x);
}

/* What goes before one of the `left` parts of a list that are still to come. */
static void join(nvbi_report *x, nvb_buffer *out, size_t *left)
{
    --*left;
    if (out->n)
        nvb_buffer_str(out, *left ? ", " : nvbi_audit_sentence(NVBI_AUDIT_AND, x->lang));
}

/* "onze tarieven van vorig jaar en een index van 2,20%" */
static void put_start(nvbi_report *x, nvb_buffer *out)
{
    nvb_breakdown *b = x->in->breakdown;
    bool ours = nvbi_audit_by_provider(x->a), last = nvbi_report_assumed(x) > 0;
    bool steps = nvbi_audit_expects_steps(x->a);
    size_t left = nvbi_audit_expected_indices(x->a) + last + steps;
    if (last) {
        join(x, out, &left);
        nvb_buffer_str(
            out, nvbi_audit_sentence(ours ? NVBI_AUDIT_OUR_LAST : NVBI_AUDIT_THE_LAST, x->lang));
    }
    for (size_t i = 0; i < x->p->n_indices; i++) {
        uint32_t number = x->p->indices[i].expected ? nvb_breakdown_index(b, i) : NVB_NO_FIGURE;
        if (number == NVB_NO_FIGURE)
            continue;
        join(x, out, &left);
        nvbi_audit_number(nvbi_report_word(x, 0), x->calc, nvb_breakdown_at(b, number)->value,
                          NVB_PERCENT, x->lang);
        nvbi_audit_fill(out, nvbi_audit_sentence(NVBI_AUDIT_AN_INDEX, x->lang), &x->words, x->lang);
    }
    if (steps) {
        join(x, out, &left);
        nvb_buffer_str(out, nvbi_audit_sentence(NVBI_AUDIT_STEPS_WE_EXPECT, x->lang));
    }
    if (out->n == 0 && x->in->is_expected && x->in->is_list)
        nvb_buffer_str(out, nvbi_audit_sentence(NVBI_AUDIT_WHAT_WE_EXPECT, x->lang));
}

static void opening(nvbi_report *x, size_t n)
{
    nvb_buffer start = NVB_BUFFER_INIT;
    bool any = nvb_audit_figures(x->a) > 0;
    put_start(x, &start);
    nvbi_report_say(x, x->in->is_list   ? (any ? NVBI_AUDIT_OPENING_LIST : NVBI_AUDIT_OPENING_READ)
                       : !any && n == 0 ? NVBI_AUDIT_OPENING_NOTHING
                       : start.n        ? NVBI_AUDIT_OPENING_MIXED
                                        : NVBI_AUDIT_OPENING);
    if (start.n && any) {
        nvbi_report_word_text(x, 0, (nvb_text){start.s, start.n});
        nvbi_report_say(x, x->in->is_list ? NVBI_AUDIT_OPENING_FROM : NVBI_AUDIT_OPENING_FROM_SOME);
    }
    nvbi_report_word_count(x, 0, n);
    nvbi_report_say(x, n ? NVBI_AUDIT_OPENING_ASKS : NVBI_AUDIT_NO_QUESTIONS);
    x->said.failed = x->said.failed || start.failed;
    nvb_buffer_release(&start);
    nvbi_report_flush(x, 0, 0);
    nvbi_report_blank(x);
}

/* --- one question --- */

/* Which two numbers of a finding the question names; false when it names none. */
static bool figures_of(nvb_finding_kind kind, int *claimed, int *computed)
{
    *claimed = 0;
    switch (kind) {
    case NVB_FOUND_TARIFFS:
    case NVB_FOUND_EXPECTATION:
    case NVB_FOUND_CHANGED:
        *claimed = 2;
        break;
    case NVB_FOUND_BASE:
    case NVB_FOUND_BASE_RAISED:
        *claimed = 1;
        break;
    case NVB_FOUND_INDEX:
    case NVB_FOUND_FIGURE:
    case NVB_FOUND_PUBLISHED:
    case NVB_FOUND_PUBLISHED_OTHER:
    case NVB_FOUND_OUTDATED:
    case NVB_FOUND_EXPECTED:
        break;
    case NVB_FOUND_RULE:
    case NVB_FOUND_WITHIN:
    case NVB_FOUND_UNKNOWN:
    case NVB_FOUND_MISSING:
    case NVB_FOUND_NOTHING:
    case NVB_FOUND_CEILING:
    case NVB_FOUND_UNCHANGED:
    case NVB_FOUND_GONE:
    case NVB_FOUND_NO_EXPLANATION:
    case NVB_FINDING_KIND_COUNT:
        return false;
    }
    *computed = *claimed + 1;
    return true;
}

/* "Verschil: −€ 0,08 bij prestatie 'BT01'." */
static void difference(nvbi_report *x, const nvb_finding *f)
{
    int claimed, computed;
    if (!figures_of(f->kind, &claimed, &computed))
        return;
    nvb_unit unit = f->unit[claimed];
    nvb_num d = nvb_num_sub(x->calc, f->number[claimed], f->number[computed]);
    nvb_buffer *word = nvbi_report_word(x, 0);
    if (unit == NVB_PERCENT) {
        nvbi_audit_words w = {0};
        nvbi_word_plain(&w.word[0], x->calc, d, 2, x->lang);
        nvbi_audit_fill(word, nvbi_audit_sentence(NVBI_AUDIT_POINTS, x->lang), &w, x->lang);
    } else {
        nvbi_audit_number(word, x->calc, d, unit, x->lang);
    }
    if (claimed > 0)
        nvbi_report_word_text(x, 1, f->word[0]);
    nvbi_report_say(x, NVBI_AUDIT_LETTER_DIFFERENCE);
}

/* What it is worth: of tariffs that lie on both sides only those that are asked about. */
static void yearly(nvbi_report *x, const nvb_finding *f)
{
    bool provider = nvbi_audit_by_provider(x->a);
    bool sides = nvbi_audit_asked_places(x->a, f) < f->n_paths;
    bool less = sides ? provider : nvb_num_sign(f->amount) > 0;
    nvb_num v = !sides ? f->amount : provider ? f->less : f->more;
    if (!f->has_amount || nvb_num_sign(v) == 0)
        return;
    nvbi_report_cents(x, nvbi_report_word(x, 0), v);
    nvb_buffer_str(nvbi_report_word(x, 1), x->in->is_list && provider ? "x" : "");
    nvbi_report_say(x, less ? NVBI_AUDIT_LETTER_YEARLY_LESS : NVBI_AUDIT_LETTER_YEARLY_MORE);
}

/* Where it plays, when that is more than the place the question names. */
static void places(nvbi_report *x, const nvb_finding *f)
{
    if (nvbi_audit_asked_places(x->a, f) < 2)
        return;
    nvbi_report_places(x, nvbi_report_word(x, 0), f, PLACES);
    nvbi_report_say(x, NVBI_AUDIT_LETTER_PLACES);
    nvbi_report_flush(x, INDENT, 0);
}

static void ask(nvbi_report *x, const nvb_finding *f, size_t number)
{
    nvb_finding own = nvbi_audit_as_asked(x->a, f);
    nvbi_report_word_count(x, 0, number);
    nvbi_report_say(x, NVBI_AUDIT_NUMBERED);
    nvb_buffer_byte(&x->said, ' ');
    nvbi_audit_question(&x->said, x->a, f, x->lang);
    nvbi_report_flush(x, 0, INDENT);
    difference(x, &own);
    yearly(x, f);
    nvbi_report_flush(x, INDENT, 0);
    places(x, f);
    nvbi_report_blank(x);
}

/* --- the questions, under their items --- */

static void item_title(nvbi_report *x, int item)
{
    if (item == NVB_ITEM_COUNT) {
        nvbi_report_say(x, NVBI_AUDIT_ITEM_OTHER);
    } else {
        nvbi_report_word_count(x, 0, (size_t)item + 1);
        nvb_buffer_str(nvbi_report_word(x, 1), nvbi_word_item((nvb_item)item, x->lang));
        nvbi_report_say(x, NVBI_AUDIT_ITEM);
    }
    nvbi_report_heading(x, "─");
}

/* What comes first in the letter: to ask for what is not there at all. */
static const nvb_finding *unexplained(const nvbi_report *x)
{
    for (size_t i = 0; i < nvb_audit_findings(x->a); i++)
        if (nvb_audit_finding(x->a, i)->kind == NVB_FOUND_NO_EXPLANATION)
            return nvb_audit_finding(x->a, i);
    return NULL;
}

static void questions_of(nvbi_report *x, int item, size_t *number)
{
    const nvb_finding *before = unexplained(x);
    size_t asked = before ? 1 : 0, first = *number;
    if (before && nvbi_audit_item(x->a, before) == item) {
        item_title(x, item);
        ask(x, before, ++*number);
    }
    for (size_t i = 0; i < nvb_audit_findings(x->a) && asked < NVBI_REPORT_FINDINGS; i++) {
        const nvb_finding *f = nvb_audit_finding(x->a, i);
        if (f == before || !nvbi_audit_is_asked(x->a, f))
            continue;
        asked++;
        if (nvbi_audit_item(x->a, f) != item)
            continue;
        if (*number == first)
            item_title(x, item);
        ask(x, f, ++*number);
    }
}

static void questions(nvbi_report *x)
{
    size_t number = 0;
    for (int item = 0; item <= NVB_ITEM_COUNT; item++)
        questions_of(x, item, &number);
}

/* --- the end --- */

static void term(nvbi_report *x)
{
    bool arranged = false;
    for (size_t i = 0; i < x->p->n_arrangements; i++) {
        if (x->p->arrangements[i].article != QUESTIONS_ARTICLE)
            continue;
        nvbi_report_word_text(x, 0, x->p->arrangements[i].text);
        nvbi_report_say(x, NVBI_AUDIT_LETTER_ARRANGED);
        arranged = true;
    }
    if (!arranged)
        nvbi_report_say(x, NVBI_AUDIT_LETTER_TERM);
    if (x->p->reply_by.year) {
        nvbi_word_date(nvbi_report_word(x, 0), x->p->reply_by, x->lang);
        nvbi_report_say(x, NVBI_AUDIT_LETTER_DEADLINE);
    }
    nvbi_report_say(x, NVBI_AUDIT_LETTER_OPEN);
    nvbi_report_flush(x, 0, 0);
    nvbi_report_blank(x);
}

static void closing(nvbi_report *x)
{
    const nvb_party *from = x->p->kind == NVB_OFFER ? &x->p->insurer : &x->p->provider;
    nvbi_report_say(x, NVBI_AUDIT_LETTER_CLOSE);
    nvbi_report_flush(x, 0, 0);
    nvbi_report_blank(x);
    nvb_buffer_str(&x->said, nvbi_audit_sentence(NVBI_AUDIT_BLANK, x->lang));
    nvbi_report_flush_field(x, NVBI_AUDIT_LETTER_NAME);
    nvbi_word_safe(&x->said, from->name);
    nvbi_report_flush(x, 0, 0);
}

/* Figures that a question names itself. */
static size_t count_told(const nvbi_report *x)
{
    size_t n = 0;
    int claimed, computed;
    for (size_t i = 0; i < nvb_audit_findings(x->a); i++) {
        const nvb_finding *f = nvb_audit_finding(x->a, i);
        n += nvbi_audit_is_asked(x->a, f) && figures_of(f->kind, &claimed, &computed) &&
             nvbi_audit_asked_places(x->a, f) < 2;
    }
    return n;
}

static void annex(nvbi_report *x)
{
    size_t n = nvbi_report_count(x, NVB_FOLLOWS_NOT);
    if (n < 2 || n <= count_told(x))
        return;
    nvbi_report_blank(x);
    nvbi_report_figures(x, NVB_FOLLOWS_NOT, NVBI_AUDIT_LETTER_ANNEX);
}

void nvb_emit_audit_questions(nvb_buffer *out, const nvb_audit *a, const nvb_emit_options *o)
{
    nvbi_report x;
    nvbi_report_begin(&x, out, a, o ? o->lang : NVB_NL);
    size_t n = count_asked(&x);
    x.letter = true;
    head(&x);
    opening(&x, n);
    if (n) {
        questions(&x);
        term(&x);
    }
    closing(&x);
    if (n)
        annex(&x);
    nvbi_report_end(&x);
}
