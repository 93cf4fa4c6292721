# Writes what the library carries as C: the JSON Schemas (nvb_schema and nvb_schema_name of formats.h) and the index
# figures (nvb_figures_own). As bytes, since a string literal of this length is beyond what C promises.
set(code "/* Made by embed.cmake from formats/schema and formats/figures; not to be edited. */\n#include \"navolgbaar/formats.h\"\n\n")
set(rows "")

# The bytes of a file as an array of that name; their number in `length`.
macro(embed name file)
    file(READ "${file}" bytes HEX)
    string(LENGTH "${bytes}" length)
    math(EXPR length "${length} / 2")
    string(REGEX REPLACE "(..)" "0x\\1," bytes "${bytes}")
    string(REGEX REPLACE "(................................................................................)" "\\1\n" bytes "${bytes}")
    string(APPEND code "static const unsigned char ${name}[] = {\n${bytes}0};\n\n")
endmacro()

foreach(name IN LISTS NAMES)
    embed(${name} "${FOLDER}/${name}.schema.json")
    string(APPEND rows "    {\"${name}\", ${name}, ${length}},\n")
endforeach()
embed(own_figures "${FIGURES}")
string(APPEND code "static const struct {
    const char *name;
    const unsigned char *bytes;
    size_t length;
} schemas[] = {
${rows}};

const char *nvb_schema_name(size_t i)
{
    return i < sizeof schemas / sizeof schemas[0] ? schemas[i].name : NULL;
}

const char *nvb_schema(const char *name, size_t *length)
{
    for (size_t i = 0; nvb_schema_name(i); i++) {
        if (strcmp(schemas[i].name, name) == 0) {
            *length = schemas[i].length;
            return (const char *)schemas[i].bytes;
        }
    }
    return NULL;
}

nvb_text nvb_figures_own(void)
{
    return (nvb_text){(const char *)own_figures, ${length}};
}
")
file(WRITE "${OUTPUT}" "${code}")
