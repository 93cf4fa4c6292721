/*
 * number.h: exact rational numbers, and the only places where one is rounded.
 *
 * A value is n / (d x 10^scale). Most figures fit a machine integer (`n` of 128 bits); what does
 * not lives in MPFR integers behind `big`, and gives the same digits. MPFR never holds a fraction:
 * every operation on it is on whole numbers and its ternary value is checked to be zero. No value
 * ever passes through binary floating point.
 *
 *     nvb_calc *calc = nvb_calc_new(0);
 *     nvb_num base, index;
 *     nvb_num_parse(calc, &base, NVB_TEXT("31.39"));
 *     nvb_num_parse(calc, &index, NVB_TEXT("0.0475"));
 *     nvb_num tariff = nvb_num_round(calc, nvb_num_mul(calc, base, index), 2, NVB_ARITHMETIC);
 *
 * Ownership: the digits of a big value live in the arena of the calc it was made with; the struct
 * itself is plain and copied freely. A value of one calc may be an operand under another.
 * Errors are sticky: an operation that needs more than 4,096 digits (in lowest terms), divides by
 * zero or runs out of memory returns zero and is remembered by the calc until nvb_calc_take_error.
 *
 * It does not print for people (see formats) and knows no currency or percent.
 */
#ifndef NAVOLGBAAR_NUMBER_H
#define NAVOLGBAAR_NUMBER_H

#include "base.h"

__extension__ typedef __int128 nvb_int128;

/* Fields are for the number module alone; use the functions. A cleared struct is the number zero.
 */
typedef struct nvb_num {
    nvb_int128 n; /* numerator; 0 when `big` is set */
    uint64_t d;   /* denominator without factors 2 and 5, at least 1; 1 for a decimal */
    const struct nvbi_big *big; /* NULL while the value fits the machine */
    uint32_t scale;             /* decimal places */
} nvb_num;

typedef struct nvb_calc nvb_calc;

enum {
    NVB_CALC_MPFR_ONLY = 1, /* no machine integers: to prove that both paths agree */
    NVB_CALC_LONG = 2 /* four times NVB_MAX_DIGITS: for sums over a whole document, which are no
                         figures of it */
};

typedef enum nvb_num_error {
    NVB_NUM_OK,
    NVB_NUM_DIGITS,   /* more than NVB_MAX_DIGITS in numerator or denominator */
    NVB_NUM_DIVISION, /* division by zero */
    NVB_NUM_MEMORY
} nvb_num_error;

/* Why a text is not a number of model section 1. */
typedef enum nvb_num_syntax {
    NVB_SYNTAX_OK,
    NVB_SYNTAX_EMPTY,
    NVB_SYNTAX_COMMA, /* a decimal comma: a point is wanted */
    NVB_SYNTAX_EXPONENT,
    NVB_SYNTAX_PLUS,
    NVB_SYNTAX_SPACE,
    NVB_SYNTAX_TOO_LONG, /* over 40 digits, or over 20 after the point */
    NVB_SYNTAX_ZERO_DENOMINATOR,
    NVB_SYNTAX_OTHER
} nvb_num_syntax;

enum {
    NVB_MAX_INPUT_DIGITS = 40,
    NVB_MAX_INPUT_DECIMALS = 20,
    NVB_MAX_DIGITS = 4096,
    NVB_SHOWN_DECIMALS = 20
};

/* The rounding modes of model section 1; the signed figure is what is rounded. X(enum, key) */
/* clang-format off */
#define NVB_MODES(X)                                                                               \
    X(NVB_ARITHMETIC, "rekenkundig")   /* nearest, half away from zero: the default */             \
    X(NVB_HALF_EVEN, "naar_even")      /* nearest, half to even */                                 \
    X(NVB_UP, "naar_boven")            /* towards plus infinity */                                 \
    X(NVB_DOWN, "naar_beneden")        /* towards minus infinity */                                \
    X(NVB_TO_ZERO, "richting_nul")                                                                 \
    X(NVB_FROM_ZERO, "weg_van_nul")
/* clang-format on */
#define NVB_MODE_ENUM(name, key) name,
typedef enum nvb_mode { NVB_MODES(NVB_MODE_ENUM) NVB_MODE_COUNT } nvb_mode;
#undef NVB_MODE_ENUM

/* NULL when memory is out. `flags`: NVB_CALC_*. */
NVB_API nvb_calc *nvb_calc_new(unsigned flags);
NVB_API void nvb_calc_free(nvb_calc *calc);
/* Forgets all big digits and any error; values made with this calc are no longer valid. */
NVB_API void nvb_calc_clear(nvb_calc *calc);
/* The first error since the last call, which clears it. */
NVB_API nvb_num_error nvb_calc_take_error(nvb_calc *calc);
/* How much it has done since it was made, the same on every machine: an operation on machine
 * integers counts for one, on longer numbers for what their length makes it cost. */
NVB_API uint64_t nvb_calc_work(const nvb_calc *calc);

NVB_API nvb_num nvb_num_int(int64_t v);
/* Reads `-?digits[.digits]`, at most 40 digits of which 20 after the point, exactly as written.
 * `*out` is zero unless NVB_SYNTAX_OK comes back. */
NVB_API nvb_num_syntax nvb_num_parse(nvb_calc *calc, nvb_num *out, nvb_text s);
/* Reads the above with an optional trailing '%', and divides by 100: "4.75%" and "4.75" are 0.0475.
 */
NVB_API nvb_num_syntax nvb_num_parse_percent(nvb_calc *calc, nvb_num *out, nvb_text s);
/* Reads a fraction of whole numbers, "2/3", as a plain value (a share of 2/3 is not two thirds of a
 * percent). */
NVB_API nvb_num_syntax nvb_num_parse_fraction(nvb_calc *calc, nvb_num *out, nvb_text s);

NVB_API nvb_num nvb_num_add(nvb_calc *calc, nvb_num a, nvb_num b);
NVB_API nvb_num nvb_num_sub(nvb_calc *calc, nvb_num a, nvb_num b);
NVB_API nvb_num nvb_num_mul(nvb_calc *calc, nvb_num a, nvb_num b);
/* Exact: the result stays a fraction. */
NVB_API nvb_num nvb_num_div(nvb_calc *calc, nvb_num a, nvb_num b);
NVB_API nvb_num nvb_num_neg(nvb_calc *calc, nvb_num a);
/* a x 10^places; places may be negative. */
NVB_API nvb_num nvb_num_shift(nvb_calc *calc, nvb_num a, int places);
/* The value nearest by `mode` with at most `decimals` (0 to 20) places; exact division and rounding
 * in one. */
NVB_API nvb_num nvb_num_round(nvb_calc *calc, nvb_num a, unsigned decimals, nvb_mode mode);

/* -1, 0 or 1. */
NVB_API int nvb_num_sign(nvb_num a);
NVB_API int nvb_num_cmp(nvb_calc *calc, nvb_num a, nvb_num b);
/* True when the value has a finite decimal form of at most `decimals` places. */
NVB_API bool nvb_num_terminates(nvb_calc *calc, nvb_num a, unsigned decimals);

#endif
