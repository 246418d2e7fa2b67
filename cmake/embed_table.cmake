# mmx_write_embedded(MADE TARGET FOLDER NAMESPACE FILE...): writes MADE.S, which includes the bytes of the FILEs below
# FOLDER, and MADE.cc, a table NAMESPACE::kEmbeddedFiles sorted by path. What has not changed is not written again.
function(mmx_write_embedded made target folder namespace)
  set(files ${ARGN})
  list(SORT files COMPARE STRING)
  set(assembly ".section .rodata\n")
  set(externs "")
  set(rows "")
  set(number 0)
  foreach(file ${files})
    set(symbol ${target}_${number})
    string(APPEND assembly ".balign 16\n${symbol}_first:\n.incbin \"${folder}/${file}\"\n${symbol}_last:\n.byte 0\n.global ${symbol}_first\n.global ${symbol}_last\n")
    string(APPEND externs "extern const char ${symbol}_first[], ${symbol}_last[];\n")
    string(APPEND rows "    {\"${file}\", ${symbol}_first, ${symbol}_last},\n")
    math(EXPR number "${number} + 1")
  endforeach()
  string(APPEND assembly ".section .note.GNU-stack,\"\",@progbits\n")
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
endfunction()
