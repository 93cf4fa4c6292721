/*
 * emit_letter.c: the toelichting as a letter: a row of sections, each a function of its own. A new
 * section is a row in the table, its title in wording_letter.def, and a function; letter.h says
 * what sections share.
 */
#include "letter.h"

#include "formats/changes/changes.h"

enum { ALWAYS, ITEM, MANY_LINES, COMPARED };

typedef struct section {
    int when;
    int title; /* a sentence, or a legal item */
    void (*write)(nvbi_letter *l);
} section;

/* What changed since the previous contract, as the overview of changes tells it. */
static void compared(nvbi_letter *l)
{
    nvbi_changes_letter(l->out, l->changes, l->lang);
}

static const section sections[] = {
    {COMPARED,   NVBI_SAY_TITLE_CHANGES, compared              },
    {ITEM,       NVB_ITEM_BASIS,         nvbi_letter_basis     },
    {ITEM,       NVB_ITEM_INDEXATION,    nvbi_letter_indexation},
    {ITEM,       NVB_ITEM_SURCHARGES,    nvbi_letter_surcharges},
    {ITEM,       NVB_ITEM_VOLUME,        nvbi_letter_volume    },
    {ITEM,       NVB_ITEM_BENCHMARK,     nvbi_letter_benchmark },
    {ITEM,       NVB_ITEM_AGREEMENTS,    nvbi_letter_agreements},
    {MANY_LINES, NVBI_SAY_TITLE_TARIFFS, nvbi_letter_tariffs   },
    {ALWAYS,     NVBI_SAY_TITLE_SHEETS,  nvbi_letter_sheets    },
    {ALWAYS,     NVBI_SAY_TITLE_TOTALS,  nvbi_letter_totals    },
    {ALWAYS,     NVBI_SAY_TITLE_TERMS,   nvbi_letter_terms     },
    {ALWAYS,     NVBI_SAY_TITLE_SOURCES, nvbi_letter_sources   },
    {ALWAYS,     NVBI_SAY_TITLE_CHECKS,  nvbi_letter_checks    },
    {ALWAYS,     NVBI_SAY_TITLE_REPLY,   nvbi_letter_reply     }
};

/* "1. Basis van het tarief" for the items of the law, in their order; the other titles stand alone.
 */
static void heading(nvbi_letter *l, const section *s)
{
    nvb_buffer title = NVB_BUFFER_INIT;
    if (s->when == ITEM) {
        nvb_buffer_uint(&title, (unsigned)s->title + 1);
        nvb_buffer_str(&title, ". ");
        nvb_buffer_str(&title, nvbi_word_item((nvb_item)s->title, l->lang));
    } else {
        nvb_buffer_str(&title, nvbi_letter_sentence((nvbi_sentence)s->title, l->lang));
    }
    if (title.failed)
        l->no_room = true;
    else
        nvbi_letter_heading(l, title.s);
    nvb_buffer_release(&title);
}

/* Back to plain spaces: the no-break spaces only served to keep numbers and their signs together.
 */
static void unglue(nvb_buffer *out, size_t from)
{
    static const char no_break[] = "\xC2\xA0";
    size_t to = from;
    if (out->failed)
        return;
    for (size_t at = from; at < out->n; at++) {
        bool space = at + 1 < out->n && memcmp(out->s + at, no_break, 2) == 0;
        out->s[to++] = space ? ' ' : out->s[at];
        at += space;
    }
    nvb_buffer_cut(out, to);
}

static bool memory_failed(const nvbi_letter *l)
{
    bool failed = l->no_room || l->said.failed || l->scrap.failed || l->table.failed;
    for (size_t k = 0; k < NVBI_LETTER_WORDS; k++)
        failed = failed || l->word[k].failed;
    return failed;
}

static bool applies(const nvbi_letter *l, const section *s)
{
    return (s->when != MANY_LINES || nvbi_letter_many(l)) && (s->when != COMPARED || l->changes);
}

void nvb_emit_letter(nvb_buffer *out, const nvb_explanation *e, const nvb_emit_options *o)
{
    const nvb_proposal *p = nvb_breakdown_proposal(e->breakdown);
    size_t from = out->n;
    nvbi_letter l = {.out = out,
                     .b = e->breakdown,
                     .p = p,
                     .calc = nvb_breakdown_calc(e->breakdown),
                     .checks = e->checks,
                     .diag = e->diag,
                     .changes = e->changes,
                     .lang = o ? o->lang : NVB_NL,
                     .draft = e->draft,
                     .owes = p->kind != NVB_CONTRACT};
    nvbi_letter_gather(&l);
    if (!l.no_room) {
        nvbi_letter_head(&l);
        for (size_t i = 0; i < sizeof sections / sizeof sections[0]; i++) {
            if (!applies(&l, &sections[i]))
                continue;
            heading(&l, &sections[i]);
            sections[i].write(&l);
        }
    }
    if (memory_failed(&l))
        out->failed = true;
    nvbi_letter_release(&l);
    unglue(out, from);
}
