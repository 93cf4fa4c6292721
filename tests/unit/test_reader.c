/*
 * test_reader.c: from bytes to a proposal: exact numbers, merging, layers of steps, where each
 * number stands, --set, limits, and the places of problems. What is said about bad documents is in
 * tests/golden/invalid.
 */
#include "formats/read/document.h"
#include "formats/json/json_scan.h"
#include "formats/json/json_tree.h"
#include "formats/word/wording.h"
#include "core/numtext.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#define TEXT(s) ((nvb_text){(s), strlen(s)})
#define HEAD                                                                                       \
    "{\"formaat\":\"navolgbaar/voorstel/"                                                          \
    "1\",\"soort\":\"contractvoorstel\",\"contractering\":\"digitaal\","                           \
    "\"kenmerk\":\"T\",\"contractjaar\":2026,\"zorgverzekeraar\":{\"naam\":\"V\",\"uzovi\":"       \
    "\"0403\"},"                                                                                   \
    "\"zorgaanbieder\":{\"naam\":\"A\",\"agb\":\"01234567\"},"
#define BASIS "\"basis\":{\"soort\":\"kostprijs\",\"bedrag\":\"10\"}"

typedef struct reading {
    nvb_diag *diag;
    nvb_document *doc;
    const nvb_proposal *p;
} reading;

static reading read_all(const char *text, const char *policy, const nvb_setting *settings, size_t n)
{
    reading r = {nvb_diag_new(), NULL, NULL};
    nvb_source_file file = {NVB_TEXT("doc"), TEXT(text)}, with = {NVB_TEXT("pol"), {0}};
    if (policy)
        with.bytes = TEXT(policy);
    r.doc = nvb_document_read(
        &file,
        &(nvb_read_options){
            .policies = &with, .n_policies = policy != NULL, .settings = settings, .n_settings = n},
        r.diag);
    r.p = r.doc ? nvb_document_proposal(r.doc) : NULL;
    return r;
}

static reading
read_good(const char *text, const char *policy, const nvb_setting *settings, size_t n)
{
    reading r = read_all(text, policy, settings, n);
    if (!r.p) {
        nvb_buffer out = NVB_BUFFER_INIT;
        nvb_document_locate(r.doc, r.diag);
        nvb_emit_problems(&out, r.diag, NVB_NL);
        fail_msg("%s", out.s);
    }
    return r;
}

static void done(reading r)
{
    nvb_document_free(r.doc);
    nvb_diag_free(r.diag);
}

#define assert_text(actual, expected) assert_string_equal((actual).s, (expected))

static void assert_number(nvb_num value, const char *digits)
{
    nvb_calc *calc = nvb_calc_new(0);
    nvb_buffer out = NVB_BUFFER_INIT;
    nvbi_num_append(calc, &out, value);
    assert_string_equal(out.s, digits);
    nvb_buffer_release(&out);
    nvb_calc_free(calc);
}

static void assert_input(nvb_input in, const char *digits, const char *path)
{
    assert_text(in.path, path);
    assert_number(in.value, digits);
}

static const nvb_step *step(const nvb_line *l, const char *id)
{
    static const nvb_step none;
    for (size_t i = 0; i < l->price.n_steps; i++)
        if (strcmp(l->price.steps[i]->id.s, id) == 0)
            return l->price.steps[i];
    fail_msg("no step %s", id);
    return &none;
}

static void assert_order(const nvb_line *l, const char *ids)
{
    nvb_buffer out = NVB_BUFFER_INIT;
    nvb_buffer_str(&out, "");
    for (size_t i = 0; i < l->price.n_steps; i++) {
        nvb_buffer_str(&out, i ? " " : "");
        nvb_buffer_text(&out, l->price.steps[i]->id);
    }
    assert_string_equal(out.s, ids);
    nvb_buffer_release(&out);
}

/* --- numbers --- */

static void digits_are_kept(void **state)
{
    (void)state;
    reading r = read_good(HEAD "\"prestaties\":["
                               "{\"code\":\"A\",\"basis\":{\"soort\":\"kostprijs\",\"bedrag\":"
                               "12345678901234567.89,\"percentage\":95,\"factor\":\"1/8\"}},"
                               "{\"code\":\"B\",\"basis\":{\"soort\":\"kostprijs\",\"bedrag\":\"0."
                               "10\",\"percentage\":\"4.75%\",\"factor\":1.10}},"
                               "{\"code\":\"C\",\"tarief\":-0.00000000000000000001}]}",
                          NULL, NULL, 0);
    const nvb_basis *a = &r.p->lines[0].price.basis, *b = &r.p->lines[1].price.basis;
    assert_input(a->amount, "12345678901234567.89", "/prestaties/A/basis/bedrag");
    assert_input(a->percentage, "0.95", "/prestaties/A/basis/percentage");
    assert_input(a->factor, "0.125", "/prestaties/A/basis/factor");
    assert_input(b->amount, "0.1", "/prestaties/B/basis/bedrag");
    assert_input(b->percentage, "0.0475", "/prestaties/B/basis/percentage");
    assert_input(b->factor, "1.1", "/prestaties/B/basis/factor");
    assert_input(r.p->lines[2].tariff, "-0.00000000000000000001", "/prestaties/C/tarief");
    assert_null(r.p->lines[2].price.basis.amount.path.s);
    done(r);
}

static void shares_may_be_fractions(void **state)
{
    (void)state;
    reading r = read_good(HEAD "\"indexen\":{\"i\":{\"componenten\":[{\"id\":\"ova\",\"soort\":"
                               "\"loon\",\"aandeel\":\"3/4\",\"voorlopig\":\"-1.5\"},"
                               "{\"id\":\"a/"
                               "b\",\"soort\":\"prijs\",\"aandeel\":25,\"voorlopig\":2,\"vorig\":{"
                               "\"voorlopig\":1,\"definitief\":\"2%\"}}]}},"
                               "\"prestaties\":[{\"code\":\"A\",\"tarief\":1}]}",
                          NULL, NULL, 0);
    const nvb_component *c = r.p->indices[0].components;
    assert_int_equal(r.p->indices[0].n_components, 2);
    assert_input(c[0].share, "0.75", "/indexen/i/componenten/ova/aandeel");
    assert_input(c[0].provisional, "-0.015", "/indexen/i/componenten/ova/voorlopig");
    assert_input(c[1].share, "0.25", "/indexen/i/componenten/a~1b/aandeel");
    assert_input(c[1].last_definitive, "0.02", "/indexen/i/componenten/a~1b/vorig/definitief");
    assert_int_equal(r.p->indices[0].round_total, NVB_UNROUNDED);
    assert_int_equal(r.p->indices[0].kind, NVB_COST_KIND_COUNT);
    done(r);
}

static void no_text_passes_for_a_number(void **state)
{
    (void)state; /* U+00FF in a text is two bytes; the tag byte itself is no UTF-8 */
    reading r =
        read_good(HEAD "\"sector\":\"\\u00ff5\",\"prestaties\":[{\"code\":\"A\",\"tarief\":1}]}",
                  NULL, NULL, 0);
    assert_text(r.p->sector, "\xC3\xBF"
                             "5");
    done(r);
    r = read_all(HEAD "\"sector\":\"\xFF"
                      "5\",\"prestaties\":[{\"code\":\"A\",\"tarief\":1}]}",
                 NULL, NULL, 0);
    assert_null(r.doc);
    assert_int_equal(nvb_diag_at(r.diag, 0)->code, NVB_E115);
    done(r);
}

static void facts_in_digits_are_numbers(void **state)
{
    (void)state;
    reading r =
        read_good(HEAD "\"kenmerken\":{\"a\":{\"waarde\":\"8.40\"},\"b\":{\"waarde\":8.4},\"c\":{"
                       "\"waarde\":\"8,4\"},\"x-d\":5},"
                       "\"stappen\":[{\"id\":\"s\",\"soort\":\"opslag\",\"bedrag\":1,"
                       "\"voorwaarde\":{\"omschrijving\":\"o\",\"kenmerk\":\"a\",\"is\":8.400}},"
                       "{\"id\":\"t\",\"soort\":\"opslag\",\"bedrag\":1,\"voorwaarde\":{"
                       "\"omschrijving\":\"o\",\"kenmerk\":\"c\",\"is\":\"8.4\"}},"
                       "{\"id\":\"u\",\"soort\":\"opslag\",\"bedrag\":1,\"voorwaarde\":{"
                       "\"omschrijving\":\"o\",\"voldaan\":false}}],"
                       "\"prestaties\":[{\"code\":\"A\"," BASIS "}]}",
                  NULL, NULL, 0);
    assert_int_equal(r.p->n_facts, 3);
    assert_true(r.p->facts[0].is_number);
    assert_text(r.p->facts[0].text, "8.40");
    assert_number(r.p->facts[0].number, "8.4");
    assert_true(r.p->facts[1].is_number);
    assert_false(r.p->facts[2].is_number);
    assert_text(r.p->facts[2].path, "/kenmerken/c");
    const nvb_line *l = &r.p->lines[0];
    assert_true(step(l, "s")->condition->met);
    assert_false(step(l, "s")->condition->stated);
    assert_text(step(l, "s")->condition->wanted, "8.400");
    assert_false(step(l, "t")->condition->met);
    assert_true(step(l, "u")->condition->stated);
    assert_false(step(l, "u")->condition->met);
    done(r);
}

/* --- layers of steps --- */

static const char layered[] = HEAD
    "\"stappen\":[{\"id\":\"a\",\"soort\":\"opslag\",\"percentage\":\"1%\",\"over\":\"basis\","
    "\"aandeel\":\"50%\","
    "\"afronden\":{\"decimalen\":2,\"methode\":\"naar_boven\"}},"
    "{\"id\":\"b\",\"soort\":\"afslag\",\"bedrag\":\"0.20\"},{\"id\":\"c\",\"soort\":\"opslag\","
    "\"bedrag\":3}],"
    "\"groepen\":{\"g\":{\"stappen\":[{\"id\":\"d\",\"soort\":\"opslag\",\"bedrag\":4},{\"id\":"
    "\"b\",\"bedrag\":\"0.30\"}]}},"
    "\"prestaties\":["
    "{\"code\":\"P\"," BASIS "},"
    "{\"code\":\"Q\"," BASIS ",\"groep\":\"g\"},"
    "{\"code\":\"R\"," BASIS ",\"groep\":\"g\",\"zonder\":[\"c\",\"b\"],\"stappen\":[{\"id\":\"e\","
    "\"soort\":\"opslag\",\"bedrag\":5},"
    "{\"id\":\"a\",\"percentage\":\"2%\",\"afronden\":{\"decimalen\":3}},{\"id\":\"b\",\"soort\":"
    "\"opslag\",\"bedrag\":6}]},"
    "{\"code\":\"S\"," BASIS ",\"zonder\":\"alle\"},"
    "{\"code\":\"T\"," BASIS ",\"groep\":\"g\",\"stappen\":[{\"id\":\"b\",\"reden\":\"r\"},{\"id\":"
    "\"d\",\"bedrag\":null,\"percentage\":\"3%\",\"over\":\"stand\"}]},"
    "{\"code\":\"U\",\"tarief\":1},"
    "{\"code\":\"V\"," BASIS "}]}";

static void layers_come_in_order(void **state)
{
    (void)state;
    reading r = read_good(layered, NULL, NULL, 0);
    const nvb_line *l = r.p->lines;
    assert_order(&l[0], "a b c");
    assert_order(&l[1], "a b c d");
    assert_order(&l[2], "a d e b");
    assert_order(&l[3], "");
    assert_order(&l[4], "a b c d");
    assert_order(&l[5], "");
    done(r);
}

static void unchanged_steps_are_shared(void **state)
{
    (void)state;
    reading r = read_good(layered, NULL, NULL, 0);
    const nvb_line *l = r.p->lines;
    assert_ptr_equal(l[0].price.steps, l[6].price.steps);
    assert_ptr_equal(step(&l[0], "a"), step(&l[1], "a"));
    assert_ptr_equal(step(&l[0], "c"), step(&l[4], "c"));
    assert_ptr_not_equal(step(&l[0], "b"), step(&l[1], "b"));
    done(r);
}

static void each_number_stands_where_it_was_written(void **state)
{
    (void)state;
    reading r = read_good(layered, NULL, NULL, 0);
    const nvb_line *l = r.p->lines;
    assert_text(step(&l[1], "b")->path, "/stappen/b");
    assert_input(step(&l[1], "b")->amount, "0.3", "/groepen/g/stappen/b/bedrag");
    const nvb_step *a = step(&l[2], "a");
    assert_text(a->path, "/stappen/a");
    assert_input(a->percentage, "0.02", "/prestaties/R/stappen/a/percentage");
    assert_input(a->share, "0.5", "/stappen/a/aandeel");
    assert_int_equal(a->rounding.decimals, 3);
    assert_int_equal(a->rounding.mode, NVB_UP); /* merged within the object */
    const nvb_step *b = step(&l[2], "b");       /* dropped, so this is a new one */
    assert_text(b->path, "/prestaties/R/stappen/b");
    assert_int_equal(b->kind, NVB_STEP_SURCHARGE);
    assert_input(b->amount, "6", "/prestaties/R/stappen/b/bedrag");
    const nvb_step *t = step(&l[4], "b"); /* shared, group, line */
    assert_input(t->amount, "0.3", "/groepen/g/stappen/b/bedrag");
    assert_text(t->reason, "r");
    const nvb_step *d = step(&l[4], "d");
    assert_text(d->path, "/groepen/g/stappen/d");
    assert_null(d->amount.path.s);
    assert_input(d->percentage, "0.03", "/prestaties/T/stappen/d/percentage");
    assert_int_equal(d->over.kind, NVB_OVER_STAND);
    done(r);
}

static void treads_keep_their_place(void **state)
{
    (void)state;
    reading r = read_good(
        HEAD "\"kenmerken\":{\"k\":{\"waarde\":1}},\"stappen\":[{\"id\":\"t\",\"soort\":\"opslag\","
             "\"over\":\"basis\",\"tabel\":{\"kenmerk\":\"k\","
             "\"treden\":[{\"tot\":8,\"percentage\":\"1%\"},{\"percentage\":0}]}}],\"prestaties\":["
             "{\"code\":\"A\"," BASIS ",\"stappen\":[{\"id\":\"t\",\"reden\":\"r\"}]},"
             "{\"code\":\"B\"," BASIS
             ",\"stappen\":[{\"id\":\"t\",\"tabel\":{\"treden\":[{\"bedrag\":-2}]}}]}]}",
        NULL, NULL, 0);
    const nvb_table *a = step(&r.p->lines[0], "t")->table, *b = step(&r.p->lines[1], "t")->table;
    assert_input(a->treads[0].upper, "8", "/stappen/t/tabel/treden/0/tot");
    assert_input(a->treads[1].percentage, "0", "/stappen/t/tabel/treden/1/percentage");
    assert_int_equal(b->n_treads, 1);
    assert_text(b->fact, "k");
    assert_input(b->treads[0].amount, "-2", "/prestaties/B/stappen/t/tabel/treden/0/bedrag");
    done(r);
}

static void what_a_percentage_is_taken_of(void **state)
{
    (void)state;
    reading r = read_good(
        HEAD "\"indexen\":{\"i\":{\"percentage\":1,\"soort\":\"loon\"}},\"stappen\":[{\"id\":\"i\","
             "\"soort\":\"index\",\"index\":\"i\"},"
             "{\"id\":\"j\",\"soort\":\"index\",\"index\":\"i\",\"over\":\"stand\"},{\"id\":\"k\","
             "\"soort\":\"opslag\",\"percentage\":1},"
             "{\"id\":\"l\",\"soort\":\"opslag\",\"percentage\":1,\"over\":\"i\"},{\"id\":\"m\","
             "\"soort\":\"opslag\",\"percentage\":1,\"over\":[\"i\",\"basis\",\"j\"]}],"
             "\"prestaties\":[{\"code\":\"A\"," BASIS "}]}",
        NULL, NULL, 0);
    const nvb_line *l = &r.p->lines[0];
    assert_int_equal(step(l, "i")->over.kind, NVB_OVER_BASE);
    assert_false(step(l, "i")->over.in_words);
    assert_int_equal(step(l, "j")->over.kind, NVB_OVER_STAND);
    assert_true(step(l, "j")->over.in_words);
    assert_int_equal(step(l, "k")->over.kind, NVB_OVER_NONE);
    assert_int_equal(step(l, "l")->over.kind, NVB_OVER_FIGURES);
    assert_text(step(l, "l")->over.steps[0], "i");
    const nvb_over *m = &step(l, "m")->over;
    assert_true(m->with_base);
    assert_int_equal(m->n_steps, 2);
    assert_text(m->steps[1], "j");
    done(r);
}

/* --- merging --- */

static const char policy[] =
    "{\"formaat\":\"navolgbaar/voorstel/"
    "1\",\"kenmerk\":\"POL\",\"sector\":\"ggz\",\"tariefafronding\":{\"decimalen\":3,\"methode\":"
    "\"naar_even\"},"
    "\"bronnen\":{\"a\":{\"titel\":\"oud\",\"vindplaats\":\"v\"},\"b\":{\"titel\":\"B\"}},"
    "\"stappen\":[{\"id\":\"s\",\"soort\":\"opslag\",\"bedrag\":1}],"
    "\"catalogus\":{\"A\":{\"omschrijving\":\"uit "
    "beleid\",\"eenheid\":\"uur\",\"basis\":{\"soort\":\"kostprijs\",\"bedrag\":\"10.00\"}},\"Z\":{"
    "\"basis\":7}}}";
static const char on_policy[] =
    HEAD "\"beleid\":\"POL\",\"bronnen\":{\"a\":{\"titel\":\"nieuw\"},\"b\":null,\"c\":{\"titel\":"
         "\"C\",\"datum\":null}},"
         "\"prestaties\":[{\"code\":\"A\",\"eenheid\":null,\"basis\":{\"bedrag\":\"12.00\"},"
         "\"tariefafronding\":{\"decimalen\":1}},{\"code\":\"B\"," BASIS "}]}";

static void a_policy_lies_under_a_proposal(void **state)
{
    (void)state;
    reading r = read_good(on_policy, policy, NULL, 0);
    assert_text(r.p->policy, "POL");
    assert_text(r.p->reference, "T");
    assert_text(r.p->sector, "ggz");
    assert_int_equal(r.p->n_sources, 2);
    assert_text(r.p->sources[0].id, "a");
    assert_text(r.p->sources[0].title, "nieuw");
    assert_text(r.p->sources[0].reference, "v");
    assert_text(r.p->sources[1].id, "c");
    const nvb_line *a = &r.p->lines[0];
    assert_text(a->description, "uit beleid");
    assert_null(a->unit.s);
    assert_input(a->price.basis.amount, "12", "/prestaties/A/basis/bedrag");
    assert_int_equal(a->price.basis.kind, NVB_COST_PRICE);
    assert_int_equal(a->price.rounding.decimals,
                     1); /* its own replaces that of the document whole */
    assert_int_equal(a->price.rounding.mode, NVB_ARITHMETIC);
    assert_int_equal(r.p->lines[1].price.rounding.mode, NVB_HALF_EVEN);
    assert_order(a, "s");
    done(r);
}

static void what_is_emitted_reads_as_the_same(void **state)
{
    (void)state;
    reading r = read_good(on_policy, policy, NULL, 0);
    nvb_buffer first = NVB_BUFFER_INIT, second = NVB_BUFFER_INIT, wrapped = NVB_BUFFER_INIT;
    nvbi_document_emit(&first, r.doc);
    assert_null(strstr(first.s, "catalogus"));
    assert_non_null(strstr(first.s, "\"x-beleid\":\"POL\""));
    assert_null(strstr(first.s, "\"beleid\""));
    nvb_buffer_str(
        &wrapped,
        "{\"formaat\":\"navolgbaar/toelichting/1\",\"knopen\":[null,{\"a\":1}],\"voorstel\":");
    nvb_buffer_bytes(&wrapped, first.s, first.n);
    nvb_buffer_str(&wrapped, "}");
    reading again = read_good(wrapped.s, NULL, NULL, 0);
    assert_text(again.p->policy, "POL");
    nvbi_document_emit(&second, again.doc);
    assert_string_equal(first.s, second.s);
    done(r);
    done(again);
    nvb_buffer_release(&first);
    nvb_buffer_release(&second);
    nvb_buffer_release(&wrapped);
}

static void numbers_are_emitted_as_written(void **state)
{
    (void)state;
    reading r = read_good(HEAD "\"x-a\":[1.10,-0,1E+5,\"1.10\",null,{\"\\u0041\\n\\\"\":[]}],"
                               "\"prestaties\":[{\"code\":\"A\",\"tarief\":1.50}]}",
                          NULL, NULL, 0);
    nvb_buffer out = NVB_BUFFER_INIT;
    nvbi_document_emit(&out, r.doc);
    assert_non_null(strstr(out.s, "\"x-a\":[1.10,-0,1E+5,\"1.10\",null,{\"A\\n\\\"\":[]}]"));
    assert_non_null(strstr(out.s, "\"tarief\":1.50}"));
    nvb_buffer_release(&out);
    done(r);
}

static void merge_patch_by_the_letter(void **state)
{
    (void)state; /* the cases of RFC 7396, appendix A, that have an object for a patch */
    static const char *const cases[][3] = {
        {"{\"a\":\"b\"}",                                                             "{\"a\":\"c\"}",                    "{\"a\":\"c\"}"                                                             },
        {"{\"a\":\"b\"}",                                                             "{\"b\":\"c\"}",                    "{\"a\":\"b\",\"b\":\"c\"}"                                                 },
        {"{\"a\":\"b\"}",                                                             "{\"a\":null}",                     "{}"                                                                        },
        {"{\"a\":\"b\",\"b\":\"c\"}",                                                 "{\"a\":null}",                     "{\"b\":\"c\"}"                                                             },
        {"{\"a\":[\"b\"]}",                                                           "{\"a\":\"c\"}",                    "{\"a\":\"c\"}"                                                             },
        {"{\"a\":\"c\"}",                                                             "{\"a\":[\"b\"]}",                  "{\"a\":[\"b\"]}"                                                           },
        {"{\"a\":{\"b\":\"c\"}}",                                                     "{\"a\":{\"b\":\"d\",\"c\":null}}", "{\"a\":{\"b\":\"d\"}}"                                                     },
        {"{\"a\":[{\"b\":\"c\"}]}",                                                   "{\"a\":[1]}",                      "{\"a\":[1]}"                                                               },
        {"{\"e\":null}",                                                              "{\"a\":1}",                        "{\"e\":null,\"a\":1}"                                                      },
        {"[1,2]",                                                                     "{\"a\":\"b\",\"c\":null}",         "{\"a\":\"b\"}"                                                             },
        {"{}",                                                                        "{\"a\":{\"bb\":{\"ccc\":null}}}",  "{\"a\":{\"bb\":{}}}"                                                       },
        {"{\"a\":1,\"b\":2,\"c\":3,\"d\":4,\"e\":5,\"f\":6,\"g\":7,\"h\":8,\"i\":9}",
         "{\"c\":null,\"i\":0,\"j\":1,\"a\":{}}",                                                                         "{\"a\":{},\"b\":2,\"d\":4,\"e\":5,\"f\":6,\"g\":7,\"h\":8,\"i\":0,\"j\":1}"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        nvb_diag *diag = nvb_diag_new();
        nvbi_arena arena;
        int ordinal = 0;
        nvbi_arena_init(&arena);
        nvb_source_file target = {NVB_TEXT("t"), TEXT(cases[i][0])},
                        patch = {NVB_TEXT("p"), TEXT(cases[i][1])};
        cJSON *t = nvbi_tree_parse(&target, &ordinal, diag),
              *p = nvbi_tree_parse(&patch, &ordinal, diag);
        char *before = cJSON_PrintUnformatted(t);
        char *merged = cJSON_PrintUnformatted(nvbi_merge(&arena, t, p, 0)),
             *after = cJSON_PrintUnformatted(t);
        for (char *s = merged; *s; s++) /* numbers are tagged strings: show the digits */
            if (*s == NVBI_NUMBER_TAG) {
                memmove(s - 1, s + 1, strlen(s));
                char *quote = strchr(s - 1, '"');
                memmove(quote, quote + 1, strlen(quote));
                s--;
            }
        assert_string_equal(merged, cases[i][2]);
        assert_string_equal(before, after);
        cJSON_free(before);
        cJSON_free(after);
        cJSON_free(merged);
        cJSON_Delete(t);
        cJSON_Delete(p);
        nvbi_arena_release(&arena);
        nvb_diag_free(diag);
    }
}

/* --- settings --- */

static void settings_are_applied_in_order(void **state)
{
    (void)state;
    const nvb_setting settings[] = {
        {NVB_TEXT("/prestaties/A/basis/bedrag"),  NVB_TEXT("31.390")         },
        {NVB_TEXT("/prestaties/0/volume"),        NVB_TEXT("{\"aantal\": 5}")},
        {NVB_TEXT("/prestaties/A/volume/aantal"), NVB_TEXT("0012")           }, /* no JSON number, so text */
        {NVB_TEXT("/kenmerk"),                    NVB_TEXT("T-2 ")           },
        {NVB_TEXT("/stappen/s/bedrag"),           NVB_TEXT("\"2\"")          },
        {NVB_TEXT("/ronde"),                      NVB_TEXT("2")              },
        {NVB_TEXT("/ronde"),                      NVB_TEXT("3")              },
    };
    reading r = read_good(on_policy, policy, settings, sizeof settings / sizeof *settings);
    assert_input(r.p->lines[0].price.basis.amount, "31.39", "/prestaties/A/basis/bedrag");
    assert_input(r.p->lines[0].volume.count, "12", "/prestaties/A/volume/aantal");
    assert_text(r.p->reference, "T-2 ");
    assert_input(step(&r.p->lines[1], "s")->amount, "2", "/stappen/s/bedrag");
    assert_int_equal(r.p->round, 3);
    nvb_buffer out = NVB_BUFFER_INIT;
    nvbi_document_emit(&out, r.doc);
    assert_non_null(strstr(out.s, "\"bedrag\":31.390"));
    assert_non_null(strstr(out.s, "\"ronde\":3"));
    nvb_buffer_release(&out);
    done(r);
}

static void a_setting_leaves_its_neighbours(void **state)
{
    (void)state; /* two lines share the catalogue's text; only one is set */
    const nvb_setting settings[] = {
        {NVB_TEXT("/prestaties/B/basis/soort"), NVB_TEXT("anders")}
    };
    reading r =
        read_good(HEAD "\"prestaties\":[{\"code\":\"A\"," BASIS "},{\"code\":\"B\"," BASIS "}]}",
                  NULL, settings, 1);
    assert_int_equal(r.p->lines[0].price.basis.kind, NVB_COST_PRICE);
    assert_int_equal(r.p->lines[1].price.basis.kind, NVB_OTHER_BASE);
    assert_input(r.p->lines[1].price.basis.amount, "10", "/prestaties/B/basis/bedrag");
    done(r);
}

/* --- problems and places --- */

static void places_of_paths(void **state)
{
    (void)state;
    reading r = read_good("\xEF\xBB\xBF" HEAD "\n \"x\\u002d\": \"]},:\\\"\",\n \"prestaties\": "
                          "[\n  {\"code\": \"A\",\n   \"tarief\" : 1}]}",
                          NULL, NULL, 0);
    nvb_diag_add(r.diag, NVB_E601, NVB_TEXT("/prestaties/A/tarief"), NVB_TEXT(""), NVB_TEXT(""),
                 NVB_TEXT(""))
        ->at_key = true;
    nvb_diag_add(r.diag, NVB_E601, NVB_TEXT("/prestaties/A/tarief"), NVB_TEXT(""), NVB_TEXT(""),
                 NVB_TEXT(""));
    nvb_diag_add(r.diag, NVB_E601, NVB_TEXT("/prestaties/A/basis/bedrag"), NVB_TEXT(""),
                 NVB_TEXT(""), NVB_TEXT(""))
        ->at_key = true;
    nvb_diag_add(r.diag, NVB_E601, NVB_TEXT(""), NVB_TEXT(""), NVB_TEXT(""), NVB_TEXT(""));
    nvb_diag_add(r.diag, NVB_E601, (nvb_text){0}, NVB_TEXT(""), NVB_TEXT(""), NVB_TEXT(""));
    nvb_document_locate(r.doc, r.diag);
    static const size_t expected[][2] = {
        {1, 1 },
        {4, 3 },
        {5, 4 },
        {5, 15},
        {0, 0 }
    };
    for (size_t i = 0; i < 5; i++) {
        assert_int_equal(nvb_diag_at(r.diag, i)->place.line, expected[i][0]);
        assert_int_equal(nvb_diag_at(r.diag, i)->place.column, expected[i][1]);
    }
    assert_text(nvb_diag_at(r.diag, 2)->place.excerpt, "   \"tarief\" : 1}]}");
    assert_text(nvb_diag_at(r.diag, 2)->place.file, "doc");
    done(r);
}

static void a_merged_value_is_found_in_its_own_file(void **state)
{
    (void)state;
    const nvb_setting settings[] = {
        {NVB_TEXT("/prestaties/A/volume"), NVB_TEXT("{\"aantal\":\n 7}")}
    };
    reading r = read_good(on_policy, policy, settings, 1);
    static const char *const paths[] = {"/prestaties/A/basis/soort", "/prestaties/A/basis/bedrag",
                                        "/prestaties/A/volume/aantal", "/bronnen/a/vindplaats"};
    static const char *const files[] = {"pol", "doc", "--set /prestaties/A/volume", "pol"};
    for (size_t i = 0; i < 4; i++)
        nvb_diag_add(r.diag, NVB_E601, TEXT(paths[i]), NVB_TEXT(""), NVB_TEXT(""), NVB_TEXT(""));
    nvb_document_locate(r.doc, r.diag);
    for (size_t i = 0; i < 4; i++) {
        const nvb_problem *p = nvb_diag_at(r.diag, i);
        size_t which = 0;
        while (strcmp(paths[which], p->path.s) != 0)
            which++;
        assert_text(p->place.file, files[which]);
        if (which == 2) {
            assert_int_equal(p->place.line, 2);
            assert_int_equal(p->place.column, 2);
        }
    }
    done(r);
}

static void problems_are_sorted_and_counted(void **state)
{
    (void)state;
    nvb_diag *d = nvb_diag_new();
    for (int i = 0; i < NVB_MAX_PROBLEMS + 5; i++) {
        nvb_problem *p = nvb_diag_add(d, i % 2 ? NVB_E501 : NVB_E301, NVB_TEXT("/a"), NVB_TEXT("w"),
                                      (nvb_text){0}, (nvb_text){0});
        p->place = (nvb_place){.file = NVB_TEXT("f"), .line = (size_t)(2000 - i), .column = 1};
    }
    assert_int_equal(nvb_diag_kept(d), NVB_MAX_PROBLEMS);
    assert_int_equal(nvb_diag_count(d, NVB_ERROR), 503);
    assert_int_equal(nvb_diag_count(d, NVB_GAP), 502);
    nvb_diag_sort(d);
    assert_int_equal(nvb_diag_at(d, 0)->place.line, 2000 - NVB_MAX_PROBLEMS + 1);
    assert_null(nvb_diag_at(d, NVB_MAX_PROBLEMS));
    nvb_diag_clear(d);
    assert_int_equal(nvb_diag_count(d, NVB_ERROR), 0);
    assert_int_equal(nvb_code_find(NVB_TEXT("E301")), NVB_E301);
    assert_int_equal(nvb_code_find(NVB_TEXT("E30")), NVB_OK);
    assert_int_equal(nvb_code_find(NVB_TEXT("E999")), NVB_OK);
    assert_string_equal(nvb_code_name(NVB_E115), "E115");
    nvb_diag_free(d);
}

static void every_message_has_both_languages(void **state)
{
    (void)state;
    for (int c = NVB_OK + 1; c < NVB_CODE_COUNT; c++) {
        const char *nl = nvb_code_message((nvb_code)c, NVB_NL),
                   *en = nvb_code_message((nvb_code)c, NVB_EN);
        assert_true(*nl && *en);
        assert_int_equal(nvb_code_hint((nvb_code)c, NVB_NL)[0] == 0,
                         nvb_code_hint((nvb_code)c, NVB_EN)[0] == 0);
        for (const char *w = "123"; *w; w++) { /* the same words in both */
            char place[] = {'{', *w, '}', '\0'};
            assert_int_equal(strstr(nl, place) != NULL, strstr(en, place) != NULL);
        }
    }
}

/* --- limits --- */

static nvb_code first_code(nvb_text bytes)
{
    nvb_diag *d = nvb_diag_new();
    nvb_buffer out = NVB_BUFFER_INIT;
    nvb_source_file file = {NVB_TEXT("f"), bytes};
    size_t values;
    bool good = nvbi_json_scan(&out, &values, &file, d);
    nvb_code code = good ? NVB_OK : nvb_diag_at(d, 0)->code;
    nvb_buffer_release(&out);
    nvb_diag_free(d);
    return code;
}

static void depth_is_limited(void **state)
{
    (void)state;
    char text[2 * NVBI_MAX_DEPTH + 2];
    memset(text, '[', NVBI_MAX_DEPTH);
    memset(text + NVBI_MAX_DEPTH, ']', NVBI_MAX_DEPTH);
    assert_int_equal(first_code((nvb_text){text, 2 * NVBI_MAX_DEPTH}), NVB_OK);
    memset(text, '[', NVBI_MAX_DEPTH + 1);
    memset(text + NVBI_MAX_DEPTH + 1, ']', NVBI_MAX_DEPTH + 1);
    assert_int_equal(first_code((nvb_text){text, 2 * NVBI_MAX_DEPTH + 2}), NVB_E117);
}

static void size_is_limited(void **state)
{
    (void)state; /* never looked at, so it need not be there */
    assert_int_equal(first_code((nvb_text){"{}", (size_t)NVBI_MAX_BYTES + 1}), NVB_E118);
}

/* [0,0,…,0]: one value more than it has zeros. */
static nvb_code code_of_zeros(size_t zeros)
{
    size_t n = 2 * zeros + 1;
    char *text = malloc(n);
    assert_non_null(text);
    for (size_t i = 0; i < zeros; i++)
        memcpy(text + 2 * i, ",0", 2);
    text[0] = '[';
    text[n - 1] = ']';
    nvb_code code = first_code((nvb_text){text, n});
    free(text);
    return code;
}

static void values_are_limited(void **state)
{
    (void)state;
    assert_int_equal(code_of_zeros(NVBI_MAX_VALUES - 1), NVB_OK);
    assert_int_equal(code_of_zeros(NVBI_MAX_VALUES), NVB_E119);
}

static void put_steps(nvb_buffer *b, int n, const char *extra)
{
    for (int i = 0; i < n; i++) {
        nvb_buffer_str(b, i ? ",{\"id\":\"s" : "{\"id\":\"s");
        nvb_buffer_uint(b, (unsigned)i);
        nvb_buffer_str(b, extra);
    }
}

static void steps_are_limited(void **state)
{
    (void)state;
    for (int n = 1000; n <= 1001; n++) {
        nvb_buffer b = NVB_BUFFER_INIT;
        nvb_buffer_str(&b, HEAD "\"prestaties\":[{\"code\":\"A\"," BASIS ",\"stappen\":[");
        put_steps(&b, n, "\",\"soort\":\"opslag\",\"bedrag\":1}");
        nvb_buffer_str(&b, "]}]}");
        reading r = read_all(b.s, NULL, NULL, 0);
        assert_int_equal(r.p == NULL, n > 1000);
        if (n > 1000)
            assert_int_equal(nvb_diag_at(r.diag, 0)->code, NVB_E241);
        done(r);
        nvb_buffer_release(&b);
    }
}

static void work_is_limited(void **state)
{
    (void)state; /* 1,000 shared steps on more lines than anyone has */
    nvb_buffer b = NVB_BUFFER_INIT;
    nvb_buffer_str(&b, HEAD "\"stappen\":[");
    put_steps(&b, 1000, "\",\"soort\":\"opslag\",\"bedrag\":1}");
    nvb_buffer_str(&b, "],\"prestaties\":[{\"code\":\"A\",\"tarief\":1}");
    for (unsigned i = 0; i < 5100; i++) {
        nvb_buffer_str(&b, ",{\"code\":\"");
        nvb_buffer_uint(&b, i);
        nvb_buffer_str(&b, "\"," BASIS "}");
    }
    nvb_buffer_str(&b, "]}");
    reading r = read_all(b.s, NULL, NULL, 0);
    assert_null(r.p);
    assert_int_equal(nvb_diag_count(r.diag, NVB_ERROR), 1);
    assert_int_equal(nvb_diag_at(r.diag, 0)->code, NVB_E242);
    done(r);
    nvb_buffer_release(&b);
}

static void every_prefix_is_refused(void **state)
{
    (void)state;
    for (size_t n = 0; n + 1 < sizeof layered; n++) {
        char *copy = malloc(n + 1); /* of exactly that length, for the sanitizers */
        memcpy(copy, layered, n);
        nvb_diag *d = nvb_diag_new();
        nvb_source_file file = {
            NVB_TEXT("f"), {copy, n}
        };
        assert_null(nvb_document_read(&file, NULL, d));
        assert_true(nvb_diag_count(d, NVB_ERROR) > 0);
        assert_true(nvb_diag_at(d, 0)->place.line == 1);
        nvb_diag_free(d);
        free(copy);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(digits_are_kept),
        cmocka_unit_test(shares_may_be_fractions),
        cmocka_unit_test(no_text_passes_for_a_number),
        cmocka_unit_test(facts_in_digits_are_numbers),
        cmocka_unit_test(layers_come_in_order),
        cmocka_unit_test(unchanged_steps_are_shared),
        cmocka_unit_test(each_number_stands_where_it_was_written),
        cmocka_unit_test(treads_keep_their_place),
        cmocka_unit_test(what_a_percentage_is_taken_of),
        cmocka_unit_test(a_policy_lies_under_a_proposal),
        cmocka_unit_test(what_is_emitted_reads_as_the_same),
        cmocka_unit_test(numbers_are_emitted_as_written),
        cmocka_unit_test(merge_patch_by_the_letter),
        cmocka_unit_test(settings_are_applied_in_order),
        cmocka_unit_test(a_setting_leaves_its_neighbours),
        cmocka_unit_test(places_of_paths),
        cmocka_unit_test(a_merged_value_is_found_in_its_own_file),
        cmocka_unit_test(problems_are_sorted_and_counted),
        cmocka_unit_test(every_message_has_both_languages),
        cmocka_unit_test(depth_is_limited),
        cmocka_unit_test(size_is_limited),
        cmocka_unit_test(values_are_limited),
        cmocka_unit_test(steps_are_limited),
        cmocka_unit_test(work_is_limited),
        cmocka_unit_test(every_prefix_is_refused),
    };
    return cmocka_run_group_tests_name("reader", tests, NULL, NULL);
}
