/* manual_roff.c: the man page, from the same tables as the help. See manual.h. */
#include "manual.h"

#include "words.h"

/* Text as roff wants it: a backslash doubled, a hyphen that stays a hyphen, no control line by
 * accident. */
static void plain(nvb_buffer *out, const char *s)
{
    if (*s == '.' || *s == '\'')
        nvb_buffer_str(out, "\\&");
    for (; *s; s++) {
        if (*s == '\\')
            nvb_buffer_str(out, "\\e");
        else if (*s == '-')
            nvb_buffer_str(out, "\\-");
        else if (*s == '\'')
            nvb_buffer_str(out, "\\(aq");
        else
            nvb_buffer_byte(out, *s);
    }
}

static void line(nvb_buffer *out, const char *macro, const char *s)
{
    nvb_buffer_str(out, macro);
    plain(out, s);
    nvb_buffer_byte(out, '\n');
}

static void section(nvb_buffer *out, cli_word_id id, nvb_lang lang)
{
    line(out, ".SH ", cli_word(id, lang));
}

static void synopsis(nvb_buffer *out, const cli_command *c, nvb_lang lang)
{
    nvb_buffer text = NVB_BUFFER_INIT;
    cli_manual_synopsis(&text, c, lang);
    line(out, "", text.s ? text.s : "");
    out->failed |= text.failed;
    nvb_buffer_release(&text);
}

static void option(nvb_buffer *out, const cli_option *o, nvb_lang lang)
{
    nvb_buffer value = NVB_BUFFER_INIT;
    nvb_buffer_str(out, ".TP\n");
    if (o->letter) {
        nvb_buffer_str(out, "\\fB\\-");
        nvb_buffer_byte(out, o->letter);
        nvb_buffer_str(out, "\\fR, ");
    }
    nvb_buffer_str(out, "\\fB\\-\\-");
    plain(out, o->name);
    nvb_buffer_str(out, "\\fR");
    if (o->kind != CLI_FLAG) {
        cli_manual_value(&value, o, lang);
        nvb_buffer_str(out, " \\fI");
        plain(out, value.s ? value.s : "");
        nvb_buffer_str(out, "\\fR");
    }
    nvb_buffer_byte(out, '\n');
    line(out, "", o->help[lang]);
    out->failed |= value.failed;
    nvb_buffer_release(&value);
}

static void command(nvb_buffer *out, const cli_command *c, nvb_lang lang)
{
    line(out, ".SS ", c->name);
    synopsis(out, c, lang);
    nvb_buffer_str(out, ".PP\n");
    line(out, "", cli_word(c->details, lang));
    for (size_t i = 0; i < c->n_operands; i++) {
        nvb_buffer_str(out, ".TP\n");
        line(out, ".I ", cli_word(c->operands[i].name, lang));
        line(out, "", cli_word(c->operands[i].help, lang));
    }
    for (size_t i = 0; i < CLI_O_COUNT; i++)
        if (c->options >> i & 1 && cli_options[i].help[lang])
            option(out, &cli_options[i], lang);
}

static void exit_codes(nvb_buffer *out, nvb_lang lang)
{
    section(out, CLI_W_MAN_EXIT, lang);
    for (unsigned i = 0; i <= CLI_INTERNAL; i++) {
        nvb_buffer_str(out, ".TP\n.B ");
        nvb_buffer_uint(out, i);
        nvb_buffer_byte(out, '\n');
        line(out, "", cli_manual_exit(i, lang));
    }
}

static void example(nvb_buffer *out, cli_word_id id, const char *call, nvb_lang lang)
{
    nvb_buffer_str(out, ".PP\n");
    line(out, "", cli_word(id, lang));
    nvb_buffer_str(out, ".PP\n.RS 4\n.nf\n");
    line(out, "", call);
    nvb_buffer_str(out, ".fi\n.RE\n");
}

void cli_manual_roff(nvb_buffer *out, nvb_lang lang)
{
    /* No date: the same version gives the same page. */
    nvb_buffer_str(out, ".TH NAVOLGBAAR 1 \"\" \"navolgbaar " NVB_VERSION "\"\n");
    section(out, CLI_W_MAN_NAME, lang);
    nvb_buffer_str(out, "navolgbaar \\- ");
    line(out, "", cli_word(CLI_W_PROGRAM, lang));
    section(out, CLI_W_MAN_SYNOPSIS, lang);
    for (const cli_command *const *c = cli_commands; *c; c++) {
        synopsis(out, *c, lang);
        nvb_buffer_str(out, ".br\n");
    }
    section(out, CLI_W_MAN_DESCRIPTION, lang);
    line(out, "", cli_word(CLI_W_DESCRIPTION, lang));
    section(out, CLI_W_MAN_COMMANDS, lang);
    for (const cli_command *const *c = cli_commands; *c; c++)
        command(out, *c, lang);
    exit_codes(out, lang);
    section(out, CLI_W_MAN_EXAMPLES, lang);
    example(out, CLI_W_EXAMPLE_EXPLAIN, "navolgbaar explain voorstel.json", lang);
    example(out, CLI_W_EXAMPLE_SHOW, "navolgbaar show voorstel.json /prestaties/12010/tarief",
            lang);
    example(out, CLI_W_EXAMPLE_DIFF, "navolgbaar diff contract-2025.json voorstel-2026.json", lang);
    example(out, CLI_W_EXAMPLE_SET,
            "navolgbaar tree voorstel.json --set /indexen/lpo/percentage=5.1%", lang);
}
