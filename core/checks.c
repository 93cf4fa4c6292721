/*
 * checks.c: the table of rules, and what rules need to say how they came out. The rules themselves
 * are in rules_*.c.
 */
#include "checks.h"

#include "numtext.h"

#include <stdlib.h>

struct nvb_checks {
    nvbi_arena arena;
    nvb_check rows[NVB_RULE_COUNT];
};

static const struct {
    const char *id, *article;
    nvb_rule_kind kind;
    nvb_rule_place place;
} rules[] = {
#define RULE_ROW(name, id, article, kind, where) [name] = {id, article, kind, where},
    NVB_RULES(RULE_ROW)
#undef RULE_ROW
};

/* Of the rules of NVB_IN_CHECK; those of the audit are in audit_*.c. */
static const nvbi_rule_run runs[NVB_RULE_COUNT] = {
    [NVB_RULE_BASIS] = nvbi_rule_basis,           [NVB_RULE_INDEXATION] = nvbi_rule_indexation,
    [NVB_RULE_SURCHARGES] = nvbi_rule_surcharges, [NVB_RULE_VOLUME] = nvbi_rule_volume,
    [NVB_RULE_BENCHMARK] = nvbi_rule_benchmark,   [NVB_RULE_AGREEMENTS] = nvbi_rule_agreements,
    [NVB_RULE_EXPLAINED] = nvbi_rule_explained,   [NVB_RULE_CLAIMS] = nvbi_rule_claims,
    [NVB_RULE_OFFERED] = nvbi_rule_offered,       [NVB_RULE_REACTION] = nvbi_rule_reaction,
    [NVB_RULE_QUESTIONS] = nvbi_rule_questions,   [NVB_RULE_MAXIMUM] = nvbi_rule_maximum,
    [NVB_RULE_CHANGES] = nvbi_rule_changes,       [NVB_RULE_OVA] = nvbi_rule_ova,
    [NVB_RULE_YEARS] = nvbi_rule_years,           [NVB_RULE_AFTER] = nvbi_rule_after,
    [NVB_RULE_SOURCES] = nvbi_rule_sources,       [NVB_RULE_INDEX_ONCE] = nvbi_rule_index_once,
    [NVB_RULE_POSITIVE] = nvbi_rule_positive,
};

const char *nvb_rule_id(nvb_rule r)
{
    return r < NVB_RULE_COUNT ? rules[r].id : "";
}

const char *nvb_rule_article(nvb_rule r)
{
    return r < NVB_RULE_COUNT ? rules[r].article : "";
}

nvb_rule nvb_rule_find(nvb_text id)
{
    for (int r = 0; r < NVB_RULE_COUNT; r++)
        if (nvb_text_equal(id, (nvb_text){rules[r].id, strlen(rules[r].id)}))
            return (nvb_rule)r;
    return NVB_RULE_COUNT;
}

nvb_rule_kind nvb_rule_kind_of(nvb_rule r)
{
    return r < NVB_RULE_COUNT ? rules[r].kind : NVB_OWN;
}

nvb_rule_place nvb_rule_place_of(nvb_rule r)
{
    return r < NVB_RULE_COUNT ? rules[r].place : NVB_IN_AUDIT;
}

/* --- how a rule came out --- */

void nvbi_check_set(nvb_check *out, nvb_outcome outcome, nvb_because because)
{
    out->outcome = outcome;
    out->because = because;
}

void nvbi_check_word(nvb_check *out, int i, nvb_text word)
{
    out->word[i] = word;
}

void nvbi_check_count(nvbi_checking *c, nvb_check *out, int i, size_t n)
{
    nvb_buffer b = NVB_BUFFER_INIT;
    nvb_buffer_uint(&b, n);
    c->arena->failed |= b.failed;
    out->word[i] = nvbi_arena_text(c->arena, b.s ? b.s : "", b.n);
    nvb_buffer_release(&b);
}

void nvbi_check_number(nvbi_checking *c, nvb_check *out, int i, nvb_num value)
{
    nvb_buffer b = NVB_BUFFER_INIT;
    nvbi_num_append(c->b->calc, &b, value);
    c->arena->failed |= b.failed;
    out->word[i] = nvbi_arena_text(c->arena, b.s ? b.s : "", b.n);
    nvb_buffer_release(&b);
}

void nvbi_check_path(nvbi_checking *c, nvb_check *out, nvb_text path)
{
    if (out->n_paths == NVBI_PATHS_SHOWN)
        return;
    nvb_text *list = NVBI_NEW(c->arena, nvb_text, out->n_paths + 1);
    if (!list)
        return;
    for (size_t i = 0; i < out->n_paths; i++)
        list[i] = out->paths[i];
    list[out->n_paths++] = nvbi_arena_text(c->arena, path.s, path.n);
    out->paths = list;
}

bool nvbi_check_contract(nvbi_checking *c, nvb_check *out)
{
    if (c->p->kind != NVB_CONTRACT)
        return false;
    nvbi_check_set(out, NVB_NOT_APPLICABLE, NVB_WHY_CONTRACT);
    return true;
}

/* --- the way down to a base --- */

uint32_t nvbi_check_leans_on(const nvbi_checking *c, size_t line)
{
    return nvbi_names_find(&c->lines, c->p->lines[line].price.basis.line);
}

size_t nvbi_check_bottom(const nvbi_checking *c, size_t line)
{
    for (uint32_t next = nvbi_check_leans_on(c, line); next != NVBI_NO_NAME;
         next = nvbi_check_leans_on(c, line))
        line = next;
    return line;
}

int nvbi_check_base_year(const nvbi_checking *c, size_t line)
{
    const nvb_basis *b = &c->p->lines[nvbi_check_bottom(c, line)].price.basis;
    if (!b->given)
        return 0;
    if (b->year == 0 && b->kind == NVB_LAST_CONTRACT)
        return c->p->year - 1;
    return b->year;
}

const nvb_index *nvbi_check_index_of(const nvbi_checking *c, const nvb_step *s)
{
    uint32_t at = nvbi_names_find(&c->indices, s->index);
    return at == NVBI_NO_NAME ? NULL : &c->p->indices[at];
}

/* --- all rules --- */

/* The figures of steps, each distinct step once, in calculation order. */
static bool collect_steps(nvbi_checking *c)
{
    nvbi_seen seen;
    size_t n = 0;
    for (uint32_t i = 0; i < c->b->n; i++)
        n += nvbi_figure_at(c->b, i)->kind == NVB_FIG_STEP;
    c->steps = NVBI_NEW(c->arena, const nvb_figure *, n + 1);
    if (!c->steps || !nvbi_seen_init(&seen, c->arena, n))
        return false;
    for (uint32_t i = 0; i < c->b->n; i++) {
        const nvb_figure *f = nvbi_figure_at(c->b, i);
        if (f->kind == NVB_FIG_STEP && nvbi_seen_first(&seen, f->step))
            c->steps[c->n_steps++] = f;
    }
    return true;
}

static bool prepare(nvbi_checking *c)
{
    const nvb_proposal *p = c->p;
    if (!nvbi_names_init(&c->lines, c->arena, p->n_lines) ||
        !nvbi_names_init(&c->indices, c->arena, p->n_indices))
        return false;
    for (size_t i = 0; i < p->n_lines; i++)
        nvbi_names_add(&c->lines, p->lines[i].code, (uint32_t)i);
    for (size_t i = 0; i < p->n_indices; i++)
        nvbi_names_add(&c->indices, p->indices[i].id, (uint32_t)i);
    return collect_steps(c);
}

nvb_checks *nvb_checks_new(nvb_breakdown *b, const nvb_comparison *previous, const nvb_diag *diag)
{
    nvb_checks *all = calloc(1, sizeof *all);
    if (!all)
        return NULL;
    nvbi_arena_init(&all->arena);
    nvbi_checking c = {
        .p = b->proposal, .b = b, .previous = previous, .diag = diag, .arena = &all->arena};
    bool well = prepare(&c);
    for (int r = 0; well && r < NVB_RULE_COUNT; r++) {
        all->rows[r].rule = (nvb_rule)r;
        if (rules[r].place == NVB_IN_CHECK)
            runs[r](&c, &all->rows[r]);
        else
            all->rows[r].outcome = NVB_NOT_APPLICABLE;
    }
    if (well && !all->arena.failed)
        return all;
    nvb_checks_free(all);
    return NULL;
}

void nvb_checks_free(nvb_checks *c)
{
    if (!c)
        return;
    nvbi_arena_release(&c->arena);
    free(c);
}

const nvb_check *nvb_checks_at(const nvb_checks *c, nvb_rule rule)
{
    return &c->rows[rule];
}

bool nvb_checks_failed(const nvb_checks *c)
{
    for (int r = 0; r < NVB_RULE_COUNT; r++)
        if (rules[r].kind == NVB_LEGAL && c->rows[r].outcome == NVB_NOT_MET)
            return true;
    return false;
}
