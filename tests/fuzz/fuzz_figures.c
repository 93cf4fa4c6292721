/*
 * fuzz_figures.c: any bytes as a file of index figures. Nothing may crash, leak or hang, and what
 * is read can be looked into.
 */
#include "navolgbaar/formats.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void look(const nvb_reference *r)
{
    for (size_t i = 0; i < r->n; i++)
        for (size_t k = 0; k < r->series[i].n && k < 50; k++)
            if (!nvb_series_of_year(&r->series[i], r->series[i].figures[k].year))
                __builtin_trap();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    nvb_buffer bytes = NVB_BUFFER_INIT, problems = NVB_BUFFER_INIT;
    nvb_buffer_bytes(&bytes, (const char *)data, size);
    nvb_diag *diag = nvb_diag_new();
    if (!bytes.failed && diag) {
        nvb_source_file file = {
            NVB_TEXT("fuzz.json"), {bytes.s, bytes.n}
        };
        nvb_figures_file *f = nvb_figures_read(&file, diag);
        if (f)
            look(nvb_figures_reference(f));
        nvb_emit_problems(&problems, diag, size % 2 ? NVB_EN : NVB_NL);
        nvb_figures_free(f);
    }
    nvb_diag_free(diag);
    nvb_buffer_release(&problems);
    nvb_buffer_release(&bytes);
    return 0;
}
