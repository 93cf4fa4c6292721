/*
 * formats.h: files in, explanations out.
 *
 *     nvb_diag *diag = nvb_diag_new();
 *     nvb_source_file file = {NVB_TEXT("voorstel.json"), bytes};
 *     nvb_document *doc = nvb_document_read(&file, NULL, NULL, 0, diag);
 *     if (doc && nvb_proposal_validate(nvb_document_proposal(doc), diag)) {
 *         nvb_breakdown *b = nvb_breakdown_new(nvb_document_proposal(doc), NULL, diag);
 *         nvb_checks *c = nvb_checks_new(b, diag);
 *         nvb_explanation e = {doc, b, c, diag, false};
 *         nvb_emit_letter(&out, &e, &(nvb_emit_options){.lang = NVB_NL});
 *     }
 *     nvb_document_locate(doc, diag);
 *
 * Bytes are hostile until scanned: strict RFC 8259, UTF-8, no duplicate keys, no U+0000, at most 64 deep. Numbers keep
 * exactly the digits written. Nothing here opens a file: bytes come from the caller and go to a buffer of the caller.
 */
#ifndef NAVOLGBAAR_FORMATS_H
#define NAVOLGBAAR_FORMATS_H

#include "navolgbaar/breakdown.h"
#include "navolgbaar/buffer.h"
#include "navolgbaar/checks.h"

/* A file as the caller read it. `name` is for messages only. */
typedef struct nvb_source_file {
    nvb_text name;
    nvb_text bytes;
} nvb_source_file;

/* One --set: a path into the document (array items by id, code or position) and a value: JSON, or else plain text. */
typedef struct nvb_setting {
    nvb_text path, value;
} nvb_setting;

typedef struct nvb_document nvb_document;

/* Reads a proposal (or the `voorstel` of an explanation), merges it onto the policy (NULL: none), applies the settings in order, and builds
 * the proposal. Bytes of the files must stay until the document is freed (they are needed for locating).
 * All problems go to `diag`. NULL when the text itself cannot be read or memory is out; otherwise a document, whose proposal
 * is NULL when it has errors. */
NVB_API nvb_document *nvb_document_read(const nvb_source_file *file,
                                        const nvb_source_file *policy,
                                        const nvb_setting *settings,
                                        size_t n_settings,
                                        nvb_diag *diag);
NVB_API void nvb_document_free(nvb_document *d);
/* NULL when the document has errors. Lives as long as the document. */
NVB_API const nvb_proposal *nvb_document_proposal(const nvb_document *d);
/* Gives every problem with a path its file, line, column and source line, then sorts. A path that is not in the document is
 * placed at the nearest part of it that is. */
NVB_API void nvb_document_locate(const nvb_document *d, nvb_diag *diag);

/* All that an explanation is made of; borrowed. */
typedef struct nvb_explanation {
    const nvb_document *document;
    nvb_breakdown *breakdown;
    const nvb_checks *checks;
    const nvb_diag *diag; /* gaps are shown when `draft` */
    bool draft;
} nvb_explanation;

typedef struct nvb_emit_options {
    nvb_lang lang;
    bool indent;   /* JSON: for people, instead of one line */
    bool hide_zero; /* tree: leave out figures that are zero */
    unsigned depth; /* tree: 0 is no limit */
    nvb_text path;  /* tree, show: where to begin */
} nvb_emit_options;

/* Each appends to `out`; the buffer's `failed` says that memory was out. All end with a newline. */
NVB_API void nvb_emit_json(nvb_buffer *out, const nvb_explanation *e, const nvb_emit_options *o);
NVB_API void nvb_emit_letter(nvb_buffer *out, const nvb_explanation *e, const nvb_emit_options *o);
NVB_API void nvb_emit_checks_text(nvb_buffer *out, const nvb_explanation *e, const nvb_emit_options *o);
NVB_API void nvb_emit_checks_json(nvb_buffer *out, const nvb_explanation *e, const nvb_emit_options *o);
/* False when no figure and nothing above one has that path; out is then untouched. */
NVB_API bool nvb_emit_tree(nvb_buffer *out, const nvb_explanation *e, const nvb_emit_options *o);
NVB_API bool nvb_emit_show(nvb_buffer *out, const nvb_explanation *e, const nvb_emit_options *o);
/* The problems, one block each: file:line:column: severity code: message (path), the source line, a caret with the hint. */
NVB_API void nvb_emit_problems(nvb_buffer *out, const nvb_diag *diag, nvb_lang lang);

/* A schema by its short name (voorstel, beleid, toelichting, toetsen), or NULL; nvb_schema_name(i) is NULL past the last. */
NVB_API const char *nvb_schema(const char *name, size_t *length);
NVB_API const char *nvb_schema_name(size_t i);

#endif
