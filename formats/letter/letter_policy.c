/* letter_policy.c: items 5 and 6, benchmarks and agreements, with the figures of the steps that
 * work them out. */
#include "letter.h"

/* A list as "a; b; c." in one field. */
static void field_list(nvbi_letter *l, nvbi_sentence label, nvb_texts texts)
{
    for (size_t i = 0; i < texts.n; i++) {
        if (i) {
            nvb_buffer_str(&l->said, ";");
        }
        nvbi_letter_say_text(l, texts.items[i]);
    }
    nvbi_letter_flush_field(l, label);
}

/* What the steps of a group come to per line, or would come to if their condition were met. */
static void in_euros(nvbi_letter *l, const nvbi_group *g)
{
    const nvb_step *s = nvbi_group_step(l, g);
    bool unmet = s->condition && !s->condition->met;
    nvbi_letter_word_text(l, 0, s->id);
    nvb_buffer_str(nvbi_letter_word(l, 1), nvbi_word_step_kind(s->kind, l->lang));
    nvb_buffer_str(nvbi_letter_word(l, 2),
                   s->kind == NVB_STEP_INDEX || s->kind == NVB_STEP_AFTER ? "2" : "3");
    nvbi_letter_say(l, unmet ? NVBI_SAY_IN_EUROS_UNMET : NVBI_SAY_IN_EUROS);
    nvbi_letter_flush(l, 2);
    nvbi_letter_outcome_table(l, g);
}

/* The steps that name an entry, with what they come to per line. */
static void worked_out(nvbi_letter *l, const nvbi_lookup *by, nvb_text id, bool base)
{
    size_t n;
    const nvbi_entry *e = nvbi_lookup_find(by, id, &n);
    if (n == 0 && !base) {
        nvbi_letter_say(l, NVBI_SAY_NOT_IN_EUROS);
        nvbi_letter_flush(l, 2);
        return;
    }
    for (size_t i = 0; i < n; i++)
        in_euros(l, &l->groups[e[i].number]);
}

static void one_benchmark(nvbi_letter *l, const nvb_benchmark *b, bool base)
{
    nvbi_letter_word_text(l, 0, b->id);
    nvbi_letter_say(l, NVBI_SAY_BENCHMARK_TITLE);
    nvbi_letter_subheading(l);
    nvbi_letter_field(l, NVBI_SAY_FIELD_WHAT, b->description);
    nvbi_letter_field(l, NVBI_SAY_FIELD_POPULATION, b->population);
    nvbi_letter_field(l, NVBI_SAY_FIELD_YEAR, b->reference_year);
    nvbi_letter_field(l, NVBI_SAY_FIELD_MEASURE, b->measure);
    field_list(l, NVBI_SAY_FIELD_ASSUMPTIONS, b->assumptions);
    field_list(l, NVBI_SAY_FIELD_CORRECTIONS, b->corrections);
    nvbi_letter_field(l, NVBI_SAY_FIELD_OUTCOME, b->outcome);
    nvbi_letter_field(l, NVBI_SAY_FIELD_ELABORATION, b->elaboration);
    nvbi_letter_blank(l);
    worked_out(l, &l->of_benchmark, b->id, base);
}

static const nvb_figure *benchmark_base(const nvbi_letter *l, size_t i)
{
    const nvb_basis *b = &l->p->lines[i].price.basis;
    return b->given && b->kind == NVB_BASE_BENCHMARK
               ? nvbi_letter_figure(l, nvb_breakdown_line(l->b, i)->basis)
               : NULL;
}

static bool has_benchmark_bases(const nvbi_letter *l)
{
    for (size_t i = 0; i < l->p->n_lines; i++)
        if (benchmark_base(l, i))
            return true;
    return false;
}

/* The lines whose base came from a benchmark; the base does not say from which. */
static void as_bases(nvbi_letter *l)
{
    for (size_t i = 0; i < l->p->n_lines; i++) {
        const nvb_figure *f = benchmark_base(l, i);
        if (!f)
            continue;
        nvbi_letter_word_text(l, 0, l->p->lines[i].code);
        nvbi_letter_word_number(l, 1, f->value, NVB_EUR);
        nvbi_letter_say(l, NVBI_SAY_BENCHMARK_AS_BASE);
        nvbi_letter_flush_hanging(l, 2, 2);
    }
    if (has_benchmark_bases(l))
        nvbi_letter_blank(l);
}

/* Bases and steps that lean on a benchmark though none is described. */
static size_t leaning(const nvbi_letter *l)
{
    size_t n = 0;
    for (size_t i = 0; i < l->p->n_lines; i++)
        n += l->p->lines[i].price.basis.given &&
             l->p->lines[i].price.basis.kind == NVB_BASE_BENCHMARK;
    for (size_t i = 0; i < l->n_groups; i++)
        n += nvbi_group_step(l, &l->groups[i])->category == NVB_PRICE_BENCHMARK;
    return n;
}

void nvbi_letter_benchmark(nvbi_letter *l)
{
    nvbi_letter_statement(l, NVB_ITEM_BENCHMARK);
    bool base = has_benchmark_bases(l);
    for (size_t i = 0; i < l->p->n_benchmarks; i++)
        one_benchmark(l, &l->p->benchmarks[i], base);
    as_bases(l);
    if (l->p->n_benchmarks)
        return;
    bool stated = l->p->statement[NVB_ITEM_BENCHMARK].s != NULL;
    nvbi_letter_say(l, leaning(l) ? NVBI_SAY_BENCHMARK_NOT_DESCRIBED
                       : stated   ? NVBI_SAY_BENCHMARK_NO_LIST
                                  : NVBI_SAY_BENCHMARK_NONE);
    nvbi_letter_flush(l, 0);
}

static void one_agreement(nvbi_letter *l, const nvb_agreement *a)
{
    nvbi_letter_say_text(l, a->agreement.s ? a->agreement : a->id);
    nvbi_letter_subheading(l);
    nvbi_letter_field(l, NVBI_SAY_FIELD_GOAL, a->goal);
    nvbi_letter_field(l, NVBI_SAY_FIELD_CONTRIBUTION, a->contribution);
    nvbi_letter_field(l, NVBI_SAY_FIELD_REFERENCE, a->reference);
    nvbi_letter_blank(l);
    worked_out(l, &l->of_agreement, a->id, false);
}

/* Steps for the public task that no agreement above has told of. */
static size_t public_task(nvbi_letter *l)
{
    size_t n = 0;
    for (size_t i = 0; i < l->n_groups; i++) {
        const nvb_step *s = nvbi_group_step(l, &l->groups[i]);
        if (s->category != NVB_PUBLIC_TASK || s->agreement.s)
            continue;
        if (n++ == 0) {
            nvbi_letter_say(l, NVBI_SAY_PUBLIC_TASK_STEPS);
            nvbi_letter_flush(l, 0);
        }
        in_euros(l, &l->groups[i]);
    }
    return n;
}

void nvbi_letter_agreements(nvbi_letter *l)
{
    nvbi_letter_statement(l, NVB_ITEM_AGREEMENTS);
    for (size_t i = 0; i < l->p->n_agreements; i++)
        one_agreement(l, &l->p->agreements[i]);
    if (public_task(l) + l->p->n_agreements == 0) {
        bool stated = l->p->statement[NVB_ITEM_AGREEMENTS].s != NULL;
        nvbi_letter_say(l, stated ? NVBI_SAY_AGREEMENTS_NO_LIST : NVBI_SAY_AGREEMENTS_NONE);
        nvbi_letter_flush(l, 0);
    }
}
