/* options.c: see options.h. */
#include "options.h"

const char *const cli_formats[] = {"text", "json", NULL};
const char *const cli_langs[] = {"nl", "en", NULL};
const char *const cli_attributions[] = {"volgorde", "midden", NULL};
const char *const cli_csvs[] = {"nl", "intl", NULL};
const char *const cli_progresses[] = {"auto", "always", "never", NULL};

/* clang-format off */
#define CLI_OPTION(id, name, letter, kind, field, choices, value_nl, value_en, nl, en)             \
    [CLI_O_##id] = {name, letter, kind, offsetof(cli_request, field), choices, {value_nl, value_en}, {nl, en}},
const cli_option cli_options[CLI_O_COUNT] = {
#include "options.def"
};
#undef CLI_OPTION
/* clang-format on */
