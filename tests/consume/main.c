/* main.c: a program of somebody else: prints the first tariff of a proposal. */
#include <stdio.h>
#include <stdlib.h>

#include <navolgbaar/formats.h>
#include <navolgbaar/validate.h>

static char bytes[1 << 20];

static int print_tariff(const nvb_document *doc, nvb_diag *diag)
{
    const nvb_proposal *p = nvb_document_proposal(doc);
    if (!p || !nvb_proposal_validate(p, diag))
        return 1;
    nvb_breakdown *b = nvb_breakdown_new(p, NULL, diag);
    if (!b)
        return 1;
    const nvb_line_figures *line = nvb_breakdown_line(b, 0);
    nvb_calc *calc = nvb_breakdown_calc(b);
    nvb_num hundred = nvb_num_shift(calc, nvb_breakdown_at(b, line->tariff)->value, 2);
    long cents = 0; /* a calc compares; text is for the writers of formats */
    while (nvb_num_cmp(calc, nvb_num_int(cents), hundred) < 0)
        cents++;
    printf("%ld.%02ld\n", cents / 100, cents % 100);
    nvb_breakdown_free(b);
    return 0;
}

int main(int argc, char **argv)
{
    FILE *f = argc > 1 ? fopen(argv[1], "rb") : NULL;
    if (!f)
        return 2;
    size_t n = fread(bytes, 1, sizeof bytes - 1, f);
    fclose(f);
    nvb_diag *diag = nvb_diag_new();
    nvb_source_file file = {NVB_TEXT("voorstel.json"), {bytes, n}};
    nvb_document *doc = nvb_document_read(&file, NULL, diag);
    int code = doc ? print_tariff(doc, diag) : 1;
    nvb_document_free(doc);
    nvb_diag_free(diag);
    return code;
}
