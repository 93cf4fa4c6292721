/*
 * documents.h: the files of a run, and the documents in them worked out.
 *
 * All files are read before any is judged, and all documents are worked out even when one of them
 * is wrong, so that one run tells everything. It compares nothing.
 */
#ifndef NVB_CLI_DOCUMENTS_H
#define NVB_CLI_DOCUMENTS_H

#include "session.h"

/* Makes room for `n` documents of those names. False when a problem was added. */
bool cli_documents_name(cli_session *s, const char *const *names, size_t n);
/* Reads every file that was named; false when a problem was added. */
bool cli_documents_read(cli_session *s);
/* Reads, validates and computes them all, and reads the reference. False when one has an error. */
bool cli_documents_open(cli_session *s);
/* What a file holds, by its name; borrows from `f`. */
nvb_source_file cli_file_source(const cli_file *f);
void cli_documents_release(cli_session *s);
/* The name of an earlier policy with the same bytes as policy `i`, of which that is a copy; or
 * NULL.
 */
const char *cli_documents_same_policy(const cli_session *s, size_t i);

#endif
