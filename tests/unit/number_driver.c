/*
 * number_driver.c: the number module behind lines of text, for tests that bring their own oracle.
 *
 * Every line on stdin is an expression in postfix order and ends in what to show; it is worked out
 * twice, by a calc that may use the machine and by one that may not, and both answers are printed
 * with a tab between:
 *
 *     1.25 2/3 mul naar_even 2 round text   ->   0.83 exact<TAB>0.83 exact
 *
 * Operands: a decimal, a fraction n/d, a percentage with '%'. On the stack: add sub mul div neg, `K
 * shift`, `MODE D round`. To show: text, fraction, `D fixed`, cmp, sign, `D terminates`, and `from
 * to N years D growth`: its kind, and value, low and high as fractions. A calc error shows as
 * `error N`, a text that is no number as `syntax N`. Plain counts (K, D, N) are read as numbers and
 * must be small. It checks nothing itself.
 */
#include <stdio.h>
#include <stdlib.h>

#include "navolgbaar/chain.h"
#include "numtext.h"

enum { LINE = 1 << 16, DEEP = 64 };

typedef struct machine {
    nvb_calc *calc;
    nvb_num stack[DEEP];
    size_t n;
    long count;    /* the last operand read as a plain count */
    long years;    /* the last count named so */
    nvb_mode mode; /* the last mode named */
    nvb_buffer out;
} machine;

static const char *const modes[] = {
#define KEY(name, key) key,
    NVB_MODES(KEY)
#undef KEY
};

static nvb_num pop(machine *m)
{
    if (m->n == 0)
        exit(2);
    return m->stack[--m->n];
}

static void push(machine *m, nvb_num v)
{
    if (m->n == DEEP)
        exit(2);
    m->stack[m->n++] = v;
}

static bool arithmetic(machine *m, const char *word)
{
    static const struct {
        const char *word;
        nvb_num (*op)(nvb_calc *calc, nvb_num a, nvb_num b);
    } table[] = {
        {"add", nvb_num_add},
        {"sub", nvb_num_sub},
        {"mul", nvb_num_mul},
        {"div", nvb_num_div},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        if (strcmp(word, table[i].word) != 0)
            continue;
        nvb_num b = pop(m), a = pop(m);
        push(m, table[i].op(m->calc, a, b));
        return true;
    }
    if (strcmp(word, "neg") != 0)
        return false;
    push(m, nvb_num_neg(m->calc, pop(m)));
    return true;
}

/* Words that take a count from the stack before their operand. */
static bool counted(machine *m, const char *word)
{
    for (nvb_mode mode = NVB_ARITHMETIC; mode < NVB_MODE_COUNT; mode++) {
        if (strcmp(word, modes[mode]) == 0) {
            m->mode = mode;
            return true;
        }
    }
    if (strcmp(word, "years") == 0) {
        (void)pop(m);
        m->years = m->count;
        return true;
    }
    bool shift = strcmp(word, "shift") == 0;
    if (!shift && strcmp(word, "round") != 0)
        return false;
    (void)pop(m);
    nvb_num a = pop(m);
    push(m, shift ? nvb_num_shift(m->calc, a, (int)m->count)
                  : nvb_num_round(m->calc, a, (unsigned)m->count, m->mode));
    return true;
}

static void tell(machine *m, bool exact)
{
    nvb_buffer_str(&m->out, exact ? " exact" : " rounded");
}

static void number(machine *m, int n)
{
    nvb_buffer_str(&m->out, n < 0 ? "-1" : n > 0 ? "1" : "0");
}

static void growth(machine *m)
{
    static const char *const kinds[] = {"none", "exact", "enclosed"};
    (void)pop(m);
    nvb_num to = pop(m), from = pop(m);
    nvb_growth g = nvb_growth_of(m->calc, from, to, (unsigned)m->years, (unsigned)m->count);
    nvb_num shown[] = {g.value, g.low, g.high};
    nvb_buffer_str(&m->out, kinds[g.kind]);
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++) {
        nvb_buffer_byte(&m->out, ' ');
        nvbi_num_append_fraction(m->calc, &m->out, shown[i]);
    }
}

static bool show(machine *m, const char *word)
{
    if (strcmp(word, "text") == 0) {
        tell(m, nvbi_num_append(m->calc, &m->out, pop(m)));
    } else if (strcmp(word, "fraction") == 0) {
        nvbi_num_append_fraction(m->calc, &m->out, pop(m));
    } else if (strcmp(word, "sign") == 0) {
        number(m, nvb_num_sign(pop(m)));
    } else if (strcmp(word, "cmp") == 0) {
        nvb_num b = pop(m), a = pop(m);
        number(m, nvb_num_cmp(m->calc, a, b));
    } else if (strcmp(word, "fixed") == 0) {
        (void)pop(m);
        tell(m, nvbi_num_append_fixed(m->calc, &m->out, pop(m), (unsigned)m->count));
    } else if (strcmp(word, "terminates") == 0) {
        (void)pop(m);
        number(m, nvb_num_terminates(m->calc, pop(m), (unsigned)m->count));
    } else if (strcmp(word, "growth") == 0) {
        growth(m);
    } else {
        return false;
    }
    return true;
}

static nvb_num_syntax operand(machine *m, const char *word)
{
    nvb_text text = {word, strlen(word)};
    nvb_num v;
    nvb_num_syntax why = strchr(word, '/')   ? nvb_num_parse_fraction(m->calc, &v, text)
                         : strchr(word, '%') ? nvb_num_parse_percent(m->calc, &v, text)
                                             : nvb_num_parse(m->calc, &v, text);
    m->count = strtol(word, NULL, 10);
    push(m, v);
    return why;
}

static void evaluate(machine *m, const char *line)
{
    static char copy[LINE];
    m->n = 0;
    nvb_buffer_cut(&m->out, 0);
    nvb_buffer_str(&m->out, ""); /* an empty line has an empty answer */
    nvb_calc_clear(m->calc);
    memcpy(copy, line, strlen(line) + 1);
    for (char *word = strtok(copy, " \n"); word; word = strtok(NULL, " \n")) {
        if (arithmetic(m, word) || counted(m, word) || show(m, word))
            continue;
        nvb_num_syntax why = operand(m, word);
        if (why != NVB_SYNTAX_OK) {
            nvb_buffer_cut(&m->out, 0);
            nvb_buffer_str(&m->out, "syntax ");
            nvb_buffer_uint(&m->out, why);
            return;
        }
    }
    nvb_num_error error = nvb_calc_take_error(m->calc);
    if (error != NVB_NUM_OK) {
        nvb_buffer_cut(&m->out, 0);
        nvb_buffer_str(&m->out, "error ");
        nvb_buffer_uint(&m->out, error);
    }
}

int main(void)
{
    static char line[LINE];
    machine both[2] = {
        {.calc = nvb_calc_new(0),                  .out = NVB_BUFFER_INIT},
        {.calc = nvb_calc_new(NVB_CALC_MPFR_ONLY), .out = NVB_BUFFER_INIT},
    };
    if (!both[0].calc || !both[1].calc)
        return 5;
    while (fgets(line, sizeof line, stdin)) {
        evaluate(&both[0], line);
        evaluate(&both[1], line);
        printf("%s\t%s\n", both[0].out.s, both[1].out.s);
    }
    for (size_t i = 0; i < 2; i++) {
        nvb_buffer_release(&both[i].out);
        nvb_calc_free(both[i].calc);
    }
    return 0;
}
