/*
 * formats.h: files in, explanations out.
 *
 *     nvb_diag *diag = nvb_diag_new();
 *     nvb_source_file file = {NVB_TEXT("voorstel.json"), bytes};
 *     nvb_document *doc = nvb_document_read(&file, NULL, diag);
 *     if (doc && nvb_proposal_validate(nvb_document_proposal(doc), diag)) {
 *         nvb_breakdown *b = nvb_breakdown_new(nvb_document_proposal(doc), NULL, diag);
 *         nvb_checks *c = nvb_checks_new(b, NULL, diag);
 *         nvb_explanation e = {doc, b, c, diag, NULL, false};
 *         nvb_emit_letter(&out, &e, &(nvb_emit_options){.lang = NVB_NL});
 *     }
 *     nvb_document_locate(doc, diag);
 *
 * Bytes are hostile until scanned: strict RFC 8259, UTF-8, no duplicate keys, no U+0000, at most 64
 * deep. Numbers keep exactly the digits written. Nothing here opens a file: bytes come from the
 * caller and go to a buffer of the caller.
 */
#ifndef NAVOLGBAAR_FORMATS_H
#define NAVOLGBAAR_FORMATS_H

#include "navolgbaar/audit.h"
#include "navolgbaar/breakdown.h"
#include "navolgbaar/buffer.h"
#include "navolgbaar/chain.h"
#include "navolgbaar/checks.h"
#include "navolgbaar/compare.h"
#include "navolgbaar/summary.h"

/* A file as the caller read it. `name` is for messages only. */
typedef struct nvb_source_file {
    nvb_text name;
    nvb_text bytes;
} nvb_source_file;

/* One --set: a path into the document (array items by id, code or position) and a value: JSON, or
 * else plain text. */
typedef struct nvb_setting {
    nvb_text path, value;
} nvb_setting;

typedef struct nvb_document nvb_document;

/* Policies read once, for many documents, on several threads at a time. */
typedef struct nvb_policies nvb_policies;
/* NULL when one cannot be read or memory is out; the problems are in `diag`, located. The bytes
 * must stay. Whether a policy makes sense shows in the documents that lean on it. */
NVB_API nvb_policies *nvb_policies_read(const nvb_source_file *files, size_t n, nvb_diag *diag);
NVB_API void nvb_policies_free(nvb_policies *p);

/* What goes with a document. */
typedef struct nvb_read_options {
    /* those there are; the document takes the one whose kenmerk its `beleid` names */
    const nvb_source_file *policies;
    size_t n_policies;
    const nvb_policies *shared; /* the same, read before: `policies` do not count. NULL: none */
    bool among_others; /* one of several documents read: that it names no policy is no error,
                          another may */
    const nvb_setting *settings; /* applied in order */
    size_t n_settings;
    /* --- to audit an offer --- */
    bool audited; /* what a proposal must say and an offer may leave out is no error; the figures of
                     an explanation are read as claims (nvb_document_claims) */
    /* a partial proposal: what should hold where the document itself gives nothing. Worked in
     * beneath the document as a policy is; its `prestaties` count as `catalogus`. NULL: none */
    const nvb_source_file *expected;
    /* last year's: a line that names no base starts from its tariff there (nvb_basis.assumed), and
     * a price list takes parties and year from it. NULL: none */
    const nvb_breakdown *previous;
    bool indices_only; /* a file of expectations by itself: nothing but its indices and sources */
} nvb_read_options;

/* Reads a proposal (or the `voorstel` of an explanation), merges it onto its policy, applies the
 * settings, and builds the proposal. `options` may be NULL. Bytes of the files must stay until the
 * document is freed (they are needed for locating). All problems go to `diag`. NULL when the text
 * itself cannot be read or memory is out; otherwise a document, whose proposal is NULL when it has
 * errors. */
NVB_API nvb_document *
nvb_document_read(const nvb_source_file *file, const nvb_read_options *options, nvb_diag *diag);

/* The notation of a price list. In doubt it is an error that asks for one of the others. */
typedef enum nvb_csv { NVB_CSV_AUTO, NVB_CSV_NL, NVB_CSV_INTL } nvb_csv;
/* Reads a CSV price list (code; omschrijving; eenheid; tarief; volume) as a flat contract without
 * year or parties; its kenmerk is the name of the file. Problems and result as above. */
NVB_API nvb_document *
nvb_price_list_read(const nvb_source_file *file, nvb_csv notation, nvb_diag *diag);
/* The same list as an offer to be audited: its tariffs are claims, and what they should follow from
 * comes from `options` (expected, previous). */
NVB_API nvb_document *nvb_price_list_offer(const nvb_source_file *file,
                                           nvb_csv notation,
                                           const nvb_read_options *options,
                                           nvb_diag *diag);
/* Whether a document was read from a price list. */
NVB_API bool nvb_document_is_list(const nvb_document *d);
NVB_API void nvb_document_free(nvb_document *d);
/* NULL when the document has errors. Lives as long as the document. */
NVB_API const nvb_proposal *nvb_document_proposal(const nvb_document *d);
/* Which of the policies it was merged onto, from 0; SIZE_MAX: none. */
NVB_API size_t nvb_document_policy(const nvb_document *d);
/* The figures of an explanation that was read to be audited, each path once; *is_explanation says
 * whether it was one. Live as long as the document. */
NVB_API const nvb_claim *
nvb_document_claims(const nvb_document *d, size_t *n, bool *is_explanation);
/* Gives every problem with a path its file, line, column and source line, then sorts. A path that
 * is not in the document is placed at the nearest part of it that is. False when memory was out:
 * some problems may then lack their place. */
NVB_API bool nvb_document_locate(const nvb_document *d, nvb_diag *diag);

/* All that an explanation is made of; borrowed. */
typedef struct nvb_explanation {
    const nvb_document *document;
    nvb_breakdown *breakdown;
    const nvb_checks *checks;
    const nvb_diag *diag;          /* gaps are shown when `draft` */
    const nvb_comparison *changes; /* with the previous contract; NULL: none was given */
    bool draft;
} nvb_explanation;

typedef struct nvb_emit_options {
    nvb_lang lang;
    bool indent;    /* JSON: for people, instead of one line */
    bool hide_zero; /* tree: leave out figures that are zero */
    unsigned depth; /* tree: 0 is no limit */
    nvb_text path;  /* tree, show: where to begin */
} nvb_emit_options;

/* Each appends to `out`; the buffer's `failed` says that memory was out. All end with a newline. */
NVB_API void nvb_emit_json(nvb_buffer *out, const nvb_explanation *e, const nvb_emit_options *o);
NVB_API void nvb_emit_letter(nvb_buffer *out, const nvb_explanation *e, const nvb_emit_options *o);
NVB_API void
nvb_emit_checks_text(nvb_buffer *out, const nvb_explanation *e, const nvb_emit_options *o);
NVB_API void
nvb_emit_checks_json(nvb_buffer *out, const nvb_explanation *e, const nvb_emit_options *o);
/* What a rule asks, where it stands, and what to do about it. */
NVB_API void nvb_emit_rule(nvb_buffer *out, nvb_rule r, nvb_lang lang);
/* False when no figure and nothing above one has that path; out is then untouched. */
NVB_API bool nvb_emit_tree(nvb_buffer *out, const nvb_explanation *e, const nvb_emit_options *o);
NVB_API bool nvb_emit_show(nvb_buffer *out, const nvb_explanation *e, const nvb_emit_options *o);
/* A comparison (wijzigingen), or a chain of them (reeks). */
NVB_API void
nvb_emit_changes_text(nvb_buffer *out, const nvb_comparison *c, const nvb_emit_options *o);
NVB_API void
nvb_emit_changes_json(nvb_buffer *out, const nvb_comparison *c, const nvb_emit_options *o);
NVB_API void nvb_emit_chain_text(nvb_buffer *out, const nvb_chain *c, const nvb_emit_options *o);
NVB_API void nvb_emit_chain_json(nvb_buffer *out, const nvb_chain *c, const nvb_emit_options *o);
/* An audit: as text for people, as JSON (controle), or as a letter to the other party with numbered
 * questions, one or more for each finding. */
NVB_API void nvb_emit_audit_text(nvb_buffer *out, const nvb_audit *a, const nvb_emit_options *o);
NVB_API void nvb_emit_audit_json(nvb_buffer *out, const nvb_audit *a, const nvb_emit_options *o);
NVB_API void
nvb_emit_audit_questions(nvb_buffer *out, const nvb_audit *a, const nvb_emit_options *o);
/* The problems, one block each: file:line:column: severity code: message (path), the source line, a
 * caret with the hint. */
NVB_API void nvb_emit_problems(nvb_buffer *out, const nvb_diag *diag, nvb_lang lang);

/* --- many documents: a line for each as it is done, and all of them in one view --- */

/* A file that was written of a document. */
typedef struct nvb_written {
    nvb_text name; /* as it is to be found from where the overview stands */
    uint64_t bytes;
    nvb_text digest; /* XXH3 of 128 bits in hexadecimal */
} nvb_written;
/* A good document as one line, navolgbaar/overzicht/1. `number`: in the input, from 1. */
NVB_API void nvb_emit_overview_line(nvb_buffer *out,
                                    const nvb_explanation *e,
                                    uint64_t number,
                                    const nvb_written *files,
                                    size_t n_files);

/* A record that was refused. */
typedef struct nvb_refused {
    uint64_t number, line;    /* of the records, and of the lines of the input; from 1 */
    nvb_text reference, code; /* kenmerk, AGB code; s == NULL: not known */
    nvb_text input;           /* its bytes, whatever they are; s == NULL: they are not kept */
} nvb_refused;
/* It as one line, navolgbaar/fout/1, with all of `diag` (located). Bytes that are not UTF-8, and
 * such as hold a NUL, are written as base64. */
NVB_API void
nvb_emit_error_line(nvb_buffer *out, const nvb_refused *r, const nvb_diag *diag, nvb_lang lang);

/* Adds what such a line says, with or without its newline, to a summary. False when the line makes
 * no sense (the summary is then as it was) or memory is out (it is then of no use). Of a line of
 * errors the input itself is not looked at. */
NVB_API bool nvb_overview_add(nvb_summary *s, nvb_text line);
NVB_API bool nvb_error_add(nvb_summary *s, nvb_text line);
/* The files a line of the overview names, each given to `each`. False when the line makes no sense,
 * memory is out, or `each` said so. */
NVB_API bool
nvb_overview_files(nvb_text line, bool (*each)(void *of, const nvb_written *file), void *of);

/* What the text of a summary says beside the summary; all may be absent. */
typedef struct nvb_summary_about {
    nvb_text overview, errors; /* the names of the two files, for what to do next */
} nvb_summary_about;
/* One page for whoever signs; or navolgbaar/samenvatting/1. `about` may be NULL. */
NVB_API void nvb_emit_summary_text(nvb_buffer *out,
                                   const nvb_summary *s,
                                   const nvb_summary_about *about,
                                   const nvb_emit_options *o);
NVB_API void nvb_emit_summary_json(nvb_buffer *out,
                                   const nvb_summary *s,
                                   const nvb_summary_about *about,
                                   const nvb_emit_options *o);

/* Published index figures, "navolgbaar/cijfers/1". NULL when the file has errors; they are in
 * `diag`, located. The bytes must stay. */
typedef struct nvb_figures_file nvb_figures_file;
NVB_API nvb_figures_file *nvb_figures_read(const nvb_source_file *file, nvb_diag *diag);
/* The figures that come with the library (formats/figures/cijfers.json): national figures with
 * their sources, as far as known. */
NVB_API nvb_text nvb_figures_own(void);
NVB_API void nvb_figures_free(nvb_figures_file *f);
NVB_API const nvb_reference *nvb_figures_reference(const nvb_figures_file *f);

/* A schema by its short name (voorstel, beleid, toelichting, toetsen, wijzigingen, reeks, cijfers,
 * controle, overzicht, fout, samenvatting), or NULL; nvb_schema_name(i) is NULL past the last. */
NVB_API const char *nvb_schema(const char *name, size_t *length);
NVB_API const char *nvb_schema_name(size_t i);

/* A start for who makes a policy: the sectors there are one for (NULL past the last), and the files
 * of one: beleid.json, aanbieders.csv, prestaties.csv and what to do with them, in that language.
 * False past the last, or when there is no such sector. */
NVB_API const char *nvb_start_sector(size_t i);
NVB_API bool nvb_start(const char *sector, size_t i, nvb_lang lang, nvb_source_file *file);

#endif
