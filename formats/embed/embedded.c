/* embedded.c: see embedded.h. */
#include "embedded.h"

/* The folder of the starts, with the stroke before the name of a sector. */
static const char starts[] = "start/";
/* Every start has one. */
static const char policy[] = "beleid.json";

/* The file number `i` of a folder; NULL past the last. */
static const nvbi_embedded_file *file_of(const char *folder, size_t i)
{
    for (const nvbi_embedded_file *f = nvbi_embedded; f->folder; f++)
        if (strcmp(f->folder, folder) == 0 && i-- == 0)
            return f;
    return NULL;
}

static nvb_text text_of(const nvbi_embedded_file *f)
{
    return f ? (nvb_text){(const char *)f->bytes, f->length} : (nvb_text){NULL, 0};
}

const char *nvb_schema_name(size_t i)
{
    const nvbi_embedded_file *f = file_of("schema", i);
    return f ? f->name : NULL;
}

const char *nvb_schema(const char *name, size_t *length)
{
    const nvbi_embedded_file *f;
    for (size_t i = 0; (f = file_of("schema", i)) != NULL; i++) {
        if (strcmp(f->name, name) == 0) {
            *length = f->length;
            return text_of(f).s;
        }
    }
    return NULL;
}

nvb_text nvb_figures_own(void)
{
    return text_of(file_of("figures", 0));
}

/* --- starts --- */

const char *nvb_start_sector(size_t i)
{
    for (const nvbi_embedded_file *f = nvbi_embedded; f->folder; f++)
        if (strncmp(f->folder, starts, sizeof starts - 1) == 0 && strcmp(f->name, policy) == 0 &&
            i-- == 0)
            return f->folder + sizeof starts - 1;
    return NULL;
}

/* What to do with the files is told in one language; the files themselves are the same. */
static bool is_for(const nvbi_embedded_file *f, nvb_lang lang)
{
    return strcmp(f->name, lang == NVB_NL ? "README.md" : "LEESMIJ.md") != 0;
}

bool nvb_start(const char *sector, size_t i, nvb_lang lang, nvb_source_file *file)
{
    for (const nvbi_embedded_file *f = nvbi_embedded; f->folder; f++) {
        if (strncmp(f->folder, starts, sizeof starts - 1) == 0 &&
            strcmp(f->folder + sizeof starts - 1, sector) == 0 && is_for(f, lang) && i-- == 0) {
            *file = (nvb_source_file){
                {f->name, strlen(f->name)},
                text_of(f)
            };
            return true;
        }
    }
    return false;
}
