/*
 * document_set.c: --set: one value put in the merged tree. See document_own.h and decision 24.
 *
 * The path must exist, but for its last part where that is a key of an object. On the way down each
 * node on the path gets children of its own (json_tree.h), so that the trees of the files stay as
 * they were read.
 */
#include "document_own.h"

#include "formats/json/json_place.h"

#define NONE ((nvb_text){0})

typedef struct setting {
    nvb_document *d;
    nvb_diag *diag;
    nvb_text path, name; /* name: what messages call this text: "--set /path" */
} setting;

/* A problem with the path itself: it stands on the command line, not in a file. */
static void fault(setting *s, nvb_code code, nvb_text w1, nvb_text w2)
{
    nvb_problem *p = nvb_diag_add(s->diag, code, NONE, w1, w2, NONE);
    p->place.file = nvb_diag_keep(s->diag, s->name);
}

static nvb_text name_of(nvbi_arena *a, nvb_text path)
{
    nvb_buffer b = NVB_BUFFER_INIT;
    nvb_buffer_str(&b, "--set ");
    nvb_buffer_text(&b, path);
    return nvbi_take_buffer(a, &b);
}

/* Plain text: all of it one value. What is not UTF-8 is a problem as it is in a file. */
static cJSON *plain(setting *s, nvbi_origin *o)
{
    for (size_t at = 0; at < o->bytes.n;) {
        size_t length = nvbi_utf8_length(o->bytes.s + at, o->bytes.n - at);
        if (length == 0 || o->bytes.s[at] == '\0') {
            static const char hex[] = "0123456789ABCDEF";
            unsigned char byte = (unsigned char)o->bytes.s[at];
            char shown[] = {'0', 'x', hex[byte >> 4], hex[byte & 15U]};
            nvbi_mark mark = {at, nvb_diag_kept(s->diag)};
            nvb_diag_add(s->diag, byte ? NVB_E115 : NVB_E114, NONE, (nvb_text){shown, 4}, NONE,
                         NONE);
            nvbi_place_marks(s->diag, o->name, o->bytes, &mark, 1);
            return NULL;
        }
        at += length;
    }
    return nvbi_node_string(&s->d->arena, NONE, o->bytes, s->d->ordinals++);
}

/* The value: JSON if it is that, else plain text. NULL with a problem, or when memory is out. */
static cJSON *value_of(setting *s, nvb_text bytes)
{
    nvbi_origin *o = &s->d->origins[s->d->n_origins++];
    *o = (nvbi_origin){.name = s->name, .bytes = bytes, .first = s->d->ordinals};
    nvb_diag *unsaid = nvb_diag_new(); /* that it is no JSON is no problem */
    if (!unsaid) {
        s->d->arena.failed = true;
        return NULL;
    }
    o->tree = nvbi_tree_parse(&(nvb_source_file){s->name, bytes}, &s->d->ordinals, unsaid);
    bool memory = !o->tree && nvb_diag_kept(unsaid) && nvb_diag_at(unsaid, 0)->code == NVB_E901;
    nvb_diag_free(unsaid);
    s->d->arena.failed |= memory;
    cJSON *value = o->tree ? nvbi_node_copy(&s->d->arena, o->tree) : memory ? NULL : plain(s, o);
    o->end = s->d->ordinals;
    return value;
}

/* How many containers lie inside each other in a tree. */
static size_t depth_of(const cJSON *root)
{
    const cJSON *open[NVBI_MAX_DEPTH + 1], *node = root;
    size_t depth = 0, deepest = 0;
    for (;;) {
        nvbi_kind kind = nvbi_kind_of(node);
        bool is_container = kind == NVBI_LIST || kind == NVBI_OBJECT;
        if (depth + is_container > deepest)
            deepest = depth + is_container;
        if (is_container && node->child) {
            open[depth++] = node;
            node = node->child;
            continue;
        }
        while (depth && !node->next)
            node = open[--depth];
        if (depth == 0)
            return deepest;
        node = node->next;
    }
}

/* Where a node hangs: in its parent's child, or in its elder's next. */
static cJSON **link_to(cJSON *parent, const cJSON *child)
{
    cJSON **link = &parent->child;
    while (*link && *link != child)
        link = &(*link)->next;
    return link;
}

static void put(setting *s, cJSON *parent, nvb_text key, cJSON *value)
{
    const cJSON *old = nvbi_child(parent, key);
    cJSON **link = link_to(parent, old);
    if (nvbi_kind_of(parent) == NVBI_OBJECT) {
        nvb_text name = nvbi_arena_text(&s->d->arena, key.s, key.n);
        cJSON *named = nvbi_node_string(&s->d->arena, name, NONE, 0);
        if (!named)
            return;
        value->string = named->string;
    }
    value->next = old ? old->next : NULL;
    *link = value;
}

/* Walks down to the parent of the last token; NULL with a problem. */
static cJSON *parent_of(setting *s, const nvbi_tokens *path)
{
    nvbi_arena *a = &s->d->arena;
    cJSON *node = s->d->root;
    for (size_t i = 0; i < path->n; i++) {
        bool last = i + 1 == path->n;
        nvbi_kind kind = nvbi_kind_of(node);
        if (kind != NVBI_LIST && kind != NVBI_OBJECT) {
            fault(s, NVB_E262, i ? path->item[i - 1] : NONE, nvbi_shown(a, node));
            return NULL;
        }
        if (!nvbi_node_own(a, node))
            return NULL;
        const cJSON *child = nvbi_child(node, path->item[i]);
        if (!child && !(last && kind == NVBI_OBJECT)) {
            fault(s, NVB_E261, path->item[i], nvbi_list_children(a, node));
            return NULL;
        }
        if (last)
            return node;
        node = *link_to(node, child);
    }
    return NULL;
}

void nvbi_document_set(nvb_document *d, const nvb_setting *setting_given, nvb_diag *diag)
{
    setting s = {d, diag, setting_given->path, name_of(&d->arena, setting_given->path)};
    nvbi_tokens path;
    if (!nvbi_path_split(&d->arena, s.path, &path) || path.n == 0) {
        nvb_buffer shown = NVB_BUFFER_INIT;
        nvb_buffer_byte(&shown, '\'');
        nvb_buffer_text(&shown, s.path);
        nvb_buffer_byte(&shown, '\'');
        fault(&s, NVB_E260, nvbi_take_buffer(&d->arena, &shown), NONE);
        return;
    }
    if (nvb_text_equal(path.item[0], NVB_TEXT("catalogus")) ||
        nvb_text_equal(path.item[0], NVB_TEXT("formaat")) ||
        nvb_text_equal(path.item[0], NVB_TEXT("beleid"))) {
        fault(&s, NVB_E263, path.item[0], NONE);
        return;
    }
    cJSON *value = value_of(&s, setting_given->value);
    cJSON *parent = value ? parent_of(&s, &path) : NULL;
    if (!parent)
        return;
    if (path.n + depth_of(value) > NVBI_MAX_DEPTH)
        fault(&s, NVB_E264, NONE, NONE);
    else
        put(&s, parent, path.item[path.n - 1], value);
}
