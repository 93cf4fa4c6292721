/*
 * compare_fields_line.c: see compare_content.h. Lines that belong together, and ceilings: what they
 * say of themselves.
 *
 * Figures are not compared here: the bridge of a line explains its tariff. A line that comes from
 * several is held against the first of them that says something else, part by part. When only one
 * of the two has a build-up, all of it is new, or has lapsed.
 */
#include "compare_content.h"

NVBI_WORD_FUNCTION(base_kind)
NVBI_WORD_FUNCTION(mode)

/* --- the base --- */

static nvb_text of_shown(nvbi_content *w, const void *of)
{
    const nvb_basis *b = &((const nvb_buildup *)of)->basis;
    (void)w;
    if (!nvb_text_given(b->line))
        return (nvb_text){0};
    return b->of_tariff ? NVB_TEXT("tarief") : NVB_TEXT("onafgerond");
}

static nvb_text last_shown(nvbi_content *w, const void *of)
{
    const nvb_basis *b = &((const nvb_buildup *)of)->basis;
    (void)w;
    if (b->kind != NVB_LAST_CONTRACT || nvb_text_given(b->last))
        return b->last;
    return NVB_TEXT("tarief");
}

/* clang-format off */
#define BUILDUP(member) offsetof(nvb_buildup, member)
static const nvbi_field basis_rows[] = {
    {"/basis/soort", NVBI_F_WORD, .at = BUILDUP(basis.kind), .word = base_kind_word,
        .none = NVB_BASE_KIND_COUNT},
    {"/basis/prestatie", NVBI_F_TEXT, .at = BUILDUP(basis.line)},
    {"/basis/van", NVBI_F_SHOWN, .shown = of_shown},
    {"/basis/percentage", NVBI_F_PERCENT, .at = BUILDUP(basis.percentage), .standard = NVBI_STANDARD_1},
    {"/basis/factor", NVBI_F_NUMBER, .at = BUILDUP(basis.factor), .standard = NVBI_STANDARD_1},
    {"/basis/jaar", NVBI_F_YEAR, .at = BUILDUP(basis.year)},
    {"/basis/vorig", NVBI_F_SHOWN, .shown = last_shown},
    {"/basis/omschrijving", NVBI_F_PROSE, .at = BUILDUP(basis.description)},
    {"/basis/reden", NVBI_F_PROSE, .at = BUILDUP(basis.reason)},
    {"/basis/bron", NVBI_F_TEXT, .at = BUILDUP(basis.source)},
};
static const nvbi_field amount_rows[] = {
    {"/basis/bedrag", NVBI_F_NUMBER, .at = BUILDUP(basis.amount)},
};
static const nvbi_field maximum_rows[] = {
    {"/maximum/bedrag", NVBI_F_NUMBER, .at = BUILDUP(maximum.amount)},
    {"/maximum/percentage", NVBI_F_PERCENT, .at = BUILDUP(maximum.percentage), .standard = NVBI_STANDARD_1},
    {"/maximum/bron", NVBI_F_TEXT, .at = BUILDUP(maximum.source)},
};
static const nvbi_field minimum_rows[] = {
    {"/minimum/bedrag", NVBI_F_NUMBER, .at = BUILDUP(minimum.amount)},
    {"/minimum/percentage", NVBI_F_PERCENT, .at = BUILDUP(minimum.percentage), .standard = NVBI_STANDARD_1},
    {"/minimum/bron", NVBI_F_TEXT, .at = BUILDUP(minimum.source)},
};
static const nvbi_field rounding_rows[] = {
    {"/tariefafronding/decimalen", NVBI_F_DECIMALS, .at = BUILDUP(rounding.decimals)},
    {"/tariefafronding/methode", NVBI_F_WORD, .at = BUILDUP(rounding.mode), .word = mode_word,
        .none = NVB_MODE_COUNT},
};

#define LINE(member) offsetof(nvb_line, member)
static const nvbi_field line_rows[] = {
    {"/omschrijving", NVBI_F_PROSE, .at = LINE(description)},
    {"/eenheid", NVBI_F_TEXT, .at = LINE(unit)},
    {"/groep", NVBI_F_TEXT, .at = LINE(group)},
};
/* clang-format on */

static const nvbi_fields basis_fields = NVBI_FIELDS(basis_rows),
                         amount_fields = NVBI_FIELDS(amount_rows),
                         maximum_fields = NVBI_FIELDS(maximum_rows),
                         minimum_fields = NVBI_FIELDS(minimum_rows),
                         rounding_fields = NVBI_FIELDS(rounding_rows),
                         line_fields = NVBI_FIELDS(line_rows), description_fields = {line_rows, 1},
                         unit_fields = {line_rows + 1, 1};

/* "148.3", "110% over 148.3" */
static nvb_text limit_summary(nvbi_content *w, const nvb_limit *l)
{
    nvb_text amount = nvbi_show_given(w, &l->amount);
    if (!l->given || !nvb_input_given(&l->percentage))
        return amount;
    nvb_text words[] = {nvbi_show_percent(w, l->percentage.value), NVB_TEXT("over"), amount};
    return nvbi_show_words(w, words, 3);
}

static void compare_limit(nvbi_content *w,
                          const nvbi_place *at,
                          const char *key,
                          nvbi_fields fields,
                          const nvb_buildup *a,
                          const nvb_buildup *b,
                          size_t offset)
{
    const nvb_limit *x = (const void *)((const char *)a + offset),
                    *y = (const void *)((const char *)b + offset);
    if (x->given && y->given)
        nvbi_compare_fields(w, at, fields, a, b);
    else if (x->given || y->given)
        nvbi_found_add(w, at, key, limit_summary(w, x), limit_summary(w, y), false);
}

static bool same_rounding(const nvb_rounding *a, const nvb_rounding *b)
{
    return a->decimals == b->decimals && a->mode == b->mode;
}

/* --- the rounding of tariffs --- */

enum { MOST_DECIMALS = 20 };

/* What all lines without a rounding of their own have. */
typedef struct common {
    nvb_rounding rounding;
    bool known;
} common;

/* A line without a build-up has the document's. A build-up does not say whether its rounding is:
 * where one declares none, the document does not either; else it is the one that most have, when
 * two do. `likely` wins when as many have it. */
static common common_rounding(const nvb_proposal *p, const common *likely)
{
    size_t count[MOST_DECIMALS + 1][NVB_MODE_COUNT] = {{0}}, most = 0;
    common found = {0};
    for (size_t i = 0; i < p->n_lines; i++) {
        const nvb_buildup *b = &p->lines[i].price;
        const nvb_rounding *r = &b->rounding;
        if (r->decimals > MOST_DECIMALS || r->mode >= NVB_MODE_COUNT)
            continue;
        if (!r->declared || !b->basis.given)
            return (common){*r, true};
        size_t n = ++count[r->decimals][r->mode];
        if (n > most || (n == most && likely && same_rounding(r, &likely->rounding))) {
            most = n;
            found.rounding = *r;
        }
    }
    found.known = most > 1;
    return found;
}

typedef struct common_change {
    common before, after;
    bool differs;
} common_change;

static bool is_common(const common_change *all, const nvb_buildup *a, const nvb_buildup *b)
{
    return same_rounding(&a->rounding, &all->before.rounding) &&
           same_rounding(&b->rounding, &all->after.rounding);
}

/* The lines that went from the one to the other: what is no change on any of them is none of the
 * document. */
static size_t shown_on(const nvb_comparison *c, const common_change *all)
{
    size_t n = 0;
    for (size_t i = 0; i < c->n_pairs; i++) {
        const nvb_pair *p = &c->pairs[i];
        if (!p->new_line || p->n_old != 1)
            continue;
        const nvb_buildup *a = &p->old[0].line->price, *b = &p->new_line->price;
        n += (a->basis.given || b->basis.given) && is_common(all, a, b);
    }
    return n;
}

static common_change compare_common(nvbi_content *w)
{
    common_change c = {
        common_rounding(w->c->old, NULL), {{0}, false},
          false
    };
    c.after = common_rounding(w->c->new_, &c.before);
    c.differs = c.before.known && c.after.known &&
                !same_rounding(&c.before.rounding, &c.after.rounding) && shown_on(w->c, &c) > 1;
    if (c.differs) {
        const nvb_buildup a = {.rounding = c.before.rounding}, b = {.rounding = c.after.rounding};
        nvbi_place at = {NVB_TEXT(""), NVBI_PART_ROUNDING, NVBI_NO_NAME, NULL};
        nvbi_compare_fields(w, &at, rounding_fields, &a, &b);
    }
    return c;
}

/* --- lines --- */

/* A line, and what it is held against. */
typedef struct held {
    nvbi_content *w;
    const nvbi_place *at;
    const common_change *all;
    const nvb_pair *pair;
    bool built;     /* an old line has a build-up */
    nvb_num volume; /* of several old lines: the units they start from, added up */
} held;

typedef void compare_part(const held *h, const nvb_line *a, const nvb_line *b);

/* "95%"; nothing when it is all of it. */
static nvb_text part_shown(nvbi_content *w, const nvb_input *in)
{
    bool part = nvb_input_given(in) && nvb_num_cmp(w->c->calc, in->value, nvb_num_int(1)) != 0;
    return part ? nvbi_show_percent(w, in->value) : (nvb_text){0};
}

/* "kostprijs 95% over 100", "anders 1/3 over "1000""; a code is no amount. */
static nvb_text basis_summary(nvbi_content *w, const nvb_buildup *b)
{
    const nvb_basis *basis = &b->basis;
    nvb_text none = {0}, over = NVB_TEXT("over");
    nvb_text percentage = part_shown(w, &basis->percentage), factor = part_shown(w, &basis->factor);
    nvb_text quoted[] = {NVB_TEXT("\""), basis->line, NVB_TEXT("\"")};
    nvb_text words[] = {
        nvbi_key_text(nvb_base_kind_key(basis->kind)),
        percentage,
        percentage.n ? over : none,
        factor,
        factor.n ? over : none,
        nvbi_show_given(w, &basis->amount),
        nvb_text_given(basis->line) ? nvbi_show_texts(w, quoted, 3, "") : none,
    };
    return basis->given ? nvbi_show_words(w, words, 7) : none;
}

/* A base that claims to be last year's tariff is in the bridge. */
static void compare_basis(const held *h, const nvb_line *x, const nvb_line *y)
{
    const nvb_buildup *a = &x->price, *b = &y->price;
    bool claims = h->pair->claims_last;
    if (a->basis.given && b->basis.given) {
        nvbi_compare_fields(h->w, h->at, basis_fields, a, b);
        if (!claims)
            nvbi_compare_fields(h->w, h->at, amount_fields, a, b);
    } else if (!claims) {
        nvbi_found_add(h->w, h->at, "/basis", basis_summary(h->w, a), basis_summary(h->w, b),
                       false);
    }
}

/* A flat tariff, or ceiling, is not rounded; what is said of it is the rounding of its document. */
static void
rounding_of(nvbi_content *w, const nvbi_place *at, const nvb_buildup *a, const nvb_buildup *b)
{
    nvb_text none = {0};
    if (a->basis.given && b->basis.given)
        nvbi_compare_fields(w, at, rounding_fields, a, b);
    else if ((a->basis.given || b->basis.given) && !same_rounding(&a->rounding, &b->rounding))
        nvbi_found_add(w, at, "/tariefafronding",
                       a->basis.given ? nvbi_show_rounding(w, &a->rounding) : none,
                       b->basis.given ? nvbi_show_rounding(w, &b->rounding) : none, false);
}

static void compare_rounding(const held *h, const nvb_line *a, const nvb_line *b)
{
    if (!h->all->differs || !is_common(h->all, &a->price, &b->price))
        rounding_of(h->w, h->at, &a->price, &b->price);
}

static void compare_maximum(const held *h, const nvb_line *a, const nvb_line *b)
{
    compare_limit(h->w, h->at, "/maximum", maximum_fields, &a->price, &b->price, BUILDUP(maximum));
}

static void compare_minimum(const held *h, const nvb_line *a, const nvb_line *b)
{
    compare_limit(h->w, h->at, "/minimum", minimum_fields, &a->price, &b->price, BUILDUP(minimum));
}

static void compare_volume(const held *h, const nvb_line *a, const nvb_line *b)
{
    nvb_volume before = a->volume;
    if (h->pair->n_old > 1)
        before.count.value = h->volume;
    nvbi_compare_volume(h->w, h->at, a->path, &before, &b->volume);
}

static void compare_tiers(const held *h, const nvb_line *a, const nvb_line *b)
{
    nvbi_compare_tiers(h->w, h->at, a, b);
}

/* Up to the first old line that says something else. Of prices: the first with a build-up, when
 * there is any. */
static void against_old(const held *h, compare_part *part, bool price)
{
    const nvb_pair *p = h->pair;
    size_t found = h->w->n_found;
    for (size_t i = 0; i < p->n_old && h->w->n_found == found; i++)
        if (!price || !h->built || p->old[i].line->price.basis.given)
            part(h, p->old[i].line, p->new_line);
}

/* What the other party says a tariff is, where that is not what follows; else the tariff. */
static nvb_text
stated_tariff(nvbi_content *w, const nvb_breakdown *b, uint32_t number, bool *stated)
{
    const nvb_line *l = &nvb_breakdown_proposal(b)->lines[number];
    nvb_num tariff = nvbi_value_of(b, nvb_breakdown_line(b, number)->tariff);
    *stated = l->price.basis.given && nvb_input_given(&l->tariff) &&
              nvb_num_cmp(w->c->calc, l->tariff.value, tariff) != 0;
    return nvbi_show_number(w, *stated ? l->tariff.value : tariff);
}

/* A claim that does not follow is in no figure: only here does it show that it changed. */
static void compare_claims(const held *h)
{
    const nvb_pair *p = h->pair;
    bool was, is;
    if (p->n_old != 1 || !p->before.has_tariff || !p->after.has_tariff)
        return;
    nvb_text before = stated_tariff(h->w, h->w->c->old_side, p->old[0].number, &was);
    nvb_text after = stated_tariff(h->w, h->w->c->new_side, p->new_number, &is);
    if ((was || is) && !nvb_text_equal(before, after))
        nvbi_found_add(h->w, h->at, "/tarief", before, after, false);
}

/* The steps of all old lines, those of the first as they stand. */
static bool steps_together(nvbi_content *w, const nvb_pair *p, nvb_buildup *out)
{
    size_t n = 0, most = 0;
    for (size_t i = 0; i < p->n_old; i++)
        most += p->old[i].line->price.n_steps;
    const nvb_step **steps = NVBI_NEW(&w->scratch, const nvb_step *, most + 1);
    if (!steps || !nvbi_ids_clear(w, most))
        return false;
    for (size_t i = 0; i < p->n_old; i++) {
        const nvb_buildup *b = &p->old[i].line->price;
        for (size_t k = 0; k < b->n_steps; k++)
            if (b->steps[k] && nvbi_names_add(&w->ids, b->steps[k]->id, 0))
                steps[n++] = b->steps[k];
    }
    out->steps = steps;
    out->n_steps = n;
    return true;
}

static void compare_steps(const held *h)
{
    const nvb_pair *p = h->pair;
    const nvb_line *a = p->old[0].line, *b = p->new_line;
    nvb_buildup before = a->price;
    if (p->n_old == 1 || steps_together(h->w, p, &before))
        nvbi_compare_steps(h->w, h->at, a->path, b->group, &before, &b->price, p->n_old == 1);
}

static void
compare_line(nvbi_content *w, const nvbi_place *at, const common_change *all, const nvb_pair *pair)
{
    held h = {w, at, all, pair, false, nvb_num_int(0)};
    nvbi_compare_fields(w, at, line_fields, pair->old[0].line, pair->new_line);
    for (size_t i = 0; i < pair->n_old; i++) {
        const nvb_line *a = pair->old[i].line;
        h.built |= a->price.basis.given;
        if (pair->n_old > 1 && nvb_input_given(&a->volume.count))
            h.volume = nvb_num_add(w->c->calc, h.volume, a->volume.count.value);
    }
    if (h.built || pair->new_line->price.basis.given) {
        against_old(&h, compare_basis, true);
        compare_steps(&h);
        compare_claims(&h);
        against_old(&h, compare_rounding, true);
        against_old(&h, compare_maximum, true);
        against_old(&h, compare_minimum, true);
    }
    against_old(&h, compare_volume, false);
    against_old(&h, compare_tiers, false);
}

/* A price list says little, and what it does not say has not lapsed. */
static void
compare_listed(nvbi_content *w, const nvbi_place *at, const nvb_line *a, const nvb_line *b)
{
    if (a->description.n && b->description.n)
        nvbi_compare_fields(w, at, description_fields, a, b);
    if (a->unit.n && b->unit.n)
        nvbi_compare_fields(w, at, unit_fields, a, b);
}

void nvbi_compare_lines(nvbi_content *w)
{
    const nvb_comparison *c = w->c;
    bool listed = c->options.old_is_list || c->options.new_is_list;
    common_change all = {
        {{0}, false},
        {{0}, false},
        false
    };
    if (!listed)
        all = compare_common(w);
    for (size_t i = 0; i < c->n_pairs && !c->arena.failed; i++) {
        const nvb_pair *pair = &c->pairs[i];
        if (!pair->new_line || !pair->n_old)
            continue;
        nvbi_place at = {pair->new_line->path, NVBI_PART_LINES, (uint32_t)i, NULL};
        if (listed)
            compare_listed(w, &at, pair->old[0].line, pair->new_line);
        else
            compare_line(w, &at, &all, pair);
    }
}

/* --- ceilings --- */

static nvb_text whom_shown(nvbi_content *w, const void *of)
{
    const nvb_ceiling *c = of;
    return c->all ? NVB_TEXT("alle") : nvbi_show_texts(w, c->lines, c->n_lines, ", ");
}

static bool whom_alike(nvbi_content *w, const void *a, const void *b)
{
    const nvb_ceiling *x = a, *y = b;
    return x->all == y->all && nvbi_same_set(w, x->lines, x->n_lines, y->lines, y->n_lines);
}

/* clang-format off */
#define CEILING(member) offsetof(nvb_ceiling, member)
static const nvbi_field ceiling_rows[] = {
    {"/omschrijving", NVBI_F_PROSE, .at = CEILING(description)},
    {"/bedrag", NVBI_F_NUMBER, .at = CEILING(amount)},
    {"/prestaties", NVBI_F_SHOWN, .shown = whom_shown, .alike = whom_alike},
    {"/groep", NVBI_F_TEXT, .at = CEILING(group)},
    {"/boven", NVBI_F_PERCENT, .at = CEILING(beyond), .standard = NVBI_STANDARD_0},
    {"/reden", NVBI_F_PROSE, .at = CEILING(reason)},
};
/* clang-format on */

static nvb_text ceiling_summary(nvbi_content *w, const void *item)
{
    (void)w;
    return ((const nvb_ceiling *)item)->description;
}

static void
more_of_ceiling(nvbi_content *w, const nvbi_place *at, const void *before, const void *after)
{
    const nvb_ceiling *x = before, *y = after;
    const nvb_buildup *a = &x->buildup, *b = &y->buildup;
    if (!a->basis.given && !b->basis.given)
        return;
    if (a->basis.given && b->basis.given) {
        nvbi_compare_fields(w, at, basis_fields, a, b);
        nvbi_compare_fields(w, at, amount_fields, a, b);
    } else {
        nvbi_found_add(w, at, "/basis", basis_summary(w, a), basis_summary(w, b), false);
    }
    nvbi_compare_steps(w, at, x->path, (nvb_text){0}, a, b, true);
    rounding_of(w, at, a, b);
}

static const nvbi_list ceilings = {
    "/plafonds/",    NVBI_PART_CEILINGS,        sizeof(nvb_ceiling),
    CEILING(id),     NVBI_FIELDS(ceiling_rows), ceiling_summary,
    more_of_ceiling,
};

void nvbi_compare_ceilings(nvbi_content *w)
{
    const nvb_proposal *a = w->c->old, *b = w->c->new_;
    nvbi_place in = {NVB_TEXT(""), NVBI_PART_CEILINGS, NVBI_NO_NAME, NULL};
    nvbi_compare_list(w, &ceilings, &in, in.path, (nvbi_items){a->ceilings, a->n_ceilings},
                      (nvbi_items){b->ceilings, b->n_ceilings}, NULL);
}
