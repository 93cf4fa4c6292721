/*
 * folder.h: a new folder with files in it: all of them, or nothing.
 *
 * The folder must not exist yet or be empty. When one file fails, those before it are taken away,
 * and so is the folder if it was not there. Problems go to the diag (E7.., E84.).
 */
#ifndef NVB_CLI_FOLDER_H
#define NVB_CLI_FOLDER_H

#include "navolgbaar/formats.h"

bool cli_folder_make(
    const char *path, const nvb_source_file *files, size_t n, nvb_lang lang, nvb_diag *diag);
/* Appends the path of a file in it. */
void cli_folder_path(nvb_buffer *to, const char *path, nvb_text name);

#endif
