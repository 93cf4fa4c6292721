/*
 * document_claims.c: the figures (`knopen`) of an explanation somebody else made, as claims.
 *
 * They are not believed, but they must be readable: each has a path of its own and a number,
 * `breuk` and `waarde` agree, and what a figure says it comes from (`uit`) is there and leads to no
 * circle (claims_origins.c). The file may be hostile and hold a million of them: names are sorted,
 * nothing is walked twice and nothing calls itself.
 */
#include "claims.h"

#define NONE ((nvb_text){0})

/* "/knopen/3" or "/knopen/3/waarde". */
static nvb_text place_of(nvbi_claims *c, size_t i, const char *key)
{
    nvb_buffer out = NVB_BUFFER_INIT;
    nvb_buffer_str(&out, "/knopen/");
    nvb_buffer_uint(&out, i);
    if (key) {
        nvb_buffer_byte(&out, '/');
        nvb_buffer_str(&out, key);
    }
    return nvbi_take_buffer(&c->d->arena, &out);
}

void nvbi_claims_fault(nvbi_claims *c,
                       nvb_code code,
                       size_t i,
                       const char *key,
                       const cJSON *node,
                       nvb_text w1,
                       nvb_text w2,
                       nvb_text w3)
{
    nvb_text path = c->faults++ < NVB_MAX_PROBLEMS ? place_of(c, i, key) : NVB_TEXT("/knopen");
    nvbi_document_problem(c->d, c->diag, code, node, false, path, w1, w2, w3);
}

/* --- numbers, as long as the writer makes them --- */

enum { AT_ONCE = 18 };

static size_t digits_of(nvb_text t, size_t from)
{
    size_t n = 0;
    while (from + n < t.n && t.s[from + n] >= '0' && t.s[from + n] <= '9')
        n++;
    return n;
}

/* The whole number in `n` digits. */
static nvb_num whole(nvb_calc *calc, const char *s, size_t n)
{
    nvb_num value = nvb_num_int(0);
    while (n > 0) {
        size_t take = n < AT_ONCE ? n : AT_ONCE;
        int64_t part = 0;
        for (size_t i = 0; i < take; i++)
            part = part * 10 + (s[i] - '0');
        value = nvb_num_add(calc, nvb_num_shift(calc, value, (int)take), nvb_num_int(part));
        s += take;
        n -= take;
    }
    return value;
}

typedef enum shape { FITS, NO_NUMBER, TOO_LONG } shape;

/* `-?digits[.digits]`; *decimals is how many stand after the point. */
static shape read_decimal(nvb_calc *calc, nvb_text t, nvb_num *out, size_t *decimals)
{
    size_t sign = t.n && t.s[0] == '-', before = digits_of(t, sign), at = sign + before;
    bool point = at < t.n && t.s[at] == '.';
    *decimals = point ? digits_of(t, at + 1) : 0;
    if (before == 0 || (point && *decimals == 0) || at + point + *decimals != t.n)
        return NO_NUMBER;
    if (before + *decimals > NVB_MAX_DIGITS)
        return TOO_LONG;
    nvb_num value = nvb_num_shift(calc, whole(calc, t.s + sign, before), (int)*decimals);
    if (*decimals)
        value = nvb_num_add(calc, value, whole(calc, t.s + at + 1, *decimals));
    value = nvb_num_shift(calc, value, -(int)*decimals);
    *out = sign ? nvb_num_neg(calc, value) : value;
    return FITS;
}

/* `-?digits/digits`. */
static shape read_fraction(nvb_calc *calc, nvb_text t, nvb_num *out, bool *by_zero)
{
    size_t sign = t.n && t.s[0] == '-', above = digits_of(t, sign), at = sign + above;
    size_t below = at < t.n && t.s[at] == '/' ? digits_of(t, at + 1) : 0;
    if (above == 0 || below == 0 || at + 1 + below != t.n)
        return NO_NUMBER;
    if (above > NVB_MAX_DIGITS || below > NVB_MAX_DIGITS)
        return TOO_LONG;
    nvb_num bottom = whole(calc, t.s + at + 1, below);
    *by_zero = nvb_num_sign(bottom) == 0;
    if (*by_zero)
        return FITS;
    nvb_num value = nvb_num_div(calc, whole(calc, t.s + sign, above), bottom);
    *out = sign ? nvb_num_neg(calc, value) : value;
    return FITS;
}

/* --- a figure --- */

static nvb_text written(const cJSON *node)
{
    nvbi_kind kind = nvbi_kind_of(node);
    return kind == NVBI_STRING || kind == NVBI_NUMBER ? nvbi_node_text(node) : NVB_TEXT("");
}

static void bad_number(nvbi_claims *c, size_t i, const cJSON *node, shape is, const char *example)
{
    nvb_text key = nvbi_node_key(node), shown = nvbi_shown(&c->d->arena, node);
    if (is == TOO_LONG)
        nvbi_claims_fault(c, NVB_E402, i, key.s, node, NONE, NONE, NONE);
    else
        nvbi_claims_fault(c, NVB_E217, i, key.s, node, key, shown,
                          (nvb_text){example, strlen(example)});
}

/* `waarde` and `breuk`; false when there is no number to claim. */
static bool read_value(nvbi_claims *c, size_t i, const cJSON *item, nvb_claim *out)
{
    const cJSON *value = nvbi_member(item, "waarde"), *broken = nvbi_member(item, "breuk");
    const cJSON *exact = nvbi_member(item, "exact");
    nvb_calc *calc = c->d->calc;
    size_t decimals = 0;
    bool by_zero = false;
    nvb_num full = {0};
    if (!value) {
        nvbi_claims_fault(c, NVB_E203, i, NULL, item, NVB_TEXT("waarde"),
                          NVB_TEXT("\"waarde\": \"12.50\""), NONE);
        return false;
    }
    shape is = read_decimal(calc, written(value), &out->value, &decimals);
    if (is != FITS)
        bad_number(c, i, value, is, "\"12.50\"");
    shape was = broken ? read_fraction(calc, written(broken), &full, &by_zero) : FITS;
    if (was != FITS)
        bad_number(c, i, broken, was, "\"1/3\"");
    else if (by_zero)
        nvbi_claims_fault(c, NVB_E216, i, "breuk", broken, NVB_TEXT("breuk"),
                          nvbi_shown(&c->d->arena, broken), NONE);
    if (is != FITS || was != FITS || by_zero)
        return false;
    out->is_rounded =
        !broken && exact && nvbi_kind_of(exact) == NVBI_BOOL && !(exact->type & cJSON_True);
    if (!broken)
        return true;
    nvb_num rounded = decimals <= NVB_SHOWN_DECIMALS
                          ? nvb_num_round(calc, full, (unsigned)decimals, NVB_ARITHMETIC)
                          : full;
    if (nvb_num_cmp(calc, rounded, out->value) != 0)
        nvbi_claims_fault(c, NVB_E270, i, "breuk", broken, nvbi_shown(&c->d->arena, broken),
                          nvbi_shown(&c->d->arena, value), NONE);
    out->value = full;
    return true;
}

/* The path of a figure; absent with a problem. */
static nvb_text read_path(nvbi_claims *c, size_t i, const cJSON *item)
{
    const cJSON *path = nvbi_member(item, "pad");
    if (!path)
        nvbi_claims_fault(c, NVB_E203, i, NULL, item, NVB_TEXT("pad"),
                          NVB_TEXT("\"pad\": \"/prestaties/12010/tarief\""), NONE);
    else if (nvbi_kind_of(path) != NVBI_STRING)
        nvbi_claims_fault(c, NVB_E204, i, "pad", path, NVB_TEXT("pad"),
                          nvbi_shown(&c->d->arena, path), NVB_TEXT("\"/prestaties/12010/tarief\""));
    else if (path->valuestring[0] == '\0')
        nvbi_claims_fault(c, NVB_E234, i, "pad", path, NVB_TEXT("pad"), NONE, NONE);
    else
        return nvbi_node_text(path);
    return NONE;
}

static void read_node(nvbi_claims *c, size_t i, const cJSON *item)
{
    nvb_claim *claim = &c->claims[c->n];
    if (nvbi_kind_of(item) != NVBI_OBJECT) {
        nvbi_claims_fault(c, NVB_E208, i, NULL, item, NVB_TEXT("knopen"),
                          nvbi_shown(&c->d->arena, item),
                          NVB_TEXT("{\"pad\": \"...\", \"waarde\": \"...\"}"));
        return;
    }
    claim->path = read_path(c, i, item);
    if (!read_value(c, i, item, claim) || !nvb_text_given(claim->path))
        return;
    c->items[c->n] = item;
    c->number[c->n] = i;
    c->between[c->n] = nvbi_member(item, "tussen") != NULL;
    c->paths[c->n] = (nvbi_key_entry){claim->path, c->n};
    c->n++;
}

/* Each path once. What comes later is told where the first stands, and whether they agree. */
static void refuse_doubles(nvbi_claims *c)
{
    for (size_t k = 1, first = 0; k < c->n; k++) {
        if (!nvb_text_equal(c->paths[k].text, c->paths[first].text)) {
            first = k;
            continue;
        }
        size_t one = c->paths[first].number, two = c->paths[k].number;
        bool same = nvb_num_cmp(c->d->calc, c->claims[one].value, c->claims[two].value) == 0;
        const cJSON *other = nvbi_member(c->items[one], "waarde");
        nvb_text path = c->faults < NVB_MAX_PROBLEMS ? place_of(c, c->number[one], NULL) : NONE;
        nvbi_claims_fault(c, NVB_E271, c->number[two], "pad", nvbi_member(c->items[two], "pad"),
                          c->claims[two].path, path, same ? NONE : nvbi_shown(&c->d->arena, other));
    }
}

static bool make_room(nvbi_claims *c, size_t n)
{
    nvbi_arena *a = &c->d->arena;
    c->claims = NVBI_NEW(a, nvb_claim, n + 1);
    c->items = NVBI_NEW(&c->work, const cJSON *, n + 1);
    c->number = NVBI_NEW(&c->work, size_t, n + 1);
    c->between = NVBI_NEW(&c->work, bool, n + 1);
    c->paths = NVBI_NEW(&c->work, nvbi_key_entry, n + 1);
    return c->claims && c->items && c->number && c->between && c->paths;
}

static void read_all(nvbi_claims *c, const cJSON *nodes)
{
    size_t i = 0;
    for (const cJSON *item = nodes->child; item; item = item->next, i++)
        read_node(c, i, item);
    nvbi_keys_sort(c->paths, c->n);
    refuse_doubles(c);
    if (c->faults == 0)
        nvbi_claims_origins(c);
    /* A figure between two bounds is no number that can follow. */
    for (size_t k = 0; k < c->n; k++)
        if (!c->between[k])
            c->claims[c->d->n_claims++] = c->claims[k];
    c->d->claims = c->claims;
}

void nvbi_document_claims(nvb_document *d, const cJSON *explanation, nvb_diag *diag)
{
    nvbi_claims c = {.d = d, .diag = diag};
    const cJSON *format = nvbi_member(explanation, "formaat"),
                *nodes = nvbi_member(explanation, "knopen");
    if (!nvb_text_equal(nvbi_node_text(format), NVB_TEXT(NVBI_EXPLANATION_FORMAT)))
        return;
    d->is_explanation = true;
    if (!nodes) {
        nvbi_document_problem(d, diag, NVB_E203, explanation, false, NVB_TEXT(""),
                              NVB_TEXT("knopen"), NVB_TEXT("\"knopen\": [...]"), NONE);
        return;
    }
    if (nvbi_kind_of(nodes) != NVBI_LIST) {
        nvbi_document_problem(d, diag, NVB_E209, nodes, false, NVB_TEXT("/knopen"),
                              NVB_TEXT("knopen"), nvbi_shown(&d->arena, nodes),
                              NVB_TEXT("[{\"pad\": \"...\", \"waarde\": \"...\"}]"));
        return;
    }
    nvbi_arena_init(&c.work);
    if (make_room(&c, nvbi_count(nodes)))
        read_all(&c, nodes);
    d->arena.failed |= c.work.failed;
    nvbi_arena_release(&c.work);
}
