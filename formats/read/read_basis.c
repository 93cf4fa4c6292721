/* read_basis.c: the base amount of a line or ceiling, and its limits. See read.h and model sections
 * 4 and 5. */
#include "read.h"

#define NONE ((nvb_text){0})

NVBI_WORDS_OF(base_kinds, NVB_BASE_KINDS);

enum {
    B_KIND,
    B_AMOUNT,
    B_LINE,
    B_OF,
    B_PERCENTAGE,
    B_FACTOR,
    B_YEAR,
    B_LAST,
    B_DESCRIPTION,
    B_REASON,
    B_SOURCE
};

/* `van`: which figure of the other line. */
static void read_of(nvbi_reader *r, const nvbi_at *of, const cJSON *value, void *target)
{
    static const char *const items[] = {"onafgerond", "tarief"};
    static const nvbi_words words = {items, 2};
    unsigned which = 0;
    nvbi_row row = {"van", NVBI_V_ENUM, .words = &words};
    nvbi_read_value(r, &row, of, value, &which);
    ((nvb_basis *)target)->of_tariff = which == 1;
}

/* `vorig`: which figure of last year's build-up. */
static void read_last(nvbi_reader *r, const nvbi_at *of, const cJSON *value, void *target)
{
    nvb_text *last = &((nvb_basis *)target)->last;
    if (!nvbi_read_text(r, of, value, "vorig", false, last))
        return;
    bool step = last->n > 3 && memcmp(last->s, "na:", 3) == 0;
    if (step || nvb_text_equal(*last, NVB_TEXT("tarief")) ||
        nvb_text_equal(*last, NVB_TEXT("onafgerond")))
        return;
    nvbi_fault_value(r, NVB_E225, of, value, NVB_TEXT("vorig"), nvbi_shown(r->arena, value),
                     NVB_TEXT("tarief, onafgerond, na:\u2039id\u203A"));
}

/* clang-format off */
static const nvbi_row basis_rows[] = {
    [B_KIND] = {"soort", NVBI_V_ENUM, NVBI_REQUIRED, offsetof(nvb_basis, kind),
        .words = &base_kinds, .example = "\"vorig_contract\""},
    [B_AMOUNT] = {"bedrag", NVBI_V_AMOUNT, 0, offsetof(nvb_basis, amount), .example = "\"104.35\""},
    [B_LINE] = NVBI_PLAIN("prestatie", NVBI_V_NAME, 0, offsetof(nvb_basis, line)),
    [B_OF] = {"van", NVBI_V_CALL, .call = read_of},
    [B_PERCENTAGE] = {"percentage", NVBI_V_PERCENT, 0, offsetof(nvb_basis, percentage),
        .example = "\"90%\""},
    [B_FACTOR] = {"factor",NVBI_V_FACTOR,0, offsetof(nvb_basis, factor), .example = "\"0.5\""},
    [B_YEAR] = {"jaar", NVBI_V_WHOLE, 0, offsetof(nvb_basis, year), .example = "2025", .low = 1000,
        .high = 9999},
    [B_LAST] = {"vorig", NVBI_V_CALL, .call = read_last},
    [B_DESCRIPTION] = NVBI_PLAIN("omschrijving", NVBI_V_TEXT, 0, offsetof(nvb_basis, description)),
    [B_REASON] = NVBI_PLAIN("reden", NVBI_V_TEXT, 0, offsetof(nvb_basis, reason)),
    [B_SOURCE] = NVBI_PLAIN("bron", NVBI_V_NAME, 0, offsetof(nvb_basis, source)),
};
/* clang-format on */

static void init_basis(void *target)
{
    nvb_basis *b = target;
    b->given = true;
    b->kind = NVB_BASE_KIND_COUNT;
}

static void finish_basis(nvbi_reader *r, const nvbi_at *at, uint64_t seen, void *target)
{
    static const unsigned what[] = {B_AMOUNT, B_LINE};
    nvb_basis *b = target;
    b->expected = nvbi_is_expected(r->doc, at->json);
    nvbi_one_of(r, at, seen, basis_rows, what, 2);
    if (nvbi_saw(seen, B_OF) && nvbi_saw(seen, B_AMOUNT))
        nvbi_fault_key(r, NVB_E233, at, nvbi_member(at->json, "van"), NVB_TEXT("van"),
                       NVB_TEXT("\"bedrag\""), NONE);
    if (!nvbi_saw(seen, B_LAST) || b->kind == NVB_LAST_CONTRACT || b->kind == NVB_BASE_KIND_COUNT)
        return;
    nvb_text kind = nvbi_pair(r, "soort", nvbi_shown(r->arena, nvbi_member(at->json, "soort")).s);
    nvbi_fault_key(r, NVB_E233, at, nvbi_member(at->json, "vorig"), NVB_TEXT("vorig"), kind, NONE);
}

const nvbi_shape nvbi_shape_basis = {NVBI_ROWS(basis_rows), sizeof(nvb_basis),         NULL,
                                     NVBI_NO_OFFSET,        offsetof(nvb_basis, path), init_basis,
                                     finish_basis};

/* clang-format off */
static const nvbi_row limit_rows[] = {
    {"bedrag", NVBI_V_AMOUNT, NVBI_REQUIRED, offsetof(nvb_limit, amount), .example = "\"104.35\""},
    {"percentage", NVBI_V_PERCENT, NVBI_POSITIVE, offsetof(nvb_limit, percentage),
        .example = "\"110%\""},
    NVBI_PLAIN("bron", NVBI_V_NAME, 0, offsetof(nvb_limit, source)),
};
/* clang-format on */

static void init_limit(void *target)
{
    ((nvb_limit *)target)->given = true;
}

const nvbi_shape nvbi_shape_limit = {
    NVBI_ROWS(limit_rows),     sizeof(nvb_limit), NULL, NVBI_NO_OFFSET,
    offsetof(nvb_limit, path), init_limit,        NULL};
