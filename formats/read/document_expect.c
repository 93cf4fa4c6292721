/*
 * document_expect.c: what the reader of an offer expects, where the offer itself gives nothing.
 *
 * The tree of the expectations lies beneath the document as a policy does, with one difference: a
 * figure that the offer gives stands as a whole (an index with its percentage, a base with its
 * amount), so that no half of ours is put to a half of theirs. Claims are never filled in.
 */
#include "document_own.h"

#include "formats/json/json_keys.h"

#define NONE ((nvb_text){0})

/* What an object is; entries of maps and everything deeper are figures or descriptions. */
typedef enum where { TOP, LINE, MAP, INDICES, INDEX, ENTRY } where;

typedef struct job job;
struct job {
    job *next;
    where place;
    cJSON *node;       /* an object of the merged tree, of the arena */
    const cJSON *from; /* the object beneath it */
};

/* What the other party says, so never what we expect of it; and what names another file. */
static const struct {
    where place;
    const char *key;
} never[] = {
    {LINE,  "tarief"     },
    {INDEX, "gesteld"    },
    {TOP,   "toelichting"},
    {TOP,   "beleid"     },
};
/* An entry that has one of these is a figure of its own. */
static const char *const whole[] = {"percentage", "bedrag", "prestatie",
                                    "aantal",     "waarde", "titel"};
/* Keys that cannot stand beside each other. */
static const char *const rivals[][2] = {
    {"componenten", "percentage"},
    {"componenten", "soort"     },
    {"basis",       "aantal"    },
};

typedef struct filling {
    nvb_document *d;
    nvb_diag *diag;
    job *jobs;
    unsigned told; /* a bit for each of `never` */
} filling;

/* An entry for a line that the offer may have. */
typedef struct expected_lines {
    const cJSON **entries;
    nvbi_key_entry *codes;
    bool *used;
    size_t n;
} expected_lines;

static bool push(filling *f, where place, cJSON *node, const cJSON *from)
{
    job *j = NVBI_NEW(&f->d->arena, job, 1);
    if (!j || !nvbi_node_own(&f->d->arena, node))
        return false;
    *j = (job){f->jobs, place, node, from};
    f->jobs = j;
    return true;
}

static where place_below(where above, const cJSON *from)
{
    if (above == TOP)
        return strcmp(from->string, "indexen") == 0 ? INDICES : MAP;
    return above == INDICES ? INDEX : ENTRY;
}

static bool is_never(filling *f, where place, const cJSON *from)
{
    for (unsigned i = 0; i < sizeof never / sizeof *never; i++) {
        if (never[i].place != place || strcmp(from->string, never[i].key) != 0)
            continue;
        if (!(f->told & 1U << i))
            nvbi_document_problem(f->d, f->diag, NVB_E610, from, true, NVB_TEXT(""),
                                  nvbi_node_key(from), NONE, NONE);
        f->told |= 1U << i;
        return true;
    }
    return false;
}

static bool has_rival(const cJSON *node, const char *key)
{
    for (size_t i = 0; i < sizeof rivals / sizeof *rivals; i++)
        for (unsigned side = 0; side < 2; side++)
            if (strcmp(key, rivals[i][side]) == 0 && nvbi_member(node, rivals[i][1 - side]))
                return true;
    return false;
}

static bool is_whole(where place, const cJSON *node)
{
    for (size_t i = 0; i < sizeof whole / sizeof *whole && (place == INDEX || place == ENTRY); i++)
        if (nvbi_member(node, whole[i]))
            return true;
    return false;
}

/* Lines are filled one by one; what the file is, is no expectation. */
static bool is_own_business(where place, const cJSON *from)
{
    return place == TOP &&
           (strcmp(from->string, "prestaties") == 0 || strcmp(from->string, "catalogus") == 0 ||
            strcmp(from->string, "formaat") == 0);
}

/* A value that the document lacks; of an object only what counts, so it is filled in its turn. */
static cJSON *added(filling *f, where place, const cJSON *from)
{
    cJSON *node = nvbi_node_copy(&f->d->arena, from);
    if (!node || nvbi_kind_of(from) != NVBI_OBJECT)
        return node;
    node->child = NULL;
    node->type |= NVBI_OWN;
    return push(f, place, node, from) ? node : NULL;
}

/* The children of an object by name. */
static bool
sort_children(nvbi_arena *a, cJSON *node, size_t n, nvbi_key_entry **keys, cJSON ***nodes)
{
    size_t i = 0;
    *nodes = NVBI_NEW(a, cJSON *, n + 1);
    *keys = NVBI_NEW(a, nvbi_key_entry, n + 1);
    if (!*nodes || !*keys)
        return false;
    for (cJSON *child = node->child; child; child = child->next, i++) {
        (*nodes)[i] = child;
        (*keys)[i] = (nvbi_key_entry){nvbi_node_key(child), i};
    }
    nvbi_keys_sort(*keys, n);
    return true;
}

/* One object: keys it lacks are added, objects found on both sides wait for their turn. */
static bool fill(filling *f, const job *j)
{
    nvbi_key_entry *keys;
    cJSON **nodes, **last = &j->node->child;
    size_t n = nvbi_count(j->node);
    if (!sort_children(&f->d->arena, j->node, n, &keys, &nodes))
        return false;
    while (*last)
        last = &(*last)->next;
    for (const cJSON *from = j->from->child; from; from = from->next) {
        where below = place_below(j->place, from);
        if (is_own_business(j->place, from) || is_never(f, j->place, from))
            continue;
        const nvbi_key_entry *found = nvbi_keys_find(keys, n, nvbi_node_key(from));
        cJSON *node = found ? nodes[found->number] : NULL;
        bool both = node && nvbi_kind_of(node) == NVBI_OBJECT && nvbi_kind_of(from) == NVBI_OBJECT;
        if (both && !is_whole(below, node) && !push(f, below, node, from))
            return false;
        if (node || has_rival(j->node, from->string))
            continue;
        *last = added(f, below, from);
        if (!*last)
            return false;
        last = &(*last)->next;
    }
    return true;
}

static bool fill_all(filling *f, where place, cJSON *node, const cJSON *from)
{
    if (!push(f, place, node, from))
        return false;
    while (f->jobs) {
        job *j = f->jobs;
        f->jobs = j->next;
        if (!fill(f, j))
            return false;
    }
    return true;
}

/* --- lines --- */

static void wrong_kind(filling *f, nvb_code code, const cJSON *node, const char *form)
{
    nvb_text name = node->string ? nvbi_node_key(node) : NVB_TEXT("prestaties");
    nvbi_document_problem(f->d, f->diag, code, node, false, NVB_TEXT(""), name,
                          nvbi_shown(&f->d->arena, node), (nvb_text){form, strlen(form)});
}

static const cJSON *member_of_kind(filling *f, const cJSON *of, const char *key, nvbi_kind kind)
{
    const cJSON *node = nvbi_member(of, key);
    if (!node || nvbi_kind_of(node) == kind)
        return node;
    if (kind == NVBI_LIST)
        wrong_kind(f, NVB_E209, node, "[{\"code\": \"12010\", ...}]");
    else
        wrong_kind(f, NVB_E208, node, "{\"12010\": {...}}");
    return NULL;
}

/* The code of an item of `prestaties`; absent with a problem. */
static nvb_text code_of(filling *f, const cJSON *item)
{
    const cJSON *code = nvbi_member(item, "code");
    if (nvbi_kind_of(item) != NVBI_OBJECT)
        wrong_kind(f, NVB_E208, item, "{\"code\": \"12010\", ...}");
    else if (!code)
        nvbi_document_problem(f->d, f->diag, NVB_E203, item, false, NVB_TEXT(""), NVB_TEXT("code"),
                              NVB_TEXT("\"code\": \"12010\""), NONE);
    else if (nvbi_kind_of(code) != NVBI_STRING)
        wrong_kind(f, NVB_E204, code, "\"12010\"");
    else
        return nvbi_node_text(code);
    return NONE;
}

static void add_entry(expected_lines *l, const cJSON *entry, nvb_text code)
{
    l->entries[l->n] = entry;
    l->codes[l->n] = (nvbi_key_entry){code, l->n};
    l->n++;
}

/* Entries of `prestaties` come before those of `catalogus`; *own is how many of the first. */
static bool gather(filling *f, const cJSON *expected, expected_lines *l, size_t *own)
{
    const cJSON *list = member_of_kind(f, expected, "prestaties", NVBI_LIST);
    const cJSON *map = member_of_kind(f, expected, "catalogus", NVBI_OBJECT);
    size_t room = (list ? nvbi_count(list) : 0) + (map ? nvbi_count(map) : 0) + 1;
    l->entries = NVBI_NEW(&f->d->arena, const cJSON *, room);
    l->codes = NVBI_NEW(&f->d->arena, nvbi_key_entry, room);
    l->used = NVBI_NEW(&f->d->arena, bool, room);
    if (!l->entries || !l->codes || !l->used)
        return false;
    for (const cJSON *item = list ? list->child : NULL; item; item = item->next) {
        nvb_text code = code_of(f, item);
        if (nvb_text_given(code))
            add_entry(l, item, code);
    }
    *own = l->n;
    for (const cJSON *item = map ? map->child : NULL; item; item = item->next) {
        if (nvbi_kind_of(item) == NVBI_OBJECT)
            add_entry(l, item, nvbi_node_key(item));
        else if (strncmp(item->string, "x-", 2) != 0)
            wrong_kind(f, NVB_E208, item, "{...}");
    }
    nvbi_keys_sort(l->codes, l->n);
    for (size_t i = 1; i < l->n; i++)
        if (l->codes[i].number < *own && nvb_text_equal(l->codes[i - 1].text, l->codes[i].text))
            nvbi_document_problem(f->d, f->diag, NVB_E228,
                                  nvbi_member(l->entries[l->codes[i].number], "code"), false,
                                  NVB_TEXT(""), NVB_TEXT("code"), l->codes[i].text, NONE);
    return true;
}

static bool fill_line(filling *f, cJSON *line, expected_lines *l)
{
    const cJSON *code = nvbi_member(line, "code");
    if (!code || nvbi_kind_of(code) != NVBI_STRING)
        return true;
    const nvbi_key_entry *found = nvbi_keys_find(l->codes, l->n, nvbi_node_text(code));
    for (; found && found < l->codes + l->n && nvb_text_equal(found->text, nvbi_node_text(code));
         found++) {
        l->used[found->number] = true;
        if (!fill_all(f, LINE, line, l->entries[found->number]))
            return false;
    }
    return true;
}

static bool fill_lines(filling *f, const cJSON *expected)
{
    expected_lines l = {0};
    size_t own = 0;
    cJSON *lines = f->d->root->child;
    while (lines && strcmp(lines->string, "prestaties") != 0)
        lines = lines->next;
    if (!gather(f, expected, &l, &own))
        return false;
    if (!lines || nvbi_kind_of(lines) != NVBI_LIST)
        return true;
    if (!nvbi_node_own(&f->d->arena, lines))
        return false;
    for (cJSON *line = lines->child; line; line = line->next)
        if (nvbi_kind_of(line) == NVBI_OBJECT && !fill_line(f, line, &l))
            return false;
    for (size_t i = 0; i < own; i++)
        if (!l.used[i])
            nvbi_document_problem(f->d, f->diag, NVB_E611, nvbi_member(l.entries[i], "code"), false,
                                  NVB_TEXT(""), nvbi_node_text(nvbi_member(l.entries[i], "code")),
                                  NONE, NONE);
    return true;
}

bool nvbi_document_expect(nvb_document *d, const cJSON *expected, nvb_diag *diag)
{
    filling f = {.d = d, .diag = diag};
    if (!nvbi_document_format(d, expected, NVBI_PROPOSAL_FORMAT, NVBI_PROPOSAL_FORMAT, diag))
        return false;
    if (fill_all(&f, TOP, d->root, expected) && fill_lines(&f, expected))
        return true;
    d->arena.failed = true;
    return false;
}

bool nvbi_is_expected(const nvb_document *d, const cJSON *node)
{
    static const char *const said[] = {"omschrijving", "bron", "reden", "jaar"};
    if (node->valueint >= d->expected_first && node->valueint < d->expected_end)
        return true;
    for (const cJSON *child = node->child; child; child = child->next) {
        bool figure = child->valueint >= d->expected_first && child->valueint < d->expected_end;
        for (size_t i = 0; i < sizeof said / sizeof *said && figure && child->string; i++)
            figure = strcmp(child->string, said[i]) != 0;
        if (figure)
            return true;
    }
    return false;
}

/* --- the expectations by themselves --- */

/* Leaves of the indices those that give a figure. */
static bool keep_whole(nvb_document *d, cJSON *indices)
{
    if (nvbi_kind_of(indices) != NVBI_OBJECT)
        return true;
    if (!nvbi_node_own(&d->arena, indices))
        return false;
    for (cJSON **child = &indices->child; *child;) {
        if (nvbi_member(*child, "percentage") || nvbi_member(*child, "componenten"))
            child = &(*child)->next;
        else
            *child = (*child)->next;
    }
    return true;
}

bool nvbi_document_keep_indices(nvb_document *d)
{
    for (cJSON **child = &d->root->child; *child;) {
        bool indices = strcmp((*child)->string, "indexen") == 0;
        bool kept = indices || strcmp((*child)->string, "formaat") == 0 ||
                    strcmp((*child)->string, "bronnen") == 0;
        if (indices && !keep_whole(d, *child))
            return false;
        if (kept)
            child = &(*child)->next;
        else
            *child = (*child)->next;
    }
    return true;
}
