/* cmd_new.c: a start for who makes a policy: files that work, in a folder of their own. */
#include "command.h"
#include "complain.h"
#include "folder.h"
#include "nearest.h"

enum { MAX_FILES = 8 };

static void sectors(nvb_buffer *out, const char *between)
{
    for (size_t i = 0; nvb_start_sector(i); i++) {
        nvb_buffer_str(out, i ? between : "");
        nvb_buffer_str(out, nvb_start_sector(i));
    }
}

/* "navolgbaar new --sector fysiotherapie|ggz|… -o MAP" */
static void complain_missing(cli_session *s, cli_option_id id)
{
    const cli_option *folder = &cli_options[CLI_O_FOLDER];
    nvb_buffer usage = NVB_BUFFER_INIT;
    nvb_buffer_str(&usage, "navolgbaar new --sector ");
    sectors(&usage, "|");
    nvb_buffer_str(&usage, " -o ");
    nvb_buffer_str(&usage, folder->value[cli_session_lang(s)]);
    cli_complain(s->diag, NVB_E808, id == CLI_O_FOLDER ? "-o" : "--sector", usage.s, NULL);
    nvb_buffer_release(&usage);
}

static void complain_unknown(cli_session *s, const char *sector)
{
    nvb_buffer hint = NVB_BUFFER_INIT;
    cli_nearest near = cli_nearest_to(sector);
    for (size_t i = 0; nvb_start_sector(i); i++)
        cli_nearest_try(&near, cli_text(nvb_start_sector(i)));
    if (nvb_text_given(near.best))
        cli_nearest_hint(&hint, &near, "", "", cli_session_lang(s));
    else
        sectors(&hint, ", ");
    cli_complain(s->diag, NVB_E840, sector, hint.s, NULL);
    nvb_buffer_release(&hint);
}

static void make(cli_session *s, const char *sector, const char *folder)
{
    nvb_lang lang = cli_session_lang(s);
    nvb_source_file files[MAX_FILES];
    size_t n = 0;
    while (n < MAX_FILES && nvb_start(sector, n, lang, &files[n]))
        n++;
    if (n == 0) {
        complain_unknown(s, sector);
        return;
    }
    /* First, since memory may be out: nothing is to fail once the folder is there. */
    for (size_t i = 0; i < n; i++) {
        cli_folder_path(&s->out, folder, files[i].name);
        nvb_buffer_byte(&s->out, '\n');
    }
    if (!s->out.failed)
        (void)cli_folder_make(folder, files, n, lang, s->diag);
}

static void run(cli_session *s)
{
    const char *sector = s->request.sector, *folder = s->request.output;
    s->request.output = NULL; /* the folder is made here; what is said of it goes to the caller */
    if (folder &&
        strcmp(folder, "-") == 0) { /* standard output elsewhere, and a nuisance as a name */
        cli_complain(s->diag, NVB_E805, "-o", folder,
                     cli_options[CLI_O_FOLDER].value[cli_session_lang(s)]);
    } else if (sector && folder) {
        make(s, sector, folder);
    } else if (sector || folder) {
        complain_missing(s, sector ? CLI_O_FOLDER : CLI_O_SECTOR);
    } else {
        sectors(&s->out, "\n");
        nvb_buffer_byte(&s->out, '\n');
    }
}

const cli_command cli_new = {
    .name = "new",
    .summary = CLI_W_START,
    .details = CLI_W_START_MORE,
    .options = CLI_TAKES(SECTOR) | CLI_TAKES(FOLDER) | CLI_TAKES(LANG) | CLI_TAKES(HELP),
    .run = run,
};
