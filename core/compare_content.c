/*
 * compare_content.c: see compare.h. What else two documents say, apart from figures: everything
 * that is content, part by part. Decision 55. How two structures are compared stands in
 * compare_fields.c, how the rows are put in order and said once in compare_fields_rows.c.
 */
#include "compare_content.h"

#include <stdlib.h>

/* clang-format off */
#define PROPOSAL(member) offsetof(nvb_proposal, member)
/* Other codes are compared only where other parties are let through. */
static const nvbi_field party_rows[] = {
    {"/zorgverzekeraar/naam", NVBI_F_TEXT, .at = PROPOSAL(insurer.name)},
    {"/zorgverzekeraar/uzovi", NVBI_F_TEXT, .at = PROPOSAL(insurer.code)},
    {"/zorgaanbieder/naam", NVBI_F_TEXT, .at = PROPOSAL(provider.name)},
    {"/zorgaanbieder/agb", NVBI_F_TEXT, .at = PROPOSAL(provider.code)},
    {"/sector", NVBI_F_TEXT, .at = PROPOSAL(sector)},
    {"/aanvullend", NVBI_F_FLAG, .at = PROPOSAL(additional)},
};
static const nvbi_field reply_rows[] = {
    {"/reactie/uiterlijk", NVBI_F_DATE, .at = PROPOSAL(reply_by)},
    {"/reactie/contact", NVBI_F_TEXT, .at = PROPOSAL(contact)},
};
static const nvbi_field statement_rows[] = {
    {"/toelichting/basis", NVBI_F_PROSE, .at = PROPOSAL(statement[NVB_ITEM_BASIS])},
    {"/toelichting/indexatie", NVBI_F_PROSE, .at = PROPOSAL(statement[NVB_ITEM_INDEXATION])},
    {"/toelichting/op_en_afslagen", NVBI_F_PROSE, .at = PROPOSAL(statement[NVB_ITEM_SURCHARGES])},
    {"/toelichting/volume", NVBI_F_PROSE, .at = PROPOSAL(statement[NVB_ITEM_VOLUME])},
    {"/toelichting/benchmark", NVBI_F_PROSE, .at = PROPOSAL(statement[NVB_ITEM_BENCHMARK])},
    {"/toelichting/akkoorden", NVBI_F_PROSE, .at = PROPOSAL(statement[NVB_ITEM_AGREEMENTS])},
};

#define SOURCE(member) offsetof(nvb_source, member)
static const nvbi_field source_rows[] = {
    {"/titel", NVBI_F_TEXT, .at = SOURCE(title)},
    {"/vindplaats", NVBI_F_TEXT, .at = SOURCE(reference)},
    {"/datum", NVBI_F_TEXT, .at = SOURCE(date)},
};

static nvb_text fact_shown(nvbi_content *w, const void *of);
static bool fact_alike(nvbi_content *w, const void *a, const void *b);
static const nvbi_field fact_rows[] = {
    {"/waarde", NVBI_F_SHOWN, .shown = fact_shown, .alike = fact_alike},
    {"/bron", NVBI_F_TEXT, .at = offsetof(nvb_fact, source)},
};

static const nvbi_field group_rows[] = {
    {"/omschrijving", NVBI_F_PROSE, .at = offsetof(nvb_group, description)},
};

#define BENCHMARK(member) offsetof(nvb_benchmark, member)
static const nvbi_field benchmark_rows[] = {
    {"/omschrijving", NVBI_F_PROSE, .at = BENCHMARK(description)},
    {"/populatie", NVBI_F_PROSE, .at = BENCHMARK(population)},
    {"/peiljaar", NVBI_F_TEXT, .at = BENCHMARK(reference_year)},
    {"/maatstaf", NVBI_F_PROSE, .at = BENCHMARK(measure)},
    {"/aannames", NVBI_F_TEXTS, .at = BENCHMARK(assumptions)},
    {"/correcties", NVBI_F_TEXTS, .at = BENCHMARK(corrections)},
    {"/uitkomst", NVBI_F_PROSE, .at = BENCHMARK(outcome)},
    {"/uitwerking", NVBI_F_PROSE, .at = BENCHMARK(elaboration)},
};

#define AGREEMENT(member) offsetof(nvb_agreement, member)
static const nvbi_field agreement_rows[] = {
    {"/akkoord", NVBI_F_TEXT, .at = AGREEMENT(agreement)},
    {"/doel", NVBI_F_PROSE, .at = AGREEMENT(goal)},
    {"/bijdrage", NVBI_F_PROSE, .at = AGREEMENT(contribution)},
    {"/verwijzing", NVBI_F_TEXT, .at = AGREEMENT(reference)},
};

#define TERM(member) offsetof(nvb_term_text, member)
static const nvbi_field term_rows[] = {
    {"/titel", NVBI_F_TEXT, .at = TERM(title)},
    {"/tekst", NVBI_F_PROSE, .at = TERM(text)},
};

static const nvbi_field arrangement_rows[] = {
    {"/tekst", NVBI_F_PROSE, .at = offsetof(nvb_arrangement, text)},
};
/* clang-format on */

static const nvbi_fields party_fields = NVBI_FIELDS(party_rows),
                         reply_fields = NVBI_FIELDS(reply_rows),
                         statement_fields = NVBI_FIELDS(statement_rows),
                         arrangement_fields = NVBI_FIELDS(arrangement_rows);

/* --- facts: a number by its value, a text letter by letter --- */

static nvb_text fact_shown(nvbi_content *w, const void *of)
{
    const nvb_fact *f = of;
    return f->is_number ? nvbi_show_number(w, f->number) : f->text;
}

static bool fact_alike(nvbi_content *w, const void *a, const void *b)
{
    const nvb_fact *x = a, *y = b;
    if (x->is_number && y->is_number)
        return nvb_num_cmp(w->c->calc, x->number, y->number) == 0;
    return nvb_text_equal(x->text, y->text);
}

/* --- what an item that is new or gone is shown as; without that, as its id --- */

#define SUMMARY(name, type, member)                                                                \
    static nvb_text name(nvbi_content *w, const void *item)                                        \
    {                                                                                              \
        (void)w;                                                                                   \
        return ((const type *)item)->member;                                                       \
    }

SUMMARY(source_summary, nvb_source, title)
SUMMARY(group_summary, nvb_group, description)
SUMMARY(benchmark_summary, nvb_benchmark, description)
SUMMARY(agreement_summary, nvb_agreement, agreement)
SUMMARY(term_summary, nvb_term_text, title)

/* A list of the proposal with an id per item: how it is compared, and where it is kept. */
typedef struct keyed {
    nvbi_list list;
    size_t items, n; /* in nvb_proposal */
} keyed;

#define KEYED(prefix, part, type, rows, summary, member)                                           \
    {                                                                                              \
        {prefix, part, sizeof(type), offsetof(type, id), NVBI_FIELDS(rows), summary, NULL},        \
            PROPOSAL(member), PROPOSAL(n_##member)                                                 \
    }

/* clang-format off */
static const keyed lists[] = {
    KEYED("/bronnen/", NVBI_PART_SOURCES, nvb_source, source_rows, source_summary, sources),
    KEYED("/kenmerken/", NVBI_PART_FACTS, nvb_fact, fact_rows, fact_shown, facts),
    KEYED("/groepen/", NVBI_PART_GROUPS, nvb_group, group_rows, group_summary, groups),
    KEYED("/benchmark/", NVBI_PART_BENCHMARKS, nvb_benchmark, benchmark_rows, benchmark_summary, benchmarks),
    KEYED("/akkoorden/", NVBI_PART_AGREEMENTS, nvb_agreement, agreement_rows, agreement_summary, agreements),
    KEYED("/voorwaarden/", NVBI_PART_TERMS, nvb_term_text, term_rows, term_summary, terms),
};
/* clang-format on */

static nvbi_items items_of(const nvb_proposal *p, const keyed *k)
{
    nvbi_items items;
    memcpy(&items.item, (const char *)p + k->items, sizeof items.item);
    memcpy(&items.n, (const char *)p + k->n, sizeof items.n);
    return items;
}

static void compare_lists(nvbi_content *w)
{
    nvbi_place in = {NVB_TEXT(""), NVBI_PART_SOURCES, NVBI_NO_NAME, NULL};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        nvbi_compare_list(w, &lists[i].list, &in, in.path, items_of(w->c->old, &lists[i]),
                          items_of(w->c->new_, &lists[i]), NULL);
}

/* --- arrangements: the first about an article against the first about it, and so on --- */

enum { ARTICLES = 8 }; /* 5 to 7 */

static void only_arrangement(nvbi_content *w, const nvb_arrangement *a, bool is_new)
{
    nvbi_place at = {a->path, NVBI_PART_ARRANGEMENTS, NVBI_NO_NAME, NULL};
    nvb_text none = {0};
    nvbi_found_add(w, &at, "", is_new ? none : a->text, is_new ? a->text : none, false);
}

static void compare_arrangements(nvbi_content *w)
{
    const nvb_proposal *old = w->c->old, *new_ = w->c->new_;
    size_t next[ARTICLES] = {0};
    for (size_t i = 0; i < new_->n_arrangements; i++) {
        const nvb_arrangement *b = &new_->arrangements[i];
        size_t article = (size_t)b->article % ARTICLES, at = next[article];
        while (at < old->n_arrangements && old->arrangements[at].article != b->article)
            at++;
        next[article] = at + 1;
        if (at < old->n_arrangements) {
            nvbi_place place = {b->path, NVBI_PART_ARRANGEMENTS, NVBI_NO_NAME, NULL};
            nvbi_compare_fields(w, &place, arrangement_fields, &old->arrangements[at], b);
        } else {
            next[article] = at;
            only_arrangement(w, b, true);
        }
    }
    for (size_t i = 0; i < old->n_arrangements; i++)
        if (i >= next[(size_t)old->arrangements[i].article % ARTICLES])
            only_arrangement(w, &old->arrangements[i], false);
}

/* --- the whole --- */

static void compare_top(nvbi_content *w, nvbi_part part, nvbi_fields fields)
{
    nvbi_place at = {NVB_TEXT(""), part, NVBI_NO_NAME, NULL};
    nvbi_compare_fields(w, &at, fields, w->c->old, w->c->new_);
}

/* Which duties go for the offer; a contract need not say it. */
static void compare_process(nvbi_content *w)
{
    nvbi_place at = {NVB_TEXT(""), NVBI_PART_PARTIES, NVBI_NO_NAME, NULL};
    nvb_process before = w->c->old->process, after = w->c->new_->process;
    if (before != after && before != NVB_PROCESS_COUNT && after != NVB_PROCESS_COUNT)
        nvbi_found_add(w, &at, "/contractering", nvbi_key_text(nvb_process_key(before)),
                       nvbi_key_text(nvb_process_key(after)), false);
}

/* Steps come before indices: they tell which took the place of which. */
static void compare_documents(nvbi_content *w)
{
    nvbi_indices_begin(w);
    nvbi_steps_begin(w);
    if (w->scratch.failed || w->c->arena.failed)
        return;
    compare_top(w, NVBI_PART_PARTIES, party_fields);
    compare_process(w);
    compare_lists(w);
    nvbi_compare_lines(w);
    nvbi_compare_ceilings(w);
    nvbi_compare_indices(w);
    compare_top(w, NVBI_PART_REPLY, reply_fields);
    compare_arrangements(w);
    compare_top(w, NVBI_PART_STATEMENTS, statement_fields);
}

void nvbi_compare_content(nvb_comparison *c)
{
    nvbi_content w = {.c = c, .text = NVB_BUFFER_INIT};
    nvbi_arena_init(&w.scratch);
    c->own_keys = NVBI_NEW(&c->arena, bool, c->n_pairs + 1);
    if (c->own_keys) {
        if (c->options.old_is_list || c->options.new_is_list)
            nvbi_compare_lines(&w);
        else
            compare_documents(&w);
        nvbi_found_finish(&w);
    }
    c->arena.failed |= w.scratch.failed || w.text.failed;
    free(w.found);
    free(w.visits);
    free(w.slots);
    nvb_buffer_release(&w.text);
    nvbi_arena_release(&w.scratch);
}
