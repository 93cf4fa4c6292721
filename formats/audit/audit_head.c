/* audit_head.c: the top of the report, and its end: whose offer, how it stands, what it is worth;
 * what was checked and what was not. See audit_text.h. */
#include "audit_text.h"

#include "core/audit/audit.h"

/* --- whose offer --- */

static void title(nvbi_report *x)
{
    nvbi_report_word_text(x, 0, x->p->reference);
    nvbi_report_say(x, x->in->is_list               ? NVBI_AUDIT_TITLE_LIST
                       : x->p->kind == NVB_OFFER    ? NVBI_AUDIT_TITLE_OFFER
                       : x->p->kind == NVB_CONTRACT ? NVBI_AUDIT_TITLE_CONTRACT
                                                    : NVBI_AUDIT_TITLE_PROPOSAL);
    nvbi_report_heading(x, "═");
    nvbi_report_party(x, NVBI_AUDIT_FIELD_INSURER, true);
    nvbi_report_party(x, NVBI_AUDIT_FIELD_PROVIDER, false);
    if (x->p->year > 0)
        nvb_buffer_uint(&x->said, (unsigned long long)x->p->year);
    nvbi_report_flush_field(x, NVBI_AUDIT_FIELD_YEAR);
    nvbi_report_blank(x);
}

/* --- how it stands --- */

static bool all_tariffs(const nvb_audit *a)
{
    for (size_t i = 0; i < nvb_audit_figures(a); i++) {
        const nvb_audited *f = nvb_audit_figure(a, i);
        if (!f->figure || f->figure->kind != NVB_FIG_TARIFF)
            return false;
    }
    return true;
}

/* Tariffs that nothing matches. */
static size_t stand_alone(const nvb_audit *a)
{
    for (size_t i = 0; i < nvb_audit_findings(a); i++)
        if (nvb_audit_finding(a, i)->kind == NVB_FOUND_NOTHING)
            return nvb_audit_finding(a, i)->n_paths;
    return 0;
}

static void verdict(nvbi_report *x)
{
    size_t n = nvb_audit_figures(x->a), follows = nvb_audit_count(x->a, NVB_FOLLOWS);
    size_t rounded = nvb_audit_count(x->a, NVB_FOLLOWS_ROUNDED);
    size_t wrong = nvb_audit_count(x->a, NVB_FOLLOWS_NOT);
    bool tariffs = all_tariffs(x->a);
    if (n == 0) {
        size_t alone = stand_alone(x->a);
        nvbi_report_word_count(x, 0, alone);
        nvbi_report_say(x, alone ? NVBI_AUDIT_NOTHING_FOLLOWS : NVBI_AUDIT_NOTHING_CLAIMED);
        return;
    }
    if (follows == n) {
        nvbi_report_word_count(x, 0, n);
        nvbi_report_say(x, tariffs ? NVBI_AUDIT_ALL_TARIFFS : NVBI_AUDIT_ALL_FIGURES);
        return;
    }
    if (wrong == n) {
        nvbi_report_word_count(x, 0, n);
        nvbi_report_say(x, tariffs ? NVBI_AUDIT_NONE_TARIFFS : NVBI_AUDIT_NONE_FIGURES);
        return;
    }
    nvbi_report_word_count(x, 0, follows);
    nvbi_report_word_count(x, 1, n);
    if (follows)
        nvbi_report_say(x, tariffs ? NVBI_AUDIT_SOME_TARIFFS : NVBI_AUDIT_SOME_FIGURES);
    else
        nvbi_report_say(x, tariffs ? NVBI_AUDIT_NONE_TARIFFS_SOME : NVBI_AUDIT_NONE_FIGURES_SOME);
    nvbi_report_word_count(x, 0, rounded);
    if (rounded)
        nvbi_report_go_on(x, NVBI_AUDIT_SOME_ROUNDED);
    nvbi_report_word_count(x, 0, wrong);
    if (wrong)
        nvbi_report_go_on(x, NVBI_AUDIT_SOME_NOT);
    nvb_buffer_byte(&x->said, '.');
}

/* The finding that explains more than half of what does not follow says what is going on. */
static void lead(nvbi_report *x)
{
    size_t wrong = nvb_audit_count(x->a, NVB_FOLLOWS_NOT);
    for (size_t i = 0; i < nvb_audit_findings(x->a); i++) {
        const nvb_finding *f = nvb_audit_finding(x->a, i);
        const nvb_reading *r = f->readings;
        if (!nvbi_audit_of_tariffs(f->kind) || f->n_readings == 0 || r->fit == NVB_FIT_NEAR ||
            2 * r->lines <= wrong)
            continue;
        nvbi_report_word_count(x, 0, r->lines);
        nvbi_audit_phrase(nvbi_report_word(x, 1), x->a, f, r, x->lang);
        nvb_buffer_str(nvbi_report_word(x, 2), nvbi_audit_hidden(r) && !x->in->is_list ? "x" : "");
        nvbi_report_say(x, r->lines >= wrong ? NVBI_AUDIT_LEAD_ALL : NVBI_AUDIT_LEAD_MOST);
        if (nvbi_audit_alike(x->a, f)) {
            nvbi_report_word_count(x, 0, i + 1);
            nvbi_report_say(x, NVBI_AUDIT_LEAD_ALIKE);
        }
        return;
    }
}

/* "1 fout, 2 waarschuwingen en 1 ter informatie" */
static void count_findings(nvbi_report *x)
{
    static const nvbi_audit_say words[] = {NVBI_AUDIT_COUNT_FAULTS, NVBI_AUDIT_COUNT_DOUBTS,
                                           NVBI_AUDIT_COUNT_NOTES};
    size_t n = nvb_audit_findings(x->a), left = n;
    nvb_buffer list = NVB_BUFFER_INIT;
    if (n == 0) {
        nvbi_report_say(x, NVBI_AUDIT_NO_FINDINGS);
        if (nvb_audit_figures(x->a))
            nvbi_report_say(x, NVBI_AUDIT_ALL_WELL);
        return;
    }
    for (int g = 0; g < NVB_GRAVITY_COUNT; g++) {
        size_t of = nvb_audit_count_of(x->a, (nvb_gravity)g);
        if (of == 0)
            continue;
        left -= of;
        if (list.n)
            nvb_buffer_str(&list, left ? ", " : nvbi_audit_sentence(NVBI_AUDIT_AND, x->lang));
        nvbi_report_word_count(x, 0, of);
        nvbi_audit_fill(&list, nvbi_audit_sentence(words[g], x->lang), &x->words, x->lang);
    }
    nvbi_report_word_text(x, 0, (nvb_text){list.s ? list.s : "", list.n});
    nvbi_report_word_count(x, 1, n);
    nvbi_report_say(x, NVBI_AUDIT_COUNT_FINDINGS);
    if (nvb_audit_count_of(x->a, NVB_FAULT) + nvb_audit_count_of(x->a, NVB_DOUBT) == 0)
        nvbi_report_say(x, NVBI_AUDIT_ONLY_NOTES);
    x->said.failed = x->said.failed || list.failed;
    nvb_buffer_release(&list);
}

/* What is at stake. Of what is claimed the tariffs, and of what they start from the bases: no euro
 * is in both, as a tariff is held against the base that is stated. An index, a rule or an
 * expectation of one may be about the same euros again, and is not counted in. */
typedef struct stake {
    nvb_num less, more;
    size_t counted, without; /* tariffs with and without a volume */
    bool tariffs, bases, elsewhere;
    nvb_finding_kind kind; /* of those about tariffs, when they are all of one */
    bool mixed;
} stake;

static void add_to_stake(nvbi_report *x, stake *s, const nvb_finding *f)
{
    bool tariffs = nvbi_audit_of_tariffs(f->kind);
    bool base = f->kind == NVB_FOUND_BASE || f->kind == NVB_FOUND_BASE_RAISED;
    if (!f->has_amount || f->gravity == NVB_NOTE)
        return;
    if (!tariffs && !base) {
        s->elsewhere = s->elsewhere || nvb_num_sign(f->amount) != 0;
        return;
    }
    bool sides = tariffs && f->n_less + f->n_more > 0;
    nvb_num zero = nvb_num_int(0);
    bool up = nvb_num_sign(f->amount) < 0;
    nvb_num size = nvbi_report_size(x, f->amount);
    s->less = nvb_num_add(x->calc, s->less, sides ? f->less : up ? zero : size);
    s->more = nvb_num_add(x->calc, s->more, sides ? f->more : up ? size : zero);
    s->bases = s->bases || base;
    if (!tariffs)
        return;
    s->mixed = s->mixed || (s->tariffs && s->kind != f->kind);
    s->tariffs = true;
    s->kind = f->kind;
    s->counted += f->n_less + f->n_more;
    s->without += f->without_volume;
}

/* "€ 912,00 minder en € 489,80 meer" */
static void put_sides(nvbi_report *x, nvb_buffer *out, const stake *s)
{
    const nvb_num side[] = {s->less, s->more};
    static const nvbi_audit_say says[] = {NVBI_AUDIT_LESS, NVBI_AUDIT_MORE};
    for (int i = 0; i < 2; i++) {
        if (nvb_num_sign(side[i]) <= 0)
            continue;
        if (out->n)
            nvb_buffer_str(out, nvbi_audit_sentence(NVBI_AUDIT_AND, x->lang));
        nvbi_report_cents(x, nvbi_report_word(x, 0), side[i]);
        nvbi_audit_fill(out, nvbi_audit_sentence(says[i], x->lang), &x->words, x->lang);
    }
}

static const char *held_against(nvbi_report *x, const stake *s)
{
    bool own = s->mixed || s->bases || s->kind == NVB_FOUND_TARIFFS || !x->in->is_expected;
    bool last = s->tariffs && !s->mixed && !s->bases && s->kind == NVB_FOUND_CHANGED;
    return nvbi_audit_sentence(last  ? NVBI_AUDIT_THAN_LAST_YEAR
                               : own ? NVBI_AUDIT_THAN_FOLLOWS
                                     : NVBI_AUDIT_THAN_EXPECTED,
                               x->lang);
}

static void at_stake(nvbi_report *x)
{
    stake s = {.less = nvb_num_int(0), .more = nvb_num_int(0)};
    nvb_buffer sides = NVB_BUFFER_INIT;
    for (size_t i = 0; i < nvb_audit_findings(x->a); i++)
        add_to_stake(x, &s, nvb_audit_finding(x->a, i));
    put_sides(x, &sides, &s);
    if (sides.n) {
        nvbi_report_word_text(x, 0, (nvb_text){sides.s, sides.n});
        nvb_buffer_str(nvbi_report_word(x, 1), s.tariffs && s.bases ? "x" : "");
        nvb_buffer_str(nvbi_report_word(x, 2), held_against(x, &s));
        nvbi_report_say(x, s.tariffs ? NVBI_AUDIT_AT_STAKE : NVBI_AUDIT_AT_STAKE_BASES);
        if (s.without) {
            nvbi_report_word_count(x, 0, s.without);
            nvbi_report_word_count(x, 1, s.without + s.counted);
            nvbi_report_say(x, NVBI_AUDIT_WITHOUT_VOLUME);
        }
    }
    if (s.elsewhere)
        nvbi_report_say(x, sides.n ? NVBI_AUDIT_AT_STAKE_ELSEWHERE : NVBI_AUDIT_AT_STAKE_APART);
    x->said.failed = x->said.failed || sides.failed;
    nvb_buffer_release(&sides);
}

size_t nvbi_report_assumed(const nvbi_report *x)
{
    size_t n = 0;
    for (size_t i = 0; i < x->p->n_lines; i++)
        n += x->p->lines[i].price.basis.assumed;
    return n;
}

static void assumed(nvbi_report *x)
{
    size_t n = nvbi_report_assumed(x);
    if (n == 0)
        return;
    nvbi_report_word_count(x, 0, n);
    nvbi_report_previous(x, nvbi_report_word(x, 1));
    nvbi_report_say(x, n == x->p->n_lines ? NVBI_AUDIT_BASE_ASSUMED : NVBI_AUDIT_BASE_ASSUMED_SOME);
    nvbi_report_flush(x, 0, 0);
}

void nvbi_report_head(nvbi_report *x)
{
    title(x);
    verdict(x);
    lead(x);
    nvbi_report_flush(x, 0, 0);
    count_findings(x);
    at_stake(x);
    nvbi_report_flush(x, 0, 0);
    nvbi_report_rise(x);
    assumed(x);
}

/* --- what was checked --- */

/* Some part of an index is of a series that was published. */
static bool any_published(const nvb_audit *a)
{
    const nvb_proposal *p = nvb_breakdown_proposal(nvb_audit_inputs_of(a)->breakdown);
    for (size_t i = 0; i < p->n_indices; i++)
        for (size_t k = 0; k < p->indices[i].n_components; k++)
            if (nvbi_series_of(a, &p->indices[i].components[k]))
                return true;
    return false;
}

static void item(nvbi_report *x)
{
    nvb_buffer line = NVB_BUFFER_INIT;
    nvb_buffer_str(&line, "- ");
    nvb_buffer_bytes(&line, x->said.s ? x->said.s : "", x->said.n);
    nvbi_layout_wrap(x->out, (nvb_text){line.s ? line.s : "", line.n}, 0, 2, NVBI_PAGE);
    x->out->failed = x->out->failed || line.failed;
    nvb_buffer_release(&line);
    nvb_buffer_cut(&x->said, 0);
}

static void checked(nvbi_report *x, nvbi_audit_say s)
{
    nvbi_report_say(x, s);
    item(x);
}

void nvbi_report_checked(nvbi_report *x)
{
    size_t n = nvb_audit_figures(x->a);
    nvbi_report_title(x, NVBI_AUDIT_CHECKED);
    nvbi_report_word_count(x, 0, n);
    if (n)
        checked(x, NVBI_AUDIT_DID_CLAIMS);
    if (nvb_audit_exhausted(x->a))
        checked(x, NVBI_AUDIT_NOT_ALL_TRIED);
    checked(x, x->in->is_list ? NVBI_AUDIT_NO_RULES : NVBI_AUDIT_DID_RULES);
    nvbi_report_previous(x, nvbi_report_word(x, 0));
    nvb_buffer_str(nvbi_report_word(x, 1), x->in->is_list ? "x" : "");
    checked(x, x->in->previous ? NVBI_AUDIT_DID_PREVIOUS : NVBI_AUDIT_NO_PREVIOUS);
    checked(x, !x->in->reference     ? NVBI_AUDIT_NO_REFERENCE
               : any_published(x->a) ? NVBI_AUDIT_DID_REFERENCE
                                     : NVBI_AUDIT_NONE_PUBLISHED);
    checked(x, x->in->expected      ? NVBI_AUDIT_DID_EXPECTED
               : x->in->is_expected ? NVBI_AUDIT_USED_EXPECTED
                                    : NVBI_AUDIT_NO_EXPECTED);
}
