/*
 * document.c: from files to one merged tree, and from that to a proposal. See formats.h and
 * decisions 2 and 3.
 *
 * In order: scan and parse the texts; take the proposal out of an explanation; merge it onto the
 * policy; merge each line onto its entry of the catalogue; apply the settings; read. A policy that
 * does not fit ends it there: what is missing without it would only hide that.
 */
#include "document_own.h"

#include "formats/json/json_keys.h"
#include "formats/json/json_write.h"
#include "read.h"

#include <stdlib.h>

#define NONE ((nvb_text){0})

void nvbi_document_problem(nvb_document *d,
                           nvb_diag *diag,
                           nvb_code code,
                           const cJSON *node,
                           bool at_key,
                           nvb_text path,
                           nvb_text w1,
                           nvb_text w2,
                           nvb_text w3)
{
    size_t kept = nvb_diag_kept(diag);
    nvb_problem *p = nvb_diag_add(diag, code, path, w1, w2, w3);
    p->at_key = at_key;
    if (!node || nvb_diag_kept(diag) == kept)
        return;
    if (!d->pending)
        d->pending = NVBI_NEW(&d->arena, nvbi_pending, NVB_MAX_PROBLEMS);
    if (d->pending && d->n_pending < NVB_MAX_PROBLEMS)
        d->pending[d->n_pending++] = (nvbi_pending){p->order, code, node->valueint};
}

static void problem(nvb_document *d,
                    nvb_diag *diag,
                    nvb_code code,
                    const cJSON *node,
                    nvb_text path,
                    nvb_text w1,
                    nvb_text w2)
{
    nvbi_document_problem(d, diag, code, node, false, path, w1, w2, NONE);
}

/* Room for all texts there can be, and the tree of each; false when memory is out. */
static nvb_document *new_document(size_t texts)
{
    nvb_document *d = calloc(1, sizeof *d);
    if (!d)
        return NULL;
    nvbi_arena_init(&d->arena);
    d->calc = nvb_calc_new(0);
    d->origins = calloc(texts, sizeof *d->origins);
    if (!d->calc || !d->origins) {
        nvb_document_free(d);
        return NULL;
    }
    return d;
}

void nvb_document_free(nvb_document *d)
{
    if (!d)
        return;
    for (size_t i = 0; i < d->n_origins; i++)
        cJSON_Delete(d->origins[i].tree);
    free(d->origins);
    nvb_policies_free(d->own_policies);
    nvb_calc_free(d->calc);
    nvbi_arena_release(&d->arena);
    free(d);
}

const nvb_proposal *nvb_document_proposal(const nvb_document *d)
{
    return d->proposal;
}

size_t nvb_document_policy(const nvb_document *d)
{
    return d->policy ? d->policy - 1 : SIZE_MAX;
}

const nvb_claim *nvb_document_claims(const nvb_document *d, size_t *n, bool *is_explanation)
{
    *n = d->n_claims;
    *is_explanation = d->is_explanation;
    return d->claims;
}

void nvbi_origin_read(nvbi_origin *o, const nvb_source_file *file, int *ordinal, nvb_diag *diag)
{
    *o = (nvbi_origin){.name = file->name, .bytes = file->bytes, .first = *ordinal};
    o->tree = nvbi_tree_parse(file, ordinal, diag);
    o->end = *ordinal;
}

static const cJSON *load(nvb_document *d, const nvb_source_file *file, nvb_diag *diag)
{
    nvbi_origin *o = &d->origins[d->n_origins++];
    nvbi_origin_read(o, file, &d->ordinals, diag);
    return o->tree;
}

/* The format of a document, or a problem. */
bool nvbi_document_format(
    nvb_document *d, const cJSON *root, const char *wanted, const char *or_wanted, nvb_diag *diag)
{
    const cJSON *format = nvbi_member(root, "formaat");
    if (nvbi_kind_of(root) != NVBI_OBJECT) {
        nvbi_document_problem(d, diag, NVB_E208, root, false, NVB_TEXT(""), NVB_TEXT("document"),
                              nvbi_shown(&d->arena, root),
                              NVB_TEXT("{\"formaat\": \"" NVBI_PROPOSAL_FORMAT "\", ...}"));
        return false;
    }
    if (!format) {
        problem(d, diag, NVB_E203, root, NVB_TEXT(""), NVB_TEXT("formaat"),
                NVB_TEXT("\"formaat\": \"" NVBI_PROPOSAL_FORMAT "\""));
        return false;
    }
    nvb_text name = nvbi_kind_of(format) == NVBI_STRING ? nvbi_node_text(format) : NONE;
    if (nvb_text_given(name) &&
        (nvb_text_equal(name, nvbi_str(wanted)) || nvb_text_equal(name, nvbi_str(or_wanted))))
        return true;
    problem(d, diag, NVB_E239, format, NVB_TEXT("/formaat"), nvbi_shown(&d->arena, format), NONE);
    return false;
}

/* The proposal in a file: the document itself, or `voorstel` of an explanation. NULL when it is
 * neither. */
static const cJSON *proposal_of(nvb_document *d, const cJSON *root, nvb_diag *diag)
{
    if (!nvbi_document_format(d, root, NVBI_PROPOSAL_FORMAT, NVBI_EXPLANATION_FORMAT, diag))
        return NULL;
    if (nvb_text_equal(nvbi_node_text(nvbi_member(root, "formaat")),
                       NVB_TEXT(NVBI_PROPOSAL_FORMAT)))
        return root;
    const cJSON *proposal = nvbi_member(root, "voorstel");
    if (!proposal)
        problem(d, diag, NVB_E203, root, NVB_TEXT(""), NVB_TEXT("voorstel"),
                NVB_TEXT("\"voorstel\": {...}"));
    return proposal && nvbi_document_format(d, proposal, NVBI_PROPOSAL_FORMAT, NVBI_PROPOSAL_FORMAT,
                                            diag)
               ? proposal
               : NULL;
}

/* The text under `kenmerk` or `beleid`, or absent with a problem. */
static nvb_text text_under(nvb_document *d, const cJSON *root, const char *key, nvb_diag *diag)
{
    const cJSON *node = nvbi_member(root, key);
    nvb_text path = nvbi_path_join(&d->arena, NVB_TEXT(""), nvbi_str(key));
    if (node && nvbi_kind_of(node) == NVBI_STRING && !nvbi_is_blank(nvbi_node_text(node)))
        return nvbi_node_text(node);
    if (!node)
        problem(d, diag, NVB_E203, root, NVB_TEXT(""), nvbi_str(key),
                NVB_TEXT("\"kenmerk\": \"...\""));
    else if (nvbi_kind_of(node) == NVBI_STRING)
        problem(d, diag, NVB_E234, node, path, nvbi_str(key), NONE);
    else
        nvbi_document_problem(d, diag, NVB_E204, node, false, path, nvbi_str(key),
                              nvbi_shown(&d->arena, node), NVB_TEXT("\"...\""));
    return NONE;
}

/* `beleid` of the proposal in a file, or NULL. */
static const cJSON *policy_name(const cJSON *file)
{
    const cJSON *proposal = nvbi_member(file, "voorstel");
    return nvbi_member(proposal ? proposal : file, "beleid");
}

/* Of the policies, the number (from 1) of the one of that name; the first when there is none, for
 * the message. 0: no policies. */
static size_t policy_of(const cJSON *name, const nvb_policies *policies)
{
    for (size_t i = 0; name && i < policies->n; i++) {
        const cJSON *own = nvbi_member(policies->items[i].tree, "kenmerk");
        if (own && nvbi_kind_of(own) == NVBI_STRING && nvbi_kind_of(name) == NVBI_STRING &&
            nvb_text_equal(nvbi_node_text(own), nvbi_node_text(name)))
            return i + 1;
    }
    return policies->n ? 1 : 0;
}

/* Whether the policy that was given (or not) is the one the document leans on. */
static bool policy_fits(nvb_document *d, const cJSON *proposal, const cJSON *policy, nvb_diag *diag)
{
    const cJSON *name = nvbi_member(proposal, "beleid");
    if (!name && !policy)
        return true;
    nvb_text wanted = name ? text_under(d, proposal, "beleid", diag) : NONE;
    if (!policy) {
        if (nvb_text_given(wanted))
            problem(d, diag, NVB_E250, name, NVB_TEXT("/beleid"), wanted, NONE);
        return false;
    }
    if (!nvbi_document_format(d, policy, NVBI_PROPOSAL_FORMAT, NVBI_PROPOSAL_FORMAT, diag))
        return false;
    nvb_text given = text_under(d, policy, "kenmerk", diag),
             own = text_under(d, proposal, "kenmerk", diag);
    const cJSON *chain = nvbi_member(policy, "beleid");
    if (chain)
        nvbi_document_problem(d, diag, NVB_E253, chain, true, NVB_TEXT("/beleid"), NONE, NONE,
                              NONE);
    if (!name)
        problem(d, diag, NVB_E252, proposal, NVB_TEXT(""), given, NONE);
    else if (nvb_text_given(wanted) && nvb_text_given(given) && !nvb_text_equal(wanted, given))
        problem(d, diag, NVB_E251, name, NVB_TEXT("/beleid"), wanted, given);
    return !chain && nvb_text_given(own) && nvb_text_given(given) && nvb_text_equal(wanted, given);
}

/* A line and the entry of the catalogue under its code; the entry counts once, for the first line
 * that names it. */
typedef struct catalogue {
    const cJSON **entries;
    nvbi_key_entry *codes;
    size_t n;
} catalogue;

static bool open_catalogue(nvb_document *d, const cJSON *node, catalogue *out)
{
    *out = (catalogue){.n = nvbi_count(node)};
    out->entries = NVBI_NEW(&d->arena, const cJSON *, out->n);
    out->codes = NVBI_NEW(&d->arena, nvbi_key_entry, out->n);
    if (!out->entries || !out->codes)
        return false;
    size_t i = 0;
    for (const cJSON *entry = node->child; entry; entry = entry->next, i++) {
        out->entries[i] = entry;
        out->codes[i] = (nvbi_key_entry){nvbi_node_key(entry), i};
    }
    nvbi_keys_sort(out->codes, out->n);
    return true;
}

static const cJSON *entry_of(catalogue *c, const cJSON *line)
{
    const cJSON *code = nvbi_member(line, "code");
    if (!code || nvbi_kind_of(code) != NVBI_STRING || strncmp(code->valuestring, "x-", 2) == 0)
        return NULL;
    const nvbi_key_entry *found = nvbi_keys_find(c->codes, c->n, nvbi_node_text(code));
    if (!found)
        return NULL;
    const cJSON *entry = c->entries[found->number];
    c->entries[found->number] = NULL;
    return entry;
}

/* Each line of `prestaties` becomes its own patch onto its entry. False when memory is out. */
static bool merge_catalogue(nvb_document *d, const cJSON *node, nvb_diag *diag)
{
    cJSON *lines = d->root->child;
    while (lines && strcmp(lines->string, "prestaties") != 0)
        lines = lines->next;
    if (nvbi_kind_of(node) != NVBI_OBJECT) {
        nvbi_document_problem(d, diag, NVB_E208, node, false, NVB_TEXT("/catalogus"),
                              NVB_TEXT("catalogus"), nvbi_shown(&d->arena, node),
                              NVB_TEXT("{\"12010\": {...}}"));
        return true;
    }
    catalogue c;
    if (!lines || nvbi_kind_of(lines) != NVBI_LIST)
        return true;
    if (!nvbi_node_own(&d->arena, lines) || !open_catalogue(d, node, &c))
        return false;
    for (cJSON **line = &lines->child; *line; line = &(*line)->next) {
        const cJSON *entry = entry_of(&c, *line);
        if (!entry)
            continue;
        if (nvbi_kind_of(entry) != NVBI_OBJECT) {
            nvb_text path = nvbi_path_join(&d->arena, NVB_TEXT("/catalogus"), nvbi_node_key(entry));
            nvbi_document_problem(d, diag, NVB_E208, entry, false, path, nvbi_node_key(entry),
                                  nvbi_shown(&d->arena, entry), NVB_TEXT("{...}"));
            continue;
        }
        cJSON *merged = nvbi_merge(&d->arena, entry, *line, 0);
        if (!merged)
            return false;
        merged->next = (*line)->next;
        merged->string = NULL;
        *line = merged;
    }
    return true;
}

/* The catalogue goes, the name of the policy lives on under a key of its own. */
static bool put_away(nvb_document *d, bool with_policy)
{
    for (cJSON **child = &d->root->child; *child;) {
        bool named = with_policy && strcmp((*child)->string, "x-beleid") == 0;
        if (named || strcmp((*child)->string, "catalogus") == 0) {
            *child = (*child)->next;
            continue;
        }
        if (strcmp((*child)->string, "beleid") == 0) {
            cJSON *name = nvbi_node_string(&d->arena, NVB_TEXT("x-beleid"), nvbi_node_text(*child),
                                           (*child)->valueint);
            if (!name)
                return false;
            name->next = (*child)->next;
            *child = name;
        }
        child = &(*child)->next;
    }
    return true;
}

/* Merges; true when there is a tree to read. */
static bool merge(
    nvb_document *d, const cJSON *file, const cJSON *policy, const cJSON *expected, nvb_diag *diag)
{
    const cJSON *proposal = proposal_of(d, file, diag);
    if (!proposal || (!d->indices_only && !policy_fits(d, proposal, policy, diag)))
        return false;
    d->root =
        policy ? nvbi_merge(&d->arena, policy, proposal, 0) : nvbi_node_copy(&d->arena, proposal);
    if (!d->root)
        return false;
    d->root->string = NULL;
    if (!nvbi_node_own(&d->arena, d->root))
        return false;
    if (d->indices_only)
        return nvbi_document_keep_indices(d);
    const cJSON *entries = nvbi_member(d->root, "catalogus");
    if (entries && !merge_catalogue(d, entries, diag))
        return false;
    return put_away(d, nvbi_member(proposal, "beleid") != NULL) &&
           (!expected || nvbi_document_expect(d, expected, diag));
}

static void build(nvb_document *d,
                  const cJSON *file,
                  const cJSON *policy,
                  const cJSON *expected,
                  const nvb_read_options *o,
                  nvb_diag *diag)
{
    size_t errors = nvb_diag_count(diag, NVB_ERROR), first = nvb_diag_kept(diag);
    if (!merge(d, file, policy, expected, diag))
        return;
    if (d->audited)
        nvbi_document_claims(d, file, diag);
    for (size_t i = 0; i < o->n_settings && !d->arena.failed; i++)
        nvbi_document_set(d, &o->settings[i], diag);
    if (d->arena.failed || !nvbi_read_proposal(d, diag))
        d->arena.failed = true;
    if (nvb_diag_count(diag, NVB_ERROR) == errors)
        return;
    if (!d->arena.failed)
        nvbi_document_more(d, first, diag);
    d->proposal = NULL;
}

/* All texts: the document first, then the policies; false when one cannot be read. */
static bool load_all(nvb_document *d,
                     const nvb_source_file *file,
                     const nvb_read_options *o,
                     const cJSON **tree,
                     const cJSON **expected,
                     nvb_diag *diag)
{
    *tree = load(d, file, diag);
    static const nvb_policies none = {0};
    d->policies = o->shared;
    if (!d->policies && o->n_policies)
        d->policies = d->own_policies = nvb_policies_read(o->policies, o->n_policies, diag);
    else if (!d->policies)
        d->policies = &none;
    bool good = *tree && d->policies;
    if (o->expected) {
        d->expected_first = d->ordinals;
        *expected = load(d, o->expected, diag);
        d->expected_end = d->ordinals;
        good = good && *expected;
    }
    return good;
}

nvb_document *
nvb_document_read(const nvb_source_file *file, const nvb_read_options *options, nvb_diag *diag)
{
    static const nvb_read_options plain = {0};
    const nvb_read_options *o = options ? options : &plain;
    nvb_document *d = new_document(o->n_settings + 2);
    const cJSON *tree = NULL, *expected = NULL;
    bool good = d && nvbi_previous_open(d, o) && load_all(d, file, o, &tree, &expected, diag);
    if (good) {
        const cJSON *name = policy_name(tree);
        d->policy = o->among_others && !name ? 0 : policy_of(name, d->policies);
        build(d, tree, d->policy ? d->policies->items[d->policy - 1].tree : NULL, expected, o,
              diag);
    }
    if (!d || d->arena.failed) {
        nvb_diag_add(diag, NVB_E901, NONE, NONE, NONE, NONE);
        good = false;
    }
    if (good)
        return d;
    nvb_document_free(d);
    return NULL;
}

static void emit_scalar(nvbi_json *j, const cJSON *node)
{
    nvb_text t = nvbi_node_text(node);
    switch (nvbi_kind_of(node)) {
    case NVBI_NULL:
        nvbi_json_raw(j, "null", 4);
        return;
    case NVBI_BOOL:
        nvbi_json_bool(j, (node->type & cJSON_True) != 0);
        return;
    case NVBI_NUMBER:
        nvbi_json_raw(j, t.s, t.n);
        return;
    case NVBI_STRING:
        nvbi_json_text(j, t);
        return;
    case NVBI_LIST:
        nvbi_json_array(j);
        return;
    case NVBI_OBJECT:
        nvbi_json_object(j);
        return;
    }
}

static void emit_tree(nvbi_json *j, const cJSON *node)
{
    const cJSON *open[NVBI_MAX_DEPTH + 1];
    size_t depth = 0;
    for (;;) {
        if (depth && nvbi_kind_of(open[depth - 1]) == NVBI_OBJECT)
            nvbi_json_key_text(j, nvbi_node_key(node));
        emit_scalar(j, node);
        bool is_container = nvbi_kind_of(node) == NVBI_LIST || nvbi_kind_of(node) == NVBI_OBJECT;
        if (is_container)
            open[depth++] = node;
        node = is_container ? node->child : node->next;
        while (!node && depth) {
            const cJSON *done = open[--depth];
            if (nvbi_kind_of(done) == NVBI_LIST)
                nvbi_json_end_array(j);
            else
                nvbi_json_end_object(j);
            node = depth ? done->next : NULL;
        }
        if (!node)
            return;
    }
}

void nvbi_document_emit(nvb_buffer *out, const nvb_document *d)
{
    nvbi_json j;
    nvbi_json_begin(&j, out, false);
    if (d->root)
        emit_tree(&j, d->root);
    else /* a price list has none */
        nvbi_json_raw(&j, "null", 4);
}
