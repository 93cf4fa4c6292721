/* audit_reading.c: other ways to read an offer, in sentences; see audit_words.h. */
#include "audit_own.h"

#include "core/audit/audit.h"

/* --- a convention --- */

static void put_decimals(nvb_buffer *out, int decimals, nvb_lang lang)
{
    if (decimals >= 0 && decimals <= NVBI_AUDIT_NUMBER_4 - NVBI_AUDIT_NUMBER_0)
        nvb_buffer_str(out, nvbi_audit_sentence(NVBI_AUDIT_NUMBER_0 + (unsigned)decimals, lang));
    else
        nvb_buffer_uint(out, (unsigned long long)decimals);
}

/* ", tussentijds op twee decimalen (elk deel)": what is rounded to so many of the parts on the way.
 */
static void put_between(nvb_buffer *out, const nvb_convention *c, int decimals, nvb_lang lang)
{
    static const nvbi_audit_say parts[] = {NVBI_AUDIT_ROUNDED_AFTER, NVBI_AUDIT_ROUNDED_COMPONENT,
                                           NVBI_AUDIT_ROUNDED_WEIGHTED};
    const int round[] = {c->round_after, c->round_component, c->round_weighted};
    nvbi_audit_words w = {0};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (round[i] != decimals)
            continue;
        nvb_buffer_str(&w.word[2], w.word[2].n ? nvbi_audit_sentence(NVBI_AUDIT_AND, lang) : "");
        nvb_buffer_str(&w.word[2], nvbi_audit_sentence(parts[i], lang));
    }
    put_decimals(&w.word[0], decimals, lang);
    nvb_buffer_uint(&w.word[1], (unsigned long long)decimals);
    nvbi_audit_fill(out, nvbi_audit_sentence(NVBI_AUDIT_WAY_BETWEEN, lang), &w, lang);
}

static void put_total(nvb_buffer *out, int decimals, nvb_lang lang)
{
    nvbi_audit_words w = {0};
    put_decimals(&w.word[0], decimals, lang);
    nvb_buffer_uint(&w.word[1], (unsigned long long)decimals);
    nvbi_audit_fill(out, nvbi_audit_sentence(NVBI_AUDIT_WAY_TOTAL, lang), &w, lang);
}

/* "nacalculatie als verhouding, opgeteld, per deel gewogen, …" */
static void put_convention(nvb_buffer *out, const nvb_convention *c, nvb_lang lang)
{
    const int between[] = {c->round_after, c->round_component, c->round_weighted};
    bool rounded = c->round_total >= 0;
    nvb_buffer_str(out, nvbi_audit_sentence(c->after == NVB_RATIO ? NVBI_AUDIT_WAY_RATIO
                                                                  : NVBI_AUDIT_WAY_DIFFERENCE,
                                            lang));
    nvb_buffer_str(out,
                   nvbi_audit_sentence(c->combination == NVB_MULTIPLIED ? NVBI_AUDIT_WAY_MULTIPLIED
                                                                        : NVBI_AUDIT_WAY_ADDED,
                                       lang));
    nvb_buffer_str(out, nvbi_audit_sentence(c->weighting == NVB_PER_COMPONENT
                                                ? NVBI_AUDIT_WAY_PER_COMPONENT
                                                : NVBI_AUDIT_WAY_PER_TERM,
                                            lang));
    for (size_t i = 0; i < sizeof between / sizeof *between; i++) {
        bool told = between[i] < 0;
        for (size_t k = 0; k < i; k++)
            told = told || between[k] == between[i];
        if (!told)
            put_between(out, c, between[i], lang);
        rounded = rounded || between[i] >= 0;
    }
    if (c->round_total >= 0)
        put_total(out, c->round_total, lang);
    if (!rounded)
        nvb_buffer_str(out, nvbi_audit_sentence(NVBI_AUDIT_WAY_UNROUNDED, lang));
}

/* --- words of a reading --- */

static bool in_euros(nvb_reading_kind kind)
{
    return kind == NVB_READ_AMOUNT;
}

static nvb_num shown(nvb_calc *calc, nvb_reading_kind kind, nvb_num parameter)
{
    if (nvb_num_sign(parameter) < 0)
        parameter = nvb_num_neg(calc, parameter);
    return in_euros(kind) ? parameter : nvb_num_shift(calc, parameter, 2);
}

/* Values of a solved parameter that fit, without their sign, when they lie so far apart that no one
 * of them can be named. */
static bool is_wide(nvb_calc *calc, const nvb_reading *r, nvb_num *low, nvb_num *high)
{
    enum { PLACES = 2, MORE_PLACES = 4 };
    if (!r->has_range || !nvbi_is_solved(r->kind) ||
        nvb_num_sign(r->low) * nvb_num_sign(r->high) <= 0)
        return false;
    bool below = nvb_num_sign(r->low) < 0;
    nvb_num from = shown(calc, r->kind, below ? r->high : r->low);
    nvb_num to = shown(calc, r->kind, below ? r->low : r->high);
    for (unsigned places = PLACES; places <= MORE_PLACES; places += MORE_PLACES - PLACES) {
        *low = nvb_num_round(calc, from, places, NVB_UP);
        *high = nvb_num_round(calc, to, places, NVB_DOWN);
        if (nvb_num_sign(*low) && nvb_num_cmp(calc, *low, *high) < 0)
            break;
    }
    nvb_num wide = nvb_num_shift(calc, nvb_num_sub(calc, *high, *low), 1);
    return nvb_num_cmp(calc, wide, shown(calc, r->kind, r->parameter)) >= 0;
}

static void put_value(
    nvb_buffer *out, nvb_calc *calc, const nvb_reading *r, nvb_num v, bool points, nvb_lang lang)
{
    if (points)
        nvbi_word_plain(out, calc, v, 2, lang);
    else
        nvbi_word_number(out, calc, v, in_euros(r->kind) ? NVB_EUR : NVB_PERCENT, lang);
}

/* The parameter without its sign; one that a person would not write is told as "ongeveer".
 * `points`: without the percent sign. */
static void
put_parameter(nvb_buffer *out, nvb_calc *calc, const nvb_reading *r, bool points, nvb_lang lang)
{
    enum { PLACES = 4, ABOUT_PLACES = 2 };
    nvb_num v = shown(calc, r->kind, r->parameter), low, high;
    nvbi_audit_words w = {0};
    if (is_wide(calc, r, &low, &high)) {
        put_value(&w.word[0], calc, r, low, points, lang);
        put_value(&w.word[1], calc, r, high, points, lang);
        nvbi_audit_fill(out, nvbi_audit_sentence(NVBI_AUDIT_BETWEEN, lang), &w, lang);
        return;
    }
    bool about = !nvb_num_terminates(calc, v, PLACES);
    if (about) {
        nvb_num rough = nvb_num_round(calc, v, ABOUT_PLACES, NVB_ARITHMETIC);
        v = nvb_num_sign(rough) ? rough : nvb_num_round(calc, v, 2 * PLACES, NVB_ARITHMETIC);
    }
    put_value(about ? &w.word[0] : out, calc, r, v, points, lang);
    if (about)
        nvbi_audit_fill(out, nvbi_audit_sentence(NVBI_AUDIT_ABOUT, lang), &w, lang);
}

/* "een factor 10 te groot": of 10, or of 0.1 the other way round. */
static void put_factor(nvb_buffer *out, nvb_calc *calc, nvb_num factor, nvb_lang lang)
{
    nvb_num one = nvb_num_int(1);
    bool large = nvb_num_cmp(calc, factor, one) >= 0;
    nvbi_audit_words w = {0};
    if (!large && nvb_num_sign(factor) != 0)
        factor = nvb_num_div(calc, one, factor);
    nvbi_word_plain(&w.word[0], calc, factor, 0, lang);
    nvbi_audit_fill(out,
                    nvbi_audit_sentence(large ? NVBI_AUDIT_TOO_LARGE : NVBI_AUDIT_TOO_SMALL, lang),
                    &w, lang);
}

static void put_over(nvb_buffer *out, const nvb_reading *r, nvb_lang lang)
{
    nvbi_audit_words w = {0};
    nvbi_audit_say s = NVBI_AUDIT_OVER_OTHER;
    switch (r->over) {
    case NVB_OVER_NONE:
        break;
    case NVB_OVER_BASE:
        s = NVBI_AUDIT_OVER_BASE;
        break;
    case NVB_OVER_STAND:
        s = NVBI_AUDIT_OVER_STAND;
        break;
    case NVB_OVER_INDEXED:
        s = NVBI_AUDIT_OVER_INDEXED;
        break;
    case NVB_OVER_FIGURES:
        s = r->other_step.s ? NVBI_AUDIT_OVER_STEP : NVBI_AUDIT_OVER_OTHER;
        break;
    }
    nvb_buffer_text(&w.word[0], r->other_step);
    nvbi_audit_fill(out, nvbi_audit_sentence(s, lang), &w, lang);
}

static nvb_text first_given(nvb_text a, nvb_text b)
{
    return a.s ? a : b;
}

/* {8}: what the kind has to say beside ids and numbers. */
static void put_detail(nvb_buffer *out, const nvb_reading *r, nvb_lang lang)
{
    if (r->kind == NVB_READ_CONVENTION)
        put_convention(out, &r->convention, lang);
    else if (r->kind == NVB_READ_STEP_OVER)
        put_over(out, r, lang);
    else if (r->kind == NVB_READ_ROUNDED_OTHERWISE)
        nvb_buffer_str(out, nvbi_word_mode(r->mode, lang));
    else if ((r->kind == NVB_READ_YEAR_OLD || r->kind == NVB_READ_PUBLISHED) &&
             r->stage < NVB_STAGE_COUNT)
        nvb_buffer_str(out, nvbi_audit_stage(r->stage, lang));
}

/* "2,2%": the index as the document has it. */
static void put_written(nvb_buffer *out, const nvb_audit *a, const nvb_reading *r, nvb_lang lang)
{
    nvb_breakdown *b = nvb_audit_inputs_of(a)->breakdown;
    const nvb_proposal *p = b ? nvb_breakdown_proposal(b) : NULL;
    const nvb_index *x = p && r->index.s ? nvb_proposal_index(p, r->index) : NULL;
    uint32_t number = x ? nvb_breakdown_index(b, (size_t)(x - p->indices)) : NVB_NO_FIGURE;
    if (number == NVB_NO_FIGURE)
        return;
    nvbi_word_plain(out, nvb_audit_calc(a), nvb_breakdown_at(b, number)->value, 1, lang);
    nvb_buffer_byte(out, '%');
}

/* "hele euro's", "1 decimaal" */
static void put_places(nvb_buffer *out, int decimals, nvb_lang lang)
{
    nvbi_audit_words w = {0};
    nvb_buffer_uint(&w.word[0], decimals > 0 ? (unsigned long long)decimals : 0);
    nvbi_audit_fill(
        out, nvbi_audit_sentence(decimals > 0 ? NVBI_AUDIT_DECIMALS : NVBI_AUDIT_WHOLE_EUROS, lang),
        &w, lang);
}

static void
fill_reading(nvbi_audit_words *w, const nvb_audit *a, const nvb_reading *r, nvb_lang lang)
{
    nvb_calc *calc = nvb_audit_calc(a);
    nvb_text other = first_given(r->other_component, first_given(r->other_step, r->other_line));
    bool plain = r->kind == NVB_READ_CLAIMED_INDEX && nvb_num_sign(r->parameter) == 0;
    nvb_buffer_text(&w->word[0], r->index);
    nvb_buffer_text(&w->word[1], r->component);
    nvb_buffer_text(&w->word[2], first_given(r->step, r->ceiling));
    if (r->kind == NVB_READ_ROUNDED_OTHERWISE)
        put_places(&w->word[3], r->number, lang);
    else
        nvb_buffer_text(&w->word[3], first_given(other, r->series));
    if (r->kind == NVB_READ_SHIFTED)
        put_factor(&w->word[4], calc, r->parameter, lang);
    else if (!plain)
        put_parameter(&w->word[4], calc, r, false, lang);
    if (r->kind == NVB_READ_INDEX_LOWER)
        put_parameter(&w->word[5], calc, r, true, lang);
    else if (r->kind == NVB_READ_INDEX_WRITTEN)
        put_written(&w->word[5], a, r, lang);
    else
        nvb_buffer_uint(&w->word[5], r->number > 0 ? (unsigned long long)r->number : 0);
    nvb_buffer_uint(&w->word[6], r->year > 0 ? (unsigned long long)r->year : 0);
    put_detail(&w->word[7], r, lang);
}

/* The first line of the finding is indexed: an index could be lower. */
static bool is_indexed(const nvb_audit *a, const nvb_finding *f)
{
    const nvb_line *line = nvbi_audit_line(a, f->path);
    for (size_t i = 0; line && i < line->price.n_steps; i++)
        if (line->price.steps[i] && line->price.steps[i]->kind == NVB_STEP_INDEX)
            return true;
    return !line;
}

void nvbi_audit_phrase(
    nvb_buffer *out, const nvb_audit *a, const nvb_finding *f, const nvb_reading *r, nvb_lang lang)
{
    nvbi_audit_words w = {0};
    bool below = nvb_num_sign(r->parameter) < 0;
    const char *less = nvbi_audit_template(NVBI_AUDIT_READINGS_BELOW, r->kind, lang);
    const char *sentence = nvbi_audit_template(NVBI_AUDIT_READINGS, r->kind, lang);
    if (r->kind == NVB_READ_INDEX_LOWER && !is_indexed(a, f))
        sentence = nvbi_audit_sentence(below ? NVBI_AUDIT_BASE_UP : NVBI_AUDIT_BASE_DOWN, lang);
    else if (r->kind == NVB_READ_INDEX_LOWER && r->over == NVB_OVER_BASE)
        sentence =
            nvbi_audit_sentence(below ? NVBI_AUDIT_ON_BASE_UP : NVBI_AUDIT_ON_BASE_DOWN, lang);
    else if (below && less)
        sentence = less;
    fill_reading(&w, a, r, lang);
    if (f->kind == NVB_FOUND_EXPECTATION && r->kind == NVB_READ_INDEX_LOWER)
        nvb_buffer_cut(&w.word[0], 0); /* an id that the other party never saw */
    nvbi_audit_fill(out, sentence, &w, lang);
}

/* Of an index whose claim follows in another way the way itself says it best. */
static bool tells_way(const nvb_finding *f, const nvb_reading *r)
{
    return f->kind == NVB_FOUND_INDEX && r->kind == NVB_READ_CONVENTION;
}

static void put_way(nvb_buffer *out,
                    const nvb_audit *a,
                    const nvb_finding *f,
                    const nvb_reading *r,
                    nvbi_audit_say s,
                    nvb_lang lang)
{
    nvbi_audit_words w = {0};
    nvbi_audit_number(&w.word[0], nvb_audit_calc(a), f->number[0], f->unit[0], lang);
    put_convention(&w.word[1], &r->convention, lang);
    nvbi_audit_fill(out, nvbi_audit_sentence(s, lang), &w, lang);
}

void nvbi_audit_reading(
    nvb_buffer *out, const nvb_audit *a, const nvb_finding *f, const nvb_reading *r, nvb_lang lang)
{
    nvbi_audit_words w = {0};
    if (tells_way(f, r)) {
        put_way(out, a, f, r, NVBI_AUDIT_FOLLOWS_WITH, lang);
    } else {
        nvbi_audit_phrase(&w.word[0], a, f, r, lang);
        nvbi_audit_fill(out,
                        nvbi_audit_sentence(r->fit == NVB_FIT_NEAR ? NVBI_AUDIT_RESEMBLES
                                                                   : NVBI_AUDIT_FITS_WITH,
                                            lang),
                        &w, lang);
    }
    if (r->others == 0)
        return;
    nvb_buffer_uint(&w.word[0], r->others);
    nvbi_audit_fill(out, nvbi_audit_sentence(NVBI_AUDIT_OTHERS_SAME, lang), &w, lang);
}

static bool is_typo(nvb_reading_kind kind)
{
    return kind == NVB_READ_DIGITS_SWAPPED || kind == NVB_READ_POINT_MOVED ||
           kind == NVB_READ_DIGIT_WRONG;
}

bool nvbi_audit_hidden(const nvb_reading *r)
{
    return (nvbi_is_solved(r->kind) && r->kind != NVB_READ_INDEX_WRITTEN) ||
           r->kind == NVB_READ_PUBLISHED;
}

static nvbi_audit_say asked(const nvb_reading *r)
{
    bool hidden = nvbi_audit_hidden(r);
    if (is_typo(r->kind))
        return NVBI_AUDIT_ASK_TYPO;
    if (r->kind == NVB_READ_INDEX_WRITTEN)
        return NVBI_AUDIT_ASK_WRITTEN;
    if (r->fit == NVB_FIT_NEAR)
        return hidden ? NVBI_AUDIT_ASK_HIDDEN_NEAR : NVBI_AUDIT_ASK_SLIP_NEAR;
    return hidden ? NVBI_AUDIT_ASK_HIDDEN : NVBI_AUDIT_ASK_SLIP;
}

/* The best reading, and the next when the figures cannot tell them apart. */
static void put_best(nvb_buffer *out, const nvb_audit *a, const nvb_finding *f, nvb_lang lang)
{
    const nvb_reading *r = f->readings;
    nvbi_audit_words w = {0};
    if (!nvbi_audit_alike(a, f) || is_typo(r[0].kind) || is_typo(r[1].kind) ||
        nvbi_audit_names_own(f, &r[1])) {
        nvbi_audit_phrase(out, a, f, r, lang);
        return;
    }
    nvbi_audit_phrase(&w.word[0], a, f, &r[0], lang);
    nvbi_audit_phrase(&w.word[1], a, f, &r[1], lang);
    nvbi_audit_fill(out, nvbi_audit_sentence(NVBI_AUDIT_OR_AS_WELL, lang), &w, lang);
}

/* "Uw tarieven", "passen": what it is that fits. */
static void put_fit(nvbi_audit_words *w, const nvb_finding *f, nvb_lang lang)
{
    bool index = f->kind == NVB_FOUND_INDEX;
    nvbi_audit_words n = {0};
    if (is_typo(f->readings->kind))
        return;
    nvb_buffer_uint(&n.word[0], index ? 1 : f->readings->lines);
    nvbi_audit_fill(&w->word[1], nvbi_audit_sentence(NVBI_AUDIT_FIT, lang), &n, lang);
    nvb_buffer_uint(&n.word[0], index ? 1 : f->readings->lines);
    nvbi_audit_fill(&w->word[0],
                    nvbi_audit_sentence(index ? NVBI_AUDIT_YOUR_PERCENTAGE
                                        : nvbi_audit_of_tariffs(f->kind) ? NVBI_AUDIT_YOUR_TARIFFS
                                                                         : NVBI_AUDIT_YOUR_FIGURES,
                                        lang),
                    &n, lang);
}

void nvbi_audit_ask_best(nvb_buffer *out, const nvb_audit *a, const nvb_finding *f, nvb_lang lang)
{
    const nvb_reading *r = f->readings;
    if (tells_way(f, r)) {
        put_way(out, a, f, r, NVBI_AUDIT_ASK_WAY, lang);
        return;
    }
    nvbi_audit_words w = {0};
    put_fit(&w, f, lang);
    put_best(&w.word[is_typo(r->kind) ? 0 : 2], a, f, lang);
    nvbi_audit_fill(out, nvbi_audit_sentence(asked(r), lang), &w, lang);
}
