# mmx_embed(TARGET FOLDER NAMESPACE PATTERN...): a library of the files below FOLDER: an assembler file that
# includes their bytes and a C++ table NAMESPACE::kEmbeddedFiles sorted by path (see src/base/embedded_files.h).
function(mmx_embed target folder namespace)
  list(TRANSFORM ARGN PREPEND ${folder}/ OUTPUT_VARIABLE patterns)
  file(GLOB_RECURSE files CONFIGURE_DEPENDS RELATIVE ${folder} ${patterns})
  list(SORT files COMPARE STRING)
  set(assembly ".section .rodata\n")
  set(externs "")
  set(rows "")
  set(number 0)
  set(paths "")
  foreach(file ${files})
    set(symbol ${target}_${number})
    string(APPEND assembly ".balign 16\n${symbol}_first:\n.incbin \"${folder}/${file}\"\n${symbol}_last:\n.byte 0\n.global ${symbol}_first\n.global ${symbol}_last\n")
    string(APPEND externs "extern const char ${symbol}_first[], ${symbol}_last[];\n")
    string(APPEND rows "    {\"${file}\", ${symbol}_first, ${symbol}_last},\n")
    list(APPEND paths ${folder}/${file})
    math(EXPR number "${number} + 1")
  endforeach()
  string(APPEND assembly ".section .note.GNU-stack,\"\",@progbits\n")
  set(made ${PROJECT_BINARY_DIR}/embedded/${target})
  file(CONFIGURE OUTPUT ${made}.S CONTENT "${assembly}" @ONLY)
  file(CONFIGURE OUTPUT ${made}.cc CONTENT
"#include \"base/embedded_files.h\"
extern \"C\" {
${externs}}
namespace ${namespace} {
extern const mmx::base::EmbeddedFile kEmbeddedFiles[];
extern const std::size_t kEmbeddedFileCount;
const mmx::base::EmbeddedFile kEmbeddedFiles[] = {
${rows}    {nullptr, nullptr, nullptr}};
const std::size_t kEmbeddedFileCount = ${number};
}
" @ONLY)
  set_source_files_properties(${made}.S PROPERTIES OBJECT_DEPENDS "${paths}")
  add_library(${target} STATIC ${made}.S ${made}.cc)
  target_include_directories(${target} PRIVATE ${PROJECT_SOURCE_DIR}/src)
endfunction()

mmx_embed(mmx_embedded ${PROJECT_SOURCE_DIR}/data mmx::base *.toml *.tsv *.txt *.json)
