/*
 * emit_audit_text.c: the audit as a report for people: a row of parts, the essence first. A new
 * part is a row in the table, its sentences in wording_audit.def, and a function; audit_text.h says
 * what parts share.
 */
#include "audit_text.h"

static void (*const parts[])(nvbi_report *x) = {nvbi_report_head,   nvbi_report_findings,
                                                nvbi_report_wrong,  nvbi_report_rounded,
                                                nvbi_report_effect, nvbi_report_checked};

void nvb_emit_audit_text(nvb_buffer *out, const nvb_audit *a, const nvb_emit_options *o)
{
    nvbi_report x;
    nvbi_report_begin(&x, out, a, o ? o->lang : NVB_NL);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        parts[i](&x);
    nvbi_report_end(&x);
}
