/* read_proposal.c: the document as a whole, and its texts. See read.h and model section 2. */
#include "read.h"

#define NONE ((nvb_text){0})

NVBI_WORDS_OF(document_kinds, NVB_DOCUMENT_KINDS);
NVBI_WORDS_OF(processes, NVB_PROCESSES);

/* --- sources and facts --- */

static const nvbi_row source_rows[] = {
    {"titel", NVBI_V_TEXT, NVBI_REQUIRED, offsetof(nvb_source, title), .example = "\"...\""},
    NVBI_PLAIN("vindplaats", NVBI_V_WORDS, 0, offsetof(nvb_source, reference)),
    NVBI_PLAIN("datum", NVBI_V_DATE, 0, offsetof(nvb_source, date)),
};
const nvbi_shape nvbi_shape_source = {NVBI_ROWS(source_rows),
                                      sizeof(nvb_source),
                                      NULL,
                                      offsetof(nvb_source, id),
                                      NVBI_NO_OFFSET,
                                      NULL,
                                      NULL};

/* A number, also in quotes, or a text. */
static void read_fact(nvbi_reader *r, const nvbi_at *of, const cJSON *value, void *target)
{
    nvb_fact *f = target;
    nvbi_row row = {"waarde", NVBI_V_AMOUNT, .example = "\"8.4\""};
    nvb_input number = {0};
    if (nvbi_kind_of(value) == NVBI_NUMBER) {
        nvbi_read_number(r, &row, of, value, &number);
        f->text = nvbi_node_text(value);
        f->number = number.value;
        f->is_number = true;
        return;
    }
    if (nvbi_read_text(r, of, value, "waarde", false, &f->text))
        f->is_number = nvb_num_parse(r->calc, &f->number, f->text) == NVB_SYNTAX_OK;
}

static const nvbi_row fact_rows[] = {
    {"waarde", NVBI_V_CALL, NVBI_REQUIRED, .call = read_fact, .example = "\"8.4\""},
    NVBI_PLAIN("bron", NVBI_V_NAME, 0, offsetof(nvb_fact, source)),
};
static const nvbi_shape fact_shape = {NVBI_ROWS(fact_rows),
                                      sizeof(nvb_fact),
                                      NULL,
                                      offsetof(nvb_fact, id),
                                      offsetof(nvb_fact, path),
                                      NULL,
                                      NULL};

/* --- the parties --- */

static void read_digits(nvbi_reader *r,
                        const nvbi_at *of,
                        const cJSON *value,
                        nvb_party *party,
                        size_t n,
                        nvb_code code)
{
    nvb_text t = nvbi_kind_of(value) == NVBI_STRING ? nvbi_node_text(value) : NONE;
    bool good = t.n == n;
    for (size_t i = 0; i < t.n && good; i++)
        good = t.s[i] >= '0' && t.s[i] <= '9';
    if (good)
        party->code = t;
    else
        nvbi_fault_value(r, code, of, value, nvbi_node_key(value), nvbi_shown(r->arena, value),
                         NONE);
}

static void read_uzovi(nvbi_reader *r, const nvbi_at *of, const cJSON *value, void *target)
{
    read_digits(r, of, value, target, 4, NVB_E222);
}

static void read_agb(nvbi_reader *r, const nvbi_at *of, const cJSON *value, void *target)
{
    read_digits(r, of, value, target, 8, NVB_E223);
}

#define PARTY_NAME                                                                                 \
    {                                                                                              \
        "naam", NVBI_V_TEXT, NVBI_REQUIRED | NVBI_OFFER, offsetof(nvb_party, name),                \
            .example = "\"...\""                                                                   \
    }

static const nvbi_row insurer_rows[] = {
    PARTY_NAME,
    {"uzovi", NVBI_V_CALL, NVBI_REQUIRED | NVBI_OFFER, .call = read_uzovi, .example = "\"0403\""},
};
static const nvbi_row provider_rows[] = {
    PARTY_NAME,
    {"agb", NVBI_V_CALL, NVBI_REQUIRED | NVBI_OFFER, .call = read_agb, .example = "\"01234567\""},
};
static const nvbi_shape insurer_shape = {
    NVBI_ROWS(insurer_rows), sizeof(nvb_party), NULL, NVBI_NO_OFFSET, NVBI_NO_OFFSET, NULL, NULL};
static const nvbi_shape provider_shape = {
    NVBI_ROWS(provider_rows), sizeof(nvb_party), NULL, NVBI_NO_OFFSET, NVBI_NO_OFFSET, NULL, NULL};

/* --- benchmark, agreements, terms --- */

#define ID_ROW(type)                                                                               \
    {                                                                                              \
        "id", NVBI_V_NAME, NVBI_REQUIRED, offsetof(type, id), .example = "\"...\""                 \
    }
#define WORDS_ROW(key, type, field) NVBI_PLAIN(key, NVBI_V_WORDS, 0, offsetof(type, field))

/* A year or, for several years, words; kept as it was written. */
static void read_reference_year(nvbi_reader *r, const nvbi_at *of, const cJSON *value, void *target)
{
    nvbi_row row = {"peiljaar", NVBI_V_WHOLE, .example = "2024", .low = 1000, .high = 9999};
    nvb_text *out = &((nvb_benchmark *)target)->reference_year;
    int year = 0;
    if (nvbi_kind_of(value) != NVBI_NUMBER) {
        nvbi_read_text(r, of, value, "peiljaar", false, out);
        return;
    }
    nvbi_read_value(r, &row, of, value, &year);
    if (year)
        *out = nvbi_node_text(value);
}

static const nvbi_row benchmark_rows[] = {
    ID_ROW(nvb_benchmark),
    WORDS_ROW("omschrijving", nvb_benchmark, description),
    WORDS_ROW("populatie", nvb_benchmark, population),
    {"peiljaar", NVBI_V_CALL, .call = read_reference_year},
    WORDS_ROW("maatstaf", nvb_benchmark, measure),
    NVBI_PLAIN("aannames", NVBI_V_TEXTS, 0, offsetof(nvb_benchmark, assumptions)),
    NVBI_PLAIN("correcties", NVBI_V_TEXTS, 0, offsetof(nvb_benchmark, corrections)),
    WORDS_ROW("uitkomst", nvb_benchmark, outcome),
    WORDS_ROW("uitwerking", nvb_benchmark, elaboration),
};
static const nvbi_shape benchmark_shape = {
    NVBI_ROWS(benchmark_rows),
    sizeof(nvb_benchmark),
    "id",
    offsetof(nvb_benchmark, id),
    offsetof(nvb_benchmark, path),
    NULL,
    NULL,
};

static const nvbi_row agreement_rows[] = {
    ID_ROW(nvb_agreement),
    WORDS_ROW("akkoord", nvb_agreement, agreement),
    WORDS_ROW("doel", nvb_agreement, goal),
    WORDS_ROW("bijdrage", nvb_agreement, contribution),
    WORDS_ROW("verwijzing", nvb_agreement, reference),
};
static const nvbi_shape agreement_shape = {
    NVBI_ROWS(agreement_rows),
    sizeof(nvb_agreement),
    "id",
    offsetof(nvb_agreement, id),
    offsetof(nvb_agreement, path),
    NULL,
    NULL,
};

static const nvbi_row term_rows[] = {
    ID_ROW(nvb_term_text),
    WORDS_ROW("titel", nvb_term_text, title),
    WORDS_ROW("tekst", nvb_term_text, text),
};
static const nvbi_shape term_shape = {NVBI_ROWS(term_rows),
                                      sizeof(nvb_term_text),
                                      "id",
                                      offsetof(nvb_term_text, id),
                                      NVBI_NO_OFFSET,
                                      NULL,
                                      NULL};

/* --- arrangements: the article as a number or as text --- */

static void read_article(nvbi_reader *r, const nvbi_at *of, const cJSON *value, void *target)
{
    nvbi_kind kind = nvbi_kind_of(value);
    nvb_text t = kind == NVBI_NUMBER || kind == NVBI_STRING ? nvbi_node_text(value) : NONE;
    if (t.n == 1 && t.s[0] >= '5' && t.s[0] <= '7')
        ((nvb_arrangement *)target)->article = t.s[0] - '0';
    else
        nvbi_fault_value(r, NVB_E225, of, value, NVB_TEXT("artikel"), nvbi_shown(r->arena, value),
                         NVB_TEXT("5, 6, 7"));
}

/* Article 6 can be replaced face to face only; which process it is has been read by then. */
static void finish_arrangement(nvbi_reader *r, const nvbi_at *at, uint64_t seen, void *target)
{
    const nvb_arrangement *a = target;
    (void)seen;
    if (a->article == 6 && r->p->process == NVB_DIGITAL)
        nvbi_fault_value(r, NVB_E233, at, nvbi_member(at->json, "artikel"), NVB_TEXT("artikel 6"),
                         NVB_TEXT("\"contractering\": \"digitaal\""), NONE);
}

/* clang-format off */
static const nvbi_row arrangement_rows[] = {
    {"artikel", NVBI_V_CALL, NVBI_REQUIRED, .call = read_article, .example = "7"},
    {"tekst", NVBI_V_TEXT, NVBI_REQUIRED, offsetof(nvb_arrangement, text), .example = "\"...\""},
};
/* clang-format on */
static const nvbi_shape arrangement_shape = {
    NVBI_ROWS(arrangement_rows),
    sizeof(nvb_arrangement),
    NULL,
    NVBI_NO_OFFSET,
    offsetof(nvb_arrangement, path),
    NULL,
    finish_arrangement,
};

/* --- parts of the proposal itself --- */

static const nvbi_row reply_rows[] = {
    NVBI_PLAIN("uiterlijk", NVBI_V_DAY, 0, offsetof(nvb_proposal, reply_by)),
    WORDS_ROW("contact", nvb_proposal, contact),
};
static const nvbi_row statement_rows[] = {
    WORDS_ROW("basis", nvb_proposal, statement[NVB_ITEM_BASIS]),
    WORDS_ROW("indexatie", nvb_proposal, statement[NVB_ITEM_INDEXATION]),
    WORDS_ROW("op_en_afslagen", nvb_proposal, statement[NVB_ITEM_SURCHARGES]),
    WORDS_ROW("volume", nvb_proposal, statement[NVB_ITEM_VOLUME]),
    WORDS_ROW("benchmark", nvb_proposal, statement[NVB_ITEM_BENCHMARK]),
    WORDS_ROW("akkoorden", nvb_proposal, statement[NVB_ITEM_AGREEMENTS]),
};
static const nvbi_shape reply_shape = {
    NVBI_ROWS(reply_rows), sizeof(nvb_proposal), NULL, NVBI_NO_OFFSET, NVBI_NO_OFFSET, NULL, NULL};
static const nvbi_shape statement_shape = {NVBI_ROWS(statement_rows),
                                           sizeof(nvb_proposal),
                                           NULL,
                                           NVBI_NO_OFFSET,
                                           NVBI_NO_OFFSET,
                                           NULL,
                                           NULL};

static void
read_tariff_rounding(nvbi_reader *r, const nvbi_at *of, const cJSON *value, void *target)
{
    (void)target;
    if (!nvbi_need_object(r, of, value, &nvbi_shape_tariff_rounding))
        return;
    nvbi_at at = nvbi_at_child(r, of, value, nvbi_node_key(value));
    nvbi_read_object(r, &nvbi_shape_tariff_rounding, &at, &r->rounding);
}

/* --- the whole --- */

enum { ROW_KIND = 1, ROW_PROCESS = 2 };

#define SERIES(key, kind, bits, items, number, of)                                                 \
    {                                                                                              \
        key, kind, bits, offsetof(nvb_proposal, items), offsetof(nvb_proposal, number),            \
            .shape = &(of)                                                                         \
    }

/* What leans on something else comes later, and in this order: facts before steps, steps before
 * lines. */
/* clang-format off */
static const nvbi_row proposal_rows[] = {
    {"formaat", NVBI_V_KEPT, NVBI_REQUIRED, .example = "\"navolgbaar/voorstel/1\""},
    [ROW_KIND] = {"soort", NVBI_V_ENUM, NVBI_REQUIRED | NVBI_OFFER, offsetof(nvb_proposal, kind),
        .words = &document_kinds, .example = "\"contractvoorstel\""},
    [ROW_PROCESS] = {"contractering", NVBI_V_ENUM, 0, offsetof(nvb_proposal, process),
        .words = &processes, .example = "\"digitaal\""},
    {"kenmerk", NVBI_V_TEXT, NVBI_REQUIRED | NVBI_OFFER, offsetof(nvb_proposal, reference),
        .example = "\"...\""},
    {"ronde", NVBI_V_WHOLE, 0, offsetof(nvb_proposal, round), .example = "1", .low = 1,
        .high = 9999},
    NVBI_PLAIN("datum", NVBI_V_DAY, 0, offsetof(nvb_proposal, date)),
    {"contractjaar", NVBI_V_WHOLE, NVBI_REQUIRED | NVBI_OFFER, offsetof(nvb_proposal, year), .example = "2026",
        .low = 1000, .high = 9999},
    {"zorgverzekeraar", NVBI_V_OBJECT, NVBI_REQUIRED | NVBI_OFFER, offsetof(nvb_proposal, insurer),
        .shape = &insurer_shape, .example = "{\"naam\": \"...\", \"uzovi\": \"0403\"}"},
    {"zorgaanbieder", NVBI_V_OBJECT, NVBI_REQUIRED | NVBI_OFFER, offsetof(nvb_proposal, provider),
        .shape = &provider_shape, .example = "{\"naam\": \"...\", \"agb\": \"01234567\"}"},
    NVBI_PLAIN("sector", NVBI_V_WORDS, 0, offsetof(nvb_proposal, sector)),
    NVBI_PLAIN("aanvullend", NVBI_V_BOOL, 0, offsetof(nvb_proposal, additional)),
    SERIES("bronnen", NVBI_V_MAP, 0, sources, n_sources, nvbi_shape_source),
    SERIES("kenmerken", NVBI_V_MAP, 0, facts, n_facts, fact_shape),
    SERIES("indexen", NVBI_V_MAP, 0, indices, n_indices, nvbi_shape_index),
    {"tariefafronding", NVBI_V_CALL, .call = read_tariff_rounding},
    {"stappen", NVBI_V_CALL, NVBI_LATER, .call = nvbi_read_shared_steps},
    {"groepen", NVBI_V_CALL, NVBI_LATER, .call = nvbi_read_groups},
    NVBI_PLAIN("catalogus", NVBI_V_KEPT, 0, 0),
    {"prestaties", NVBI_V_LIST, NVBI_REQUIRED | NVBI_NOT_EMPTY | NVBI_LATER,
        offsetof(nvb_proposal, lines), offsetof(nvb_proposal, n_lines), .shape = &nvbi_shape_line,
        .example = "[{\"code\": \"12010\", \"basis\": {...}}]"},
    SERIES("plafonds", NVBI_V_LIST, NVBI_LATER, ceilings, n_ceilings, nvbi_shape_ceiling),
    SERIES("benchmark", NVBI_V_LIST, 0, benchmarks, n_benchmarks, benchmark_shape),
    SERIES("akkoorden", NVBI_V_LIST, 0, agreements, n_agreements, agreement_shape),
    SERIES("voorwaarden", NVBI_V_LIST, 0, terms, n_terms, term_shape),
    {"reactie", NVBI_V_OBJECT, 0, 0, .shape = &reply_shape},
    SERIES("afspraken", NVBI_V_LIST, NVBI_LATER, arrangements, n_arrangements, arrangement_shape),
    {"toelichting", NVBI_V_OBJECT, 0, 0, .shape = &statement_shape},
    NVBI_PLAIN("beleid", NVBI_V_KEPT, 0, 0),
};
/* clang-format on */

static void init_proposal(void *target)
{
    nvb_proposal *p = target;
    p->process = NVB_PROCESS_COUNT;
    p->round = 1;
}

static void finish_proposal(nvbi_reader *r, const nvbi_at *at, uint64_t seen, void *target)
{
    nvb_proposal *p = target;
    bool contract = nvbi_saw(seen, ROW_KIND) && p->kind == NVB_CONTRACT;
    const cJSON *policy = nvbi_member(at->json, "x-beleid");
    if (!nvbi_saw(seen, ROW_PROCESS) && !contract && !r->doc->audited)
        nvbi_fault(r, NVB_E203, at, NVB_TEXT("contractering"),
                   NVB_TEXT("\"contractering\": \"digitaal\""), NONE);
    if (policy && nvbi_kind_of(policy) == NVBI_STRING)
        p->policy = nvbi_node_text(policy);
    nvbi_previous_header(r);
}

const nvbi_shape nvbi_shape_proposal = {
    NVBI_ROWS(proposal_rows), sizeof(nvb_proposal), NULL,           NVBI_NO_OFFSET,
    NVBI_NO_OFFSET,           init_proposal,        finish_proposal};

bool nvbi_read_proposal(nvb_document *d, nvb_diag *diag)
{
    static const nvb_text top = {"", 0};
    nvb_proposal *p = NVBI_NEW(&d->arena, nvb_proposal, 1);
    if (!p)
        return false;
    nvbi_reader r = {
        .doc = d,
        .arena = &d->arena,
        .calc = d->calc,
        .diag = diag,
        .p = p,
        .rounding = {.decimals = 2, .mode = NVB_ARITHMETIC},
    };
    nvbi_at at = {d->root, &top, NVB_TEXT(""), 0};
    nvbi_read_object(&r, &nvbi_shape_proposal, &at, p);
    d->proposal = p;
    return !d->arena.failed && nvb_calc_take_error(d->calc) != NVB_NUM_MEMORY;
}
