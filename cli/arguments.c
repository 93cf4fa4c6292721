/* arguments.c: see arguments.h. */
#include "arguments.h"

#include <stdlib.h>

#include "complain.h"
#include "manual.h"
#include "nearest.h"
#include "words.h"

/* The arguments while they are read. */
typedef struct reading {
    cli_request *r;
    int argc, at;
    char **argv;
    nvb_diag *diag;
    const cli_command *command; /* NULL until it was named */
    uint64_t seen;              /* options, by bit */
    bool failed;
    bool overfull; /* more documents than a command takes: said once */
} reading;

nvb_lang cli_arguments_language(int argc, char **argv)
{
    static const char name[] = "--lang";
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (strncmp(argv[i], name, sizeof name - 1) != 0)
            continue;
        const char *rest = argv[i] + sizeof name - 1;
        const char *value = *rest == '='                    ? rest + 1
                            : *rest == '\0' && i + 1 < argc ? argv[i + 1]
                                                            : "";
        if (strcmp(value, cli_langs[NVB_EN]) == 0)
            return NVB_EN;
    }
    return NVB_NL;
}

static void complain(reading *a, nvb_code code, const char *w1, const char *w2, const char *w3)
{
    cli_complain(a->diag, code, w1, w2, w3);
    a->failed = true;
}

static uint64_t taken(const reading *a)
{
    /* Before the command: what goes for all of them. */
    return a->command ? a->command->options
                      : CLI_TAKES(LANG) | CLI_TAKES(HELP) | CLI_TAKES(VERSION);
}

static bool is_taken(const reading *a, size_t option)
{
    return taken(a) >> option & 1;
}

static const cli_option *find_long(const reading *a, const char *name, size_t n)
{
    for (size_t i = 0; i < CLI_O_COUNT; i++)
        if (is_taken(a, i) && strlen(cli_options[i].name) == n &&
            strncmp(cli_options[i].name, name, n) == 0)
            return &cli_options[i];
    return NULL;
}

static const cli_option *find_letter(const reading *a, char letter)
{
    for (size_t i = 0; i < CLI_O_COUNT; i++)
        if (is_taken(a, i) && letter && cli_options[i].letter == letter)
            return &cli_options[i];
    return NULL;
}

static void complain_unknown(reading *a, const char *given)
{
    nvb_lang lang = (nvb_lang)a->r->lang;
    nvb_buffer name = NVB_BUFFER_INIT, hint = NVB_BUFFER_INIT;
    nvb_buffer_bytes(&name, given, strcspn(given, "="));
    cli_nearest near = cli_nearest_to(name.s && name.n > 2 ? name.s + 2 : "");
    for (size_t i = 0; i < CLI_O_COUNT; i++)
        if (is_taken(a, i) && cli_options[i].help[lang])
            cli_nearest_try(&near, cli_text(cli_options[i].name));
    cli_nearest_hint(&hint, &near, "--", a->command ? a->command->name : "", lang);
    complain(a, NVB_E802, name.s, hint.s, NULL);
    nvb_buffer_release(&hint);
    nvb_buffer_release(&name);
}

static void
set_choice(reading *a, const cli_option *o, const char *shown, unsigned *field, const char *value)
{
    nvb_buffer all = NVB_BUFFER_INIT;
    for (unsigned i = 0; o->choices[i]; i++) {
        if (strcmp(o->choices[i], value) == 0) {
            *field = i;
            nvb_buffer_release(&all);
            return;
        }
        nvb_buffer_str(&all, i ? ", " : "");
        nvb_buffer_str(&all, o->choices[i]);
    }
    complain(a, NVB_E805, shown, value, all.s);
    nvb_buffer_release(&all);
}

static void set_number(reading *a, const char *shown, unsigned *field, const char *value)
{
    unsigned n = 0;
    const char *p = value;
    while (*p >= '0' && *p <= '9' && n <= CLI_MAX_NUMBER)
        n = n * 10 + (unsigned)(*p++ - '0');
    if (*p || n == 0 || n > CLI_MAX_NUMBER)
        complain(a, NVB_E806, shown, value, "1000000");
    else
        *field = n;
}

static void set(reading *a, const cli_option *o, const char *shown, char *value)
{
    void *field = (char *)a->r + o->field;
    uint64_t bit = UINT64_C(1) << (o - cli_options);
    if (a->seen & bit && o->kind != CLI_FLAG && o->kind != CLI_LIST) {
        complain(a, NVB_E807, shown, NULL, NULL);
        return;
    }
    a->seen |= bit;
    switch (o->kind) {
    case CLI_FLAG:
        *(bool *)field = true;
        return;
    case CLI_CHOICE:
        set_choice(a, o, shown, field, value);
        return;
    case CLI_TEXT:
        *(const char **)field = value;
        return;
    case CLI_NUMBER:
        set_number(a, shown, field, value);
        return;
    case CLI_LIST: {
        cli_list *list = field;
        list->items[list->n++] = value;
        return;
    }
    }
}

/* `attached`: the value in the same argument, or NULL. */
static void take(reading *a, const cli_option *o, const char *shown, char *attached)
{
    nvb_lang lang = (nvb_lang)a->r->lang;
    if (o->kind == CLI_FLAG) {
        if (attached)
            complain(a, NVB_E804, shown, NULL, NULL);
        else
            set(a, o, shown, NULL);
        return;
    }
    if (!attached && a->at + 1 >= a->argc) {
        nvb_buffer value = NVB_BUFFER_INIT;
        cli_manual_value(&value, o, lang);
        complain(a, NVB_E803, shown, value.s, NULL);
        nvb_buffer_release(&value);
        return;
    }
    set(a, o, shown, attached ? attached : a->argv[++a->at]);
}

/* Whether what was not recognised is a flag or takes a value cannot be known; what follows may be
 * that value, and is not judged. */
static void skip_value(reading *a)
{
    if (a->at + 1 < a->argc && a->argv[a->at + 1][0] != '-')
        a->at++;
}

static void read_long(reading *a)
{
    char *argument = a->argv[a->at], *equals = strchr(argument, '=');
    size_t n = equals ? (size_t)(equals - argument) : strlen(argument);
    const cli_option *o = find_long(a, argument + 2, n - 2);
    char shown[32] = "--";
    if (!o) {
        complain_unknown(a, argument);
        if (!equals)
            skip_value(a);
        return;
    }
    strncat(shown, o->name, sizeof shown - 3);
    take(a, o, shown, equals ? equals + 1 : NULL);
}

static void read_letters(reading *a)
{
    char *letters = a->argv[a->at] + 1;
    for (; *letters; letters++) {
        const cli_option *o = find_letter(a, *letters);
        char shown[3] = {'-', *letters, '\0'};
        if (!o) {
            complain_unknown(a, a->argv[a->at]);
            return;
        }
        bool ends = o->kind != CLI_FLAG; /* what follows is its value */
        take(a, o, shown, ends && letters[1] ? letters + 1 : NULL);
        if (ends)
            return;
    }
}

static bool repeats(const cli_command *c)
{
    return c->n_operands > 0 && c->operands[c->n_operands - 1].repeats;
}

static size_t most_operands(const cli_command *c)
{
    return repeats(c) ? CLI_MAX_OPERANDS : c->n_operands;
}

/* What repeats is documents: one too many of them is not the one that is wrong. */
static void complain_too_many(reading *a, const char *argument)
{
    nvb_buffer text = NVB_BUFFER_INIT;
    if (!repeats(a->command)) {
        cli_manual_synopsis(&text, a->command, (nvb_lang)a->r->lang);
        complain(a, NVB_E809, argument, text.s, NULL);
    } else if (!a->overfull) {
        nvb_buffer_uint(&text, CLI_MAX_OPERANDS);
        complain(a, NVB_E820, a->command->name, text.s, NULL);
        a->overfull = true;
    }
    nvb_buffer_release(&text);
}

static void read_operand(reading *a, char *argument)
{
    nvb_lang lang = (nvb_lang)a->r->lang;
    nvb_buffer text = NVB_BUFFER_INIT;
    if (!a->command) {
        a->command = cli_command_find(argument);
        if (!a->command) {
            cli_nearest near = cli_nearest_to(argument);
            for (const cli_command *const *c = cli_commands; *c; c++)
                cli_nearest_try(&near, cli_text((*c)->name));
            cli_nearest_hint(&text, &near, "", "", lang);
            complain(a, NVB_E801, argument, text.s, NULL);
        }
    } else if (a->r->n_operands < most_operands(a->command)) {
        a->r->operands[a->r->n_operands++] = argument;
    } else {
        complain_too_many(a, argument);
    }
    nvb_buffer_release(&text);
}

static void check_operands(reading *a)
{
    nvb_lang lang = (nvb_lang)a->r->lang;
    size_t n = a->r->n_operands;
    if (!a->command) {
        complain(a, NVB_E808, cli_word(CLI_W_COMMAND, lang), "navolgbaar help", NULL);
        return;
    }
    if (n >= a->command->n_operands || !a->command->operands[n].required || a->r->providers)
        return;
    nvb_buffer text = NVB_BUFFER_INIT;
    cli_manual_synopsis(&text, a->command, lang);
    complain(a, NVB_E808, cli_word(a->command->operands[n].name, lang), text.s, NULL);
    nvb_buffer_release(&text);
}

/* How to compare says nothing where nothing is compared. */
static void check_comparing(reading *a)
{
    char shown[32];
    if (!a->command || !(a->command->options & CLI_TAKES(PREVIOUS)) || a->r->previous)
        return;
    uint64_t comparing = CLI_TAKES_COMPARING & ~(a->r->providers ? CLI_TAKES(CSV) : 0);
    for (size_t i = 0; i < CLI_O_COUNT; i++) {
        if (!(a->seen & comparing & UINT64_C(1) << i))
            continue;
        shown[0] = shown[1] = '-';
        shown[2] = '\0';
        strncat(shown, cli_options[i].name, sizeof shown - 3);
        complain(a, NVB_E817, shown, "--previous", NULL);
    }
}

/* Room for what each list option may be given. False when memory is out. */
static bool make_lists(reading *a)
{
    for (size_t i = 0; i < CLI_O_COUNT; i++) {
        if (cli_options[i].kind != CLI_LIST)
            continue;
        cli_list *list = (cli_list *)(void *)((char *)a->r + cli_options[i].field);
        list->items = calloc((size_t)a->argc + 1, sizeof *list->items);
        if (!list->items) {
            complain(a, NVB_E901, NULL, NULL, NULL);
            return false;
        }
    }
    return true;
}

const cli_command *cli_arguments_read(cli_request *r, int argc, char **argv, nvb_diag *diag)
{
    reading a = {.r = r, .argc = argc, .at = 1, .argv = argv, .diag = diag};
    r->argc = argc;
    r->argv = argv;
    if (!make_lists(&a))
        return NULL;
    bool options = true;
    /* An unknown command makes all that follows meaningless; other mistakes are collected. */
    for (; a.at < argc && (a.command || !a.failed); a.at++) {
        char *argument = argv[a.at];
        if (!options || argument[0] != '-' || argument[1] == '\0')
            read_operand(&a, argument);
        else if (strcmp(argument, "--") == 0)
            options = false;
        else if (argument[1] == '-')
            read_long(&a);
        else
            read_letters(&a);
    }
    if (a.failed)
        return NULL;
    if (r->version || r->help) {
        /* `explain --help` is `help explain`. */
        r->n_operands = r->help && a.command ? 1 : 0;
        r->operands[0] = a.command ? a.command->name : NULL;
        return &cli_help;
    }
    check_operands(&a);
    check_comparing(&a);
    return a.failed ? NULL : a.command;
}
