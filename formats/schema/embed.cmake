# Writes the JSON Schemas as C: nvb_schema and nvb_schema_name of formats.h. As bytes, since a string literal of
# this length is beyond what C promises.
set(code "/* Made by embed.cmake from formats/schema; not to be edited. */\n#include \"navolgbaar/formats.h\"\n\n")
set(rows "")
foreach(name IN LISTS NAMES)
    file(READ "${FOLDER}/${name}.schema.json" bytes HEX)
    string(LENGTH "${bytes}" length)
    math(EXPR length "${length} / 2")
    string(REGEX REPLACE "(..)" "0x\\1," bytes "${bytes}")
    string(REGEX REPLACE "(................................................................................)" "\\1\n" bytes "${bytes}")
    string(APPEND code "static const unsigned char ${name}[] = {\n${bytes}0};\n\n")
    string(APPEND rows "    {\"${name}\", ${name}, ${length}},\n")
endforeach()
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
")
file(WRITE "${OUTPUT}" "${code}")
