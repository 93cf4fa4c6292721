/* manual.c: see manual.h. */
#include "manual.h"

#include "words.h"

enum { WIDTH = 80, COLUMN = 26 };

const char *cli_manual_exit(unsigned i, nvb_lang lang)
{
    static const cli_word_id meaning[] = {CLI_W_EXIT_0, CLI_W_EXIT_1, CLI_W_EXIT_2,
                                          CLI_W_EXIT_3, CLI_W_EXIT_4, CLI_W_EXIT_5};
    return cli_word(meaning[i], lang);
}

/* Columns of UTF-8 text: bytes that do not continue a character. */
static size_t width(const char *s, size_t n)
{
    size_t w = 0;
    for (size_t i = 0; i < n; i++)
        w += ((unsigned char)s[i] & 0xC0) != 0x80;
    return w;
}

/* Words of `text` from column `at`, going on at column `indent` on the next line; ends the last
 * line. */
static void wrap(nvb_buffer *out, const char *text, size_t at, size_t indent)
{
    bool first = true;
    while (*text) {
        size_t n = strcspn(text, " "), w = width(text, n);
        if (!first && at + 1 + w > WIDTH) {
            nvb_buffer_byte(out, '\n');
            nvb_buffer_repeat(out, ' ', indent);
            at = indent;
            first = true;
        }
        if (!first) {
            nvb_buffer_byte(out, ' ');
            at++;
        }
        nvb_buffer_bytes(out, text, n);
        at += w;
        first = false;
        text += n + (text[n] == ' ');
    }
    nvb_buffer_byte(out, '\n');
}

/* "  name    explanation", the explanation in a column of its own. */
static void row(nvb_buffer *out, const char *name, const char *explanation)
{
    size_t w = width(name, strlen(name)) + 2;
    nvb_buffer_str(out, "  ");
    nvb_buffer_str(out, name);
    if (w + 2 > COLUMN) {
        nvb_buffer_byte(out, '\n');
        w = 0;
    }
    nvb_buffer_repeat(out, ' ', COLUMN - w);
    wrap(out, explanation, COLUMN, COLUMN);
}

static void heading(nvb_buffer *out, cli_word_id id, nvb_lang lang)
{
    nvb_buffer_byte(out, '\n');
    nvb_buffer_str(out, cli_word(id, lang));
    nvb_buffer_str(out, ":\n");
}

void cli_manual_value(nvb_buffer *out, const cli_option *o, nvb_lang lang)
{
    for (size_t i = 0; o->choices && o->choices[i]; i++) {
        nvb_buffer_str(out, i ? "|" : "");
        nvb_buffer_str(out, o->choices[i]);
    }
    nvb_buffer_str(out, o->value[lang]);
}

void cli_manual_synopsis(nvb_buffer *out, const cli_command *c, nvb_lang lang)
{
    nvb_buffer_str(out, "navolgbaar ");
    nvb_buffer_str(out, c->name);
    for (size_t i = 0; i < c->n_operands; i++) {
        const cli_operand *o = &c->operands[i];
        nvb_buffer_str(out, o->required ? " " : " [");
        nvb_buffer_str(out, cli_word(o->name, lang));
        nvb_buffer_str(out, o->repeats ? "…" : "");
        nvb_buffer_str(out, o->required ? "" : "]");
    }
    nvb_buffer_byte(out, ' ');
    nvb_buffer_str(out, cli_word(CLI_W_OPTIONS_PLACE, lang));
}

static void option_row(nvb_buffer *out, const cli_option *o, nvb_lang lang)
{
    nvb_buffer name = NVB_BUFFER_INIT;
    if (o->letter) {
        nvb_buffer_byte(&name, '-');
        nvb_buffer_byte(&name, o->letter);
        nvb_buffer_str(&name, ", ");
    }
    nvb_buffer_str(&name, "--");
    nvb_buffer_str(&name, o->name);
    if (o->kind != CLI_FLAG) {
        nvb_buffer_byte(&name, ' ');
        cli_manual_value(&name, o, lang);
    }
    out->failed |= name.failed;
    row(out, name.s ? name.s : "", o->help[lang]);
    nvb_buffer_release(&name);
}

static void option_rows(nvb_buffer *out, uint64_t options, nvb_lang lang)
{
    heading(out, CLI_W_OPTIONS, lang);
    for (size_t i = 0; i < CLI_O_COUNT; i++)
        if (options >> i & 1 && cli_options[i].help[lang])
            option_row(out, &cli_options[i], lang);
}

static void usage_line(nvb_buffer *out, nvb_lang lang)
{
    nvb_buffer_str(out, cli_word(CLI_W_USAGE, lang));
    nvb_buffer_str(out, ": ");
}

void cli_manual_command(nvb_buffer *out, const cli_command *c, nvb_lang lang)
{
    usage_line(out, lang);
    cli_manual_synopsis(out, c, lang);
    nvb_buffer_str(out, "\n\n");
    wrap(out, cli_word(c->details, lang), 0, 0);
    if (c->n_operands > 0)
        heading(out, CLI_W_OPERANDS, lang);
    for (size_t i = 0; i < c->n_operands; i++)
        row(out, cli_word(c->operands[i].name, lang), cli_word(c->operands[i].help, lang));
    option_rows(out, c->options, lang);
}

void cli_manual_overview(nvb_buffer *out, nvb_lang lang)
{
    usage_line(out, lang);
    nvb_buffer_str(out, "navolgbaar ");
    nvb_buffer_str(out, cli_word(CLI_W_COMMAND, lang));
    nvb_buffer_str(out, " ... ");
    nvb_buffer_str(out, cli_word(CLI_W_OPTIONS_PLACE, lang));
    nvb_buffer_str(out, "\n\n");
    wrap(out, cli_word(CLI_W_DESCRIPTION, lang), 0, 0);
    heading(out, CLI_W_COMMANDS, lang);
    for (const cli_command *const *c = cli_commands; *c; c++)
        row(out, (*c)->name, cli_word((*c)->summary, lang));
    option_rows(out, CLI_TAKES(LANG) | CLI_TAKES(HELP) | CLI_TAKES(VERSION), lang);
    heading(out, CLI_W_EXIT_CODES, lang);
    for (unsigned i = 0; i <= CLI_INTERNAL; i++)
        row(out, (const char[]){(char)('0' + i), '\0'}, cli_manual_exit(i, lang));
    nvb_buffer_byte(out, '\n');
    wrap(out, cli_word(CLI_W_MORE_HELP, lang), 0, 0);
}

/* The template of a message with its places for words as an ellipsis, and "{1?given|absent}" as
 * "given / absent"; nothing when it is all place. */
static void without_places(nvb_buffer *out, const char *text)
{
    bool in_forms = false;
    if (text[0] == '{' && strlen(text) == 3)
        return;
    for (; *text; text++) {
        bool place = text[0] == '{' && text[1] >= '1' && text[1] <= '9';
        if (place && text[2] == '}') {
            nvb_buffer_str(out, "…");
            text += 2;
        } else if (place && text[2] == '?') {
            in_forms = true;
            text += 2;
        } else if (in_forms && (*text == '|' || *text == '}')) {
            nvb_buffer_str(out, *text == '|' ? " / " : "");
            in_forms = *text == '|';
        } else {
            nvb_buffer_byte(out, *text);
        }
    }
}

static const char *severity_words(nvb_severity s, nvb_lang lang)
{
    static const cli_word_id words[] = {[NVB_ERROR] = CLI_W_SEVERITY_ERROR,
                                        [NVB_GAP] = CLI_W_SEVERITY_GAP,
                                        [NVB_WARNING] = CLI_W_SEVERITY_WARNING};
    return cli_word(words[s], lang);
}

void cli_manual_code(nvb_buffer *out, nvb_code code, nvb_lang lang)
{
    nvb_severity severity = nvb_code_severity(code);
    nvb_buffer text = NVB_BUFFER_INIT;
    nvb_buffer_str(out, nvb_code_name(code));
    nvb_buffer_byte(out, '\n');
    without_places(&text, nvb_code_message(code, lang));
    row(out, cli_word(CLI_W_CODE_MESSAGE, lang), text.s ? text.s : "");
    nvb_buffer_cut(&text, 0);
    without_places(&text, nvb_code_hint(code, lang));
    if (text.n > 0)
        row(out, cli_word(CLI_W_CODE_HINT, lang), text.s);
    row(out, cli_word(CLI_W_CODE_SEVERITY, lang), severity_words(severity, lang));
    const char digit[] = {(char)('0' + (severity == NVB_WARNING ? CLI_FINE : cli_exit_of(code))),
                          '\0'};
    row(out, cli_word(CLI_W_CODE_EXIT, lang),
        severity == NVB_GAP ? cli_word(CLI_W_GAP_EXIT, lang) : digit);
    out->failed |= text.failed;
    nvb_buffer_release(&text);
}
