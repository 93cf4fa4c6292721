/* audit_words.c: findings in sentences; see audit_words.h. Readings are in audit_reading.c. */
#include "audit_own.h"

#include "core/numtext.h"
#include "formats/changes/changes.h"
#include "formats/word/wording_fill.h"

/* --- tables --- */

typedef struct pair {
    const char *words[2]; /* by language */
} pair;

/* clang-format off */
#define PAIR(item, nl, en) [item] = {{nl, en}},
/* clang-format on */

static const pair titles[NVB_FINDING_KIND_COUNT] = {
#define AUDIT_TITLE PAIR
#include "wording_audit.def"
#undef AUDIT_TITLE
};

static const pair explanations[NVB_FINDING_KIND_COUNT] = {
#define AUDIT_EXPLAINED PAIR
#include "wording_audit.def"
#undef AUDIT_EXPLAINED
};

static const pair questions[NVB_FINDING_KIND_COUNT] = {
#define AUDIT_ASK PAIR
#include "wording_audit.def"
#undef AUDIT_ASK
};

static const pair rule_questions[NVB_RULE_COUNT] = {
#define AUDIT_ASK_RULE PAIR
#include "wording_audit.def"
#undef AUDIT_ASK_RULE
};

static const pair why_questions[NVB_WHY_COUNT] = {
#define AUDIT_ASK_WHY PAIR
#include "wording_audit.def"
#undef AUDIT_ASK_WHY
};

static const pair readings[NVB_READING_KIND_COUNT] = {
#define AUDIT_READING PAIR
#include "wording_audit.def"
#undef AUDIT_READING
};

static const pair readings_below[NVB_READING_KIND_COUNT] = {
#define AUDIT_READING_BELOW PAIR
#include "wording_audit.def"
#undef AUDIT_READING_BELOW
};

static const pair fits[NVB_FIT_COUNT] = {
#define AUDIT_FIT PAIR
#include "wording_audit.def"
#undef AUDIT_FIT
};

static const char *const marks[NVB_GRAVITY_COUNT] = {
#define AUDIT_GRAVITY(item, mark) [item] = mark,
#include "wording_audit.def"
#undef AUDIT_GRAVITY
};

static const struct {
    const pair *items;
    size_t n;
} families[] = {
    [NVBI_AUDIT_TITLES] = {titles,         NVB_FINDING_KIND_COUNT},
    [NVBI_AUDIT_EXPLANATIONS] = {explanations,   NVB_FINDING_KIND_COUNT},
    [NVBI_AUDIT_QUESTIONS] = {questions,      NVB_FINDING_KIND_COUNT},
    [NVBI_AUDIT_RULE_QUESTIONS] = {rule_questions, NVB_RULE_COUNT        },
    [NVBI_AUDIT_WHY_QUESTIONS] = {why_questions,  NVB_WHY_COUNT         },
    [NVBI_AUDIT_READINGS] = {readings,       NVB_READING_KIND_COUNT},
    [NVBI_AUDIT_READINGS_BELOW] = {readings_below, NVB_READING_KIND_COUNT}
};

const char *nvbi_audit_template(nvbi_audit_family family, unsigned item, nvb_lang lang)
{
    return item < families[family].n ? families[family].items[item].words[lang == NVB_EN] : NULL;
}

const char *nvbi_audit_sentence(nvbi_audit_say s, nvb_lang lang)
{
    static const char *const sentences[NVBI_AUDIT_SAY_COUNT][2] = {
#define AUDIT_WORD(name, nl, en) [NVBI_AUDIT_##name] = {nl, en},
#include "wording_audit.def"
#undef AUDIT_WORD
    };
    return sentences[s][lang == NVB_EN];
}

const char *nvbi_audit_fit(nvb_fit fit, nvb_lang lang)
{
    return fits[fit].words[lang == NVB_EN];
}

const char *nvbi_audit_mark(nvb_gravity gravity)
{
    return marks[gravity];
}

/* --- words --- */

void nvbi_audit_fill(nvb_buffer *out, const char *sentence, nvbi_audit_words *w, nvb_lang lang)
{
    nvb_text words[NVBI_AUDIT_WORDS];
    for (size_t k = 0; k < NVBI_AUDIT_WORDS; k++) {
        words[k] = (nvb_text){w->word[k].s ? w->word[k].s : "", w->word[k].n};
        out->failed = out->failed || w->word[k].failed;
    }
    nvbi_word_fill(out, sentence ? sentence : "", words, NVBI_AUDIT_WORDS, lang);
    for (size_t k = 0; k < NVBI_AUDIT_WORDS; k++)
        nvb_buffer_release(&w->word[k]);
}

static void put_year(nvb_buffer *out, nvb_calc *calc, nvb_num year)
{
    nvbi_num_append(calc, out, year);
}

const char *nvbi_audit_stage(nvb_stage stage, nvb_lang lang)
{
    return nvbi_audit_sentence(stage == NVB_STAGE_DEFINITIVE ? NVBI_AUDIT_STAGE_DEFINITIVE
                                                             : NVBI_AUDIT_STAGE_PROVISIONAL,
                               lang);
}

/* "/knopen/~1totaal~1omzet", a figure of an explanation, is the figure "/totaal/omzet". */
static nvb_text own_path(nvb_buffer *room, nvb_text path)
{
    static const char within[] = "/knopen/";
    const size_t n = sizeof within - 1;
    if (path.n <= n || memcmp(path.s, within, n) != 0)
        return path;
    if (path.s[n] != '~')
        return (nvb_text){path.s + n - 1, path.n - n + 1};
    for (size_t i = n; i < path.n; i++) {
        bool escape = path.s[i] == '~' && i + 1 < path.n;
        nvb_buffer_byte(room, !escape ? path.s[i] : path.s[i + 1] == '1' ? '/' : '~');
        i += escape;
    }
    return (nvb_text){room->s ? room->s : "", room->n};
}

const nvb_figure *nvbi_audit_figure_at(const nvb_audit *a, nvb_text path)
{
    nvb_breakdown *b = nvb_audit_inputs_of(a)->breakdown;
    nvb_buffer room = NVB_BUFFER_INIT;
    const nvb_figure *f = NULL;
    if (b && path.s)
        f = nvb_breakdown_find(b, own_path(&room, path));
    nvb_buffer_release(&room);
    return f;
}

/* "prestatie 12010, afslag doelmatigheid": the label of a figure within a sentence. */
static void put_figure(nvb_buffer *out, const nvb_figure *f, nvb_lang lang)
{
    nvbi_audit_words w = {0};
    nvb_buffer *label = &w.word[1];
    nvbi_word_label(label, f, lang);
    if (label->n > 1 && label->s[0] >= 'A' && label->s[0] <= 'Z' && label->s[1] >= 'a')
        label->s[0] = (char)(label->s[0] - 'A' + 'a');
    if (f->line) {
        nvb_buffer_text(&w.word[0], f->line->code);
        nvbi_audit_fill(out, nvbi_audit_sentence(NVBI_AUDIT_OF_LINE, lang), &w, lang);
        return;
    }
    nvb_buffer_bytes(out, label->s ? label->s : "", label->n);
    out->failed = out->failed || label->failed;
    nvb_buffer_release(label);
}

void nvbi_audit_place(nvb_buffer *out, const nvb_audit *a, nvb_text path, nvb_lang lang)
{
    const nvb_figure *f = nvbi_audit_figure_at(a, path);
    if (f) {
        put_figure(out, f, lang);
        return;
    }
    nvbi_changes x;
    nvb_buffer room = NVB_BUFFER_INIT;
    nvbi_changes_begin(&x, out, nvb_audit_calc(a), lang);
    nvbi_changes_where(&x, out, own_path(&room, path), false);
    nvbi_changes_end(&x);
    out->failed = out->failed || room.failed;
    nvb_buffer_release(&room);
}

/* What the words of a finding are: a place, a stage, a series, or a name as it is. */
typedef enum meaning { A_NAME, A_PLACE, A_STAGE, A_SERIES } meaning;

static meaning meaning_of(nvb_finding_kind kind, int slot)
{
    static const meaning published[NVB_FINDING_WORDS] = {A_PLACE, A_SERIES, A_STAGE, A_STAGE};
    static const meaning path[NVB_FINDING_WORDS] = {A_PLACE};
    static const meaning *const meanings[NVB_FINDING_KIND_COUNT] = {
        [NVB_FOUND_FIGURE] = path,         [NVB_FOUND_WITHIN] = path,
        [NVB_FOUND_UNKNOWN] = path,        [NVB_FOUND_MISSING] = path,
        [NVB_FOUND_PUBLISHED] = published, [NVB_FOUND_PUBLISHED_OTHER] = published,
        [NVB_FOUND_OUTDATED] = published};
    return meanings[kind] ? meanings[kind][slot] : A_NAME;
}

void nvbi_audit_series(nvb_buffer *out, nvb_text id)
{
    nvb_buffer_text(out, nvb_text_equal(id, NVB_TEXT("ova")) ? NVB_TEXT("OVA") : id);
}

static void put_stage(nvb_buffer *out, nvb_text word, nvb_lang lang)
{
    for (int stage = 0; stage < NVB_STAGE_COUNT; stage++) {
        const char *key = nvb_stage_key((nvb_stage)stage);
        if (nvb_text_equal(word, (nvb_text){key, strlen(key)}))
            nvb_buffer_str(out, nvbi_audit_stage((nvb_stage)stage, lang));
    }
}

static void
put_word(nvb_buffer *out, const nvb_audit *a, const nvb_finding *f, int slot, nvb_lang lang)
{
    switch (meaning_of(f->kind, slot)) {
    case A_PLACE:
        if (f->word[slot].n)
            nvbi_audit_place(out, a, f->word[slot], lang);
        break;
    case A_STAGE:
        put_stage(out, f->word[slot], lang);
        break;
    case A_SERIES:
        nvbi_audit_series(out, f->word[slot]);
        break;
    case A_NAME:
        nvb_buffer_text(out, f->word[slot]);
        break;
    }
}

/* --- words that a finding about tariffs has beside its own --- */

/* "12 van de 40 tarieven in het aanbod" */
static void put_share(nvb_buffer *out, const nvb_audit *a, const nvb_finding *f, nvb_lang lang)
{
    nvb_calc *calc = nvb_audit_calc(a);
    nvbi_audit_words w = {0};
    bool all = nvb_num_cmp(calc, f->number[0], f->number[1]) == 0;
    bool one = nvb_num_cmp(calc, f->number[1], nvb_num_int(1)) == 0;
    nvbi_word_number(&w.word[0], calc, f->number[0], NVB_UNITS, lang);
    nvbi_word_number(&w.word[1], calc, f->number[1], NVB_UNITS, lang);
    nvbi_audit_fill(out,
                    nvbi_audit_sentence(one   ? NVBI_AUDIT_SHARE_ONE
                                        : all ? NVBI_AUDIT_SHARE_ALL
                                              : NVBI_AUDIT_SHARE_SOME,
                                        lang),
                    &w, lang);
}

/* "lager dan u verwacht" */
static const char *direction(const nvb_audit *a, const nvb_finding *f, nvb_lang lang)
{
    static const nvbi_audit_say says[2][3] = {
        {NVBI_AUDIT_OTHER_THAN_FOLLOWS,  NVBI_AUDIT_LOWER_THAN_FOLLOWS,
         NVBI_AUDIT_HIGHER_THAN_FOLLOWS },
        {NVBI_AUDIT_OTHER_THAN_EXPECTED, NVBI_AUDIT_LOWER_THAN_EXPECTED,
         NVBI_AUDIT_HIGHER_THAN_EXPECTED},
    };
    nvbi_audit_sides s = nvbi_audit_sides_of(a, f);
    bool told = (s.lower == 0) != (s.higher == 0);
    return nvbi_audit_sentence(says[nvb_audit_inputs_of(a)->is_expected][!told     ? 0
                                                                         : s.lower ? 1
                                                                                   : 2],
                               lang);
}

/* Of tariffs that all lie on one side, however little: how much that is together. */
static void put_one_sided(nvbi_audit_words *w, nvb_calc *calc, const nvb_finding *f, nvb_lang lang)
{
    enum { FEW = 4 };
    bool lower = nvb_num_sign(f->number[2]) == 0, higher = nvb_num_sign(f->number[1]) == 0;
    nvb_num n = f->number[lower ? 1 : 2];
    if (lower == higher || nvb_num_cmp(calc, n, nvb_num_int(FEW)) < 0 || !f->has_amount ||
        nvb_num_sign(f->amount) == 0)
        return;
    nvb_num size = nvb_num_sign(f->amount) < 0 ? nvb_num_neg(calc, f->amount) : f->amount;
    nvbi_word_number(&w->word[1], calc, nvb_num_round(calc, size, 2, NVB_ARITHMETIC), NVB_EUR,
                     lang);
    nvb_buffer_str(&w->word[2],
                   nvbi_audit_sentence(lower ? NVBI_AUDIT_LOWER : NVBI_AUDIT_HIGHER, lang));
}

static void put_more(nvbi_audit_words *w, const nvb_audit *a, const nvb_finding *f, nvb_lang lang)
{
    if (nvbi_audit_of_tariffs(f->kind) || f->kind == NVB_FOUND_UNCHANGED)
        put_share(&w->word[2], a, f, lang);
    if (f->kind == NVB_FOUND_WITHIN)
        put_one_sided(w, nvb_audit_calc(a), f, lang);
    if (f->kind != NVB_FOUND_EXPECTATION)
        return;
    nvb_buffer_str(&w->word[1], direction(a, f, lang));
    nvb_buffer_str(&w->word[3], nvbi_audit_sentence(nvb_audit_inputs_of(a)->is_expected
                                                        ? NVBI_AUDIT_BY_EXPECTATION
                                                        : NVBI_AUDIT_BY_LAST_YEAR,
                                                    lang));
}

static bool tells_years(nvb_finding_kind kind)
{
    return kind == NVB_FOUND_PUBLISHED || kind == NVB_FOUND_PUBLISHED_OTHER ||
           kind == NVB_FOUND_OUTDATED;
}

/* {1} to {4} the words, {5} to {8} the numbers. */
static void
fill_finding(nvbi_audit_words *w, const nvb_audit *a, const nvb_finding *f, nvb_lang lang)
{
    nvb_calc *calc = nvb_audit_calc(a);
    for (int i = 0; i < NVB_FINDING_WORDS; i++)
        put_word(&w->word[i], a, f, i, lang);
    put_more(w, a, f, lang);
    for (int i = 0; i < NVB_FINDING_NUMBERS; i++) {
        nvb_buffer *to = &w->word[NVB_FINDING_WORDS + i];
        if (i >= 2 && tells_years(f->kind))
            put_year(to, calc, f->number[i]);
        else if (f->kind == NVB_FOUND_CEILING && f->unit[i] == NVB_PERCENT)
            nvbi_word_number(to, calc, nvb_num_round(calc, f->number[i], 2, NVB_ARITHMETIC),
                             NVB_PERCENT, lang);
        else
            nvbi_audit_number(to, calc, f->number[i], f->unit[i], lang);
    }
}

void nvbi_audit_number(nvb_buffer *out, nvb_calc *calc, nvb_num value, nvb_unit unit, nvb_lang lang)
{
    enum { PLACES = 4 };
    if (unit != NVB_UNITS && !nvb_num_terminates(calc, value, PLACES)) {
        nvb_num about = nvb_num_round(calc, value, PLACES, NVB_ARITHMETIC);
        nvb_buffer_str(out, "≈ ");
        value = about;
    }
    nvbi_word_number(out, calc, value, unit, lang);
}

static void
say(nvb_buffer *out, const char *sentence, const nvb_audit *a, const nvb_finding *f, nvb_lang lang)
{
    nvbi_audit_words w = {0};
    fill_finding(&w, a, f, lang);
    nvbi_audit_fill(out, sentence, &w, lang);
}

static void say_check(
    nvb_buffer *out, const char *sentence, const nvb_audit *a, const nvb_check *c, nvb_lang lang)
{
    nvbi_audit_words w = {0};
    for (size_t i = 0; i < sizeof c->word / sizeof *c->word; i++)
        if (c->word[i].n > 0 && *c->word[i].s == '/') /* of a check a place is known by its form */
            nvbi_audit_place(&w.word[i], a, c->word[i], lang);
        else
            nvb_buffer_text(&w.word[i], c->word[i]);
    nvbi_audit_fill(out, sentence, &w, lang);
}

/* --- findings --- */

const nvb_line *nvbi_audit_line(const nvb_audit *a, nvb_text path)
{
    const nvb_figure *f = nvbi_audit_figure_at(a, path);
    return f ? f->line : NULL;
}

/* The other sentence for what is about the reader's own expectation; NULL: none. */
static const char *for_reader(const nvb_audit *a, const nvb_finding *f, bool title, nvb_lang lang)
{
    if (!nvbi_audit_for_reader(a, f))
        return NULL;
    return nvbi_audit_sentence(title ? NVBI_AUDIT_TITLE_OF_EXPECTED
                               : f->kind == NVB_FOUND_PUBLISHED_OTHER
                                   ? NVBI_AUDIT_EXPLAINED_OF_EXPECTED_OTHER
                                   : NVBI_AUDIT_EXPLAINED_OF_EXPECTED,
                               lang);
}

void nvbi_audit_title(nvb_buffer *out, const nvb_audit *a, const nvb_finding *f, nvb_lang lang)
{
    const char *own = for_reader(a, f, true, lang);
    if (f->kind == NVB_FOUND_RULE)
        nvb_buffer_str(out, nvbi_word_rule_title(f->rule, lang));
    else
        say(out, own ? own : titles[f->kind].words[lang == NVB_EN], a, f, lang);
}

/* More than a tenth of the index off: it may fit, but nobody writes it. */
static bool is_unlikely(const nvb_audit *a, const nvb_reading *r)
{
    nvb_num tenth = nvb_num_shift(nvb_audit_calc(a), nvb_num_int(1), -1);
    return r->kind == NVB_READ_DISCOUNT_ON_INDEX &&
           nvb_num_cmp(nvb_audit_calc(a), r->parameter, tenth) > 0;
}

bool nvbi_audit_alike(const nvb_audit *a, const nvb_finding *f)
{
    if (f->n_readings < 2)
        return false;
    const nvb_reading *best = &f->readings[0], *next = &f->readings[1];
    return best->fit == next->fit && best->fit != NVB_FIT_NEAR && best->lines == next->lines &&
           best->breaks == next->breaks && !is_unlikely(a, next);
}

void nvbi_audit_explanation(nvb_buffer *out,
                            const nvb_audit *a,
                            const nvb_finding *f,
                            nvb_lang lang)
{
    const char *own = for_reader(a, f, false, lang);
    if (f->kind == NVB_FOUND_RULE && f->check)
        nvbi_word_check(out, f->check, lang);
    else if (f->kind != NVB_FOUND_RULE)
        say(out, own ? own : explanations[f->kind].words[lang == NVB_EN], a, f, lang);
    if (nvbi_audit_alike(a, f)) {
        nvb_buffer_byte(out, ' ');
        nvb_buffer_str(out, nvbi_audit_sentence(NVBI_AUDIT_ALIKE, lang));
    }
}

static void ask_rule(nvb_buffer *out, const nvb_audit *a, const nvb_finding *f, nvb_lang lang)
{
    const char *why = f->check ? why_questions[f->check->because].words[lang == NVB_EN] : NULL;
    const char *rule =
        f->rule < NVB_RULE_COUNT ? rule_questions[f->rule].words[lang == NVB_EN] : "";
    static const nvb_check none = {0};
    say_check(out, why ? why : rule, a, f->check ? f->check : &none, lang);
}

/* "Met die index", of the indices that the letter begins by naming. */
static void
ask_expectation(nvb_buffer *out, const nvb_audit *a, const nvb_finding *f, nvb_lang lang)
{
    nvbi_audit_words w = {0};
    size_t n = nvbi_audit_expects_steps(a) ? 0 : nvbi_audit_expected_indices(a);
    fill_finding(&w, a, f, lang);
    nvb_buffer_cut(&w.word[2], 0);
    nvb_buffer_str(&w.word[2], nvbi_audit_sentence(n > 1    ? NVBI_AUDIT_WITH_THOSE_INDICES
                                                   : n == 1 ? NVBI_AUDIT_WITH_THAT_INDEX
                                                            : NVBI_AUDIT_WITH_THAT,
                                                   lang));
    nvbi_audit_fill(out, questions[f->kind].words[lang == NVB_EN], &w, lang);
}

void nvbi_audit_question(nvb_buffer *out, const nvb_audit *a, const nvb_finding *f, nvb_lang lang)
{
    if (nvbi_audit_for_reader(a, f))
        return;
    if (f->kind == NVB_FOUND_RULE) {
        ask_rule(out, a, f, lang);
        return;
    }
    nvb_finding own = nvbi_audit_as_asked(a, f);
    if (f->kind == NVB_FOUND_EXPECTATION)
        ask_expectation(out, a, &own, lang);
    else
        say(out, questions[f->kind].words[lang == NVB_EN], a, &own, lang);
    if (f->n_readings == 0 || nvbi_audit_names_own(f, f->readings))
        return;
    nvb_buffer_byte(out, ' ');
    nvbi_audit_ask_best(out, a, &own, lang);
}
