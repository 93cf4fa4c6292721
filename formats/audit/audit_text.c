/* audit_text.c: see audit_text.h. */
#include "audit_text.h"

#include "formats/changes/changes.h"

enum { FIELD = 18 };

void nvbi_report_begin(nvbi_report *x, nvb_buffer *out, const nvb_audit *a, nvb_lang lang)
{
    *x = (nvbi_report){.out = out,
                       .a = a,
                       .in = nvb_audit_inputs_of(a),
                       .calc = nvb_audit_calc(a),
                       .lang = lang,
                       .field = FIELD};
    x->p = nvb_breakdown_proposal(x->in->breakdown);
}

void nvbi_report_end(nvbi_report *x)
{
    bool failed = nvb_calc_take_error(x->calc) != NVB_NUM_OK || x->said.failed || x->table.failed ||
                  x->table.text.failed;
    for (size_t k = 0; k < NVBI_AUDIT_WORDS; k++) {
        failed = failed || x->words.word[k].failed;
        nvb_buffer_release(&x->words.word[k]);
    }
    if (failed)
        x->out->failed = true;
    nvb_buffer_release(&x->said);
    nvbi_table_release(&x->table);
}

/* --- words and sentences --- */

nvb_buffer *nvbi_report_word(nvbi_report *x, unsigned k)
{
    nvb_buffer_cut(&x->words.word[k], 0);
    return &x->words.word[k];
}

void nvbi_report_word_text(nvbi_report *x, unsigned k, nvb_text t)
{
    nvb_buffer_text(nvbi_report_word(x, k), t);
}

void nvbi_report_word_count(nvbi_report *x, unsigned k, size_t n)
{
    nvbi_word_number(nvbi_report_word(x, k), x->calc, nvb_num_int((int64_t)n), NVB_UNITS, x->lang);
}

nvb_num nvbi_report_size(nvbi_report *x, nvb_num v)
{
    return nvb_num_sign(v) < 0 ? nvb_num_neg(x->calc, v) : v;
}

void nvbi_report_cents(nvbi_report *x, nvb_buffer *to, nvb_num v)
{
    v = nvb_num_round(x->calc, nvbi_report_size(x, v), 2, NVB_ARITHMETIC);
    nvbi_word_number(to, x->calc, v, NVB_EUR, x->lang);
}

void nvbi_report_go_on(nvbi_report *x, nvbi_audit_say s)
{
    nvbi_audit_fill(&x->said, nvbi_audit_sentence(s, x->lang), &x->words, x->lang);
}

void nvbi_report_say(nvbi_report *x, nvbi_audit_say s)
{
    if (x->said.n)
        nvb_buffer_byte(&x->said, ' ');
    nvbi_report_go_on(x, s);
}

/* --- paragraphs --- */

static nvb_text said(const nvbi_report *x)
{
    return (nvb_text){x->said.s ? x->said.s : "", x->said.n};
}

void nvbi_report_flush(nvbi_report *x, unsigned indent, unsigned hang)
{
    if (x->said.n)
        nvbi_layout_wrap(x->out, said(x), indent, indent + hang, NVBI_PAGE);
    nvb_buffer_cut(&x->said, 0);
}

void nvbi_report_blank(nvbi_report *x)
{
    nvb_buffer_byte(x->out, '\n');
}

void nvbi_report_heading(nvbi_report *x, const char *rule)
{
    nvb_text t = said(x);
    size_t width = nvbi_word_width(t.s, t.n);
    nvbi_report_flush(x, 0, 0);
    nvbi_layout_rule(x->out, rule, width > NVBI_PAGE ? NVBI_PAGE : (unsigned)width);
}

void nvbi_report_title(nvbi_report *x, nvbi_audit_say s)
{
    nvbi_report_blank(x);
    nvbi_report_say(x, s);
    nvbi_report_heading(x, "─");
}

void nvbi_report_flush_field(nvbi_report *x, nvbi_audit_say label)
{
    if (x->said.n == 0)
        return;
    size_t from = x->out->n;
    nvb_buffer_str(x->out, nvbi_audit_sentence(label, x->lang));
    nvbi_layout_pad(x->out, from, x->field);
    nvbi_layout_wrap_after(x->out, said(x), x->field, x->field, NVBI_PAGE);
    nvb_buffer_cut(&x->said, 0);
}

void nvbi_report_party(nvbi_report *x, nvbi_audit_say label, bool insurer)
{
    const nvb_party *who = insurer ? &x->p->insurer : &x->p->provider;
    if (who->name.n == 0 && who->code.n == 0)
        return;
    nvbi_report_word_text(x, 0, who->name);
    nvbi_report_word_text(x, 1, who->code);
    nvbi_report_say(x, insurer ? NVBI_AUDIT_PARTY_INSURER : NVBI_AUDIT_PARTY_PROVIDER);
    nvbi_report_flush_field(x, label);
}

/* --- places --- */

void nvbi_report_place(nvbi_report *x, nvb_buffer *to, nvb_text path, bool by_line)
{
    nvb_text code, rest;
    const nvb_figure *f = nvbi_audit_figure_at(x->a, path);
    if (f && f->line && (by_line || f->kind == NVB_FIG_TARIFF))
        nvbi_word_safe(to, f->line->code);
    else if (by_line && nvbi_changes_line_of(path, &code, &rest))
        nvbi_changes_name(to, code);
    else
        nvbi_audit_place(to, x->a, path, x->lang);
}

/* Findings about lines: their codes say all. */
static bool of_lines(nvb_finding_kind kind)
{
    return nvbi_audit_of_tariffs(kind) || kind == NVB_FOUND_UNCHANGED ||
           kind == NVB_FOUND_NOTHING || kind == NVB_FOUND_BASE || kind == NVB_FOUND_BASE_RAISED;
}

/* The same place as the one before: one line with several figures. */
static bool same_as_last(const nvb_buffer *list, size_t from, size_t last)
{
    size_t n = list->n - from;
    return !list->failed && from - last == n + 2 && memcmp(list->s + last, list->s + from, n) == 0;
}

void nvbi_report_places(nvbi_report *x, nvb_buffer *to, const nvb_finding *f, size_t most)
{
    nvb_buffer list = NVB_BUFFER_INIT;
    size_t shown = 0, last = 0, i = 0;
    for (; i < f->n_paths && shown < most; i++) {
        if (f->paths[i].n == 0 || (x->letter && !nvbi_audit_against_asker(x->a, f, f->paths[i])))
            continue;
        if (list.n)
            nvb_buffer_str(&list, of_lines(f->kind) ? ", " : "; ");
        size_t from = list.n;
        nvbi_report_place(x, &list, f->paths[i], of_lines(f->kind));
        if (shown && same_as_last(&list, from, last)) {
            nvb_buffer_cut(&list, from - 2);
            continue;
        }
        last = from;
        shown++;
    }
    if (f->n_paths == 0 && f->path.n)
        nvbi_report_place(x, &list, f->path, of_lines(f->kind));
    nvb_buffer_bytes(to, list.s ? list.s : "", list.n);
    to->failed = to->failed || list.failed;
    nvb_buffer_release(&list);
    size_t all = x->letter ? nvbi_audit_asked_places(x->a, f) : f->n_paths;
    if (i >= f->n_paths || shown >= all)
        return;
    nvbi_audit_words w = {0};
    nvb_buffer_byte(to, ' ');
    nvbi_word_number(&w.word[0], x->calc,
                     nvb_num_int((int64_t)(all < f->n_paths ? all - shown : f->n_paths - i)),
                     NVB_UNITS, x->lang);
    nvbi_audit_fill(to, nvbi_audit_sentence(NVBI_AUDIT_MORE_PLACES, x->lang), &w, x->lang);
}

void nvbi_report_previous(nvbi_report *x, nvb_buffer *to)
{
    const nvb_proposal *old =
        x->in->previous ? nvb_breakdown_proposal(nvb_comparison_old(x->in->previous)) : NULL;
    if (old && old->reference.n)
        nvb_buffer_text(to, old->reference);
    else
        nvb_buffer_str(to, nvbi_audit_sentence(NVBI_AUDIT_PREVIOUS_UNNAMED, x->lang));
}
