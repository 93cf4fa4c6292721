/*
 * folder.h: results as files: one per document and form, a thousand documents to a folder, each
 * written under another name first and then given its own, so that a file that is there is whole.
 *
 * Each function gives 0, or the errno of what went wrong.
 */
#ifndef NVB_CLI_BATCH_FOLDER_H
#define NVB_CLI_BATCH_FOLDER_H

#include "navolgbaar/buffer.h"
#include "navolgbaar/formats.h"

typedef struct batch_folder {
    const char *path; /* --out, borrowed */
    uint64_t block;   /* of the folder that is open, from 1; 0: none */
    int fd;           /* of that folder */
    nvb_buffer name;  /* the name last made, for messages */
} batch_folder;

/* Nothing but what we put there before results stands in it, or it is not there. *vacant says so;
 * 0 also when it is not. */
int batch_folder_is_vacant(const char *path, bool *vacant);
/* Makes the folder, and the one in it for what is not a result. *made: it was not there. */
int batch_folder_make(const char *path, bool *made);
void batch_folder_init(batch_folder *f, const char *path);
void batch_folder_release(batch_folder *f);
/* Writes one file of document `number`. */
int batch_folder_put(batch_folder *f,
                     uint64_t number,
                     const nvb_buffer *name,
                     const char *ending,
                     const nvb_buffer *from);
/* Removes what a run that was killed left unfinished, from document `number` on. */
void batch_folder_clean(batch_folder *f, uint64_t number);
/* Whether a file the overview names is there as it says; 0, or why not: ENOMEM, or ENOENT. */
int batch_folder_holds(batch_folder *f, const nvb_written *file);

#define BATCH_OWN_FOLDER ".navolgbaar"

#endif
