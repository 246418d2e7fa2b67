# Makes a library of the files below data/: an assembler file that includes their
# bytes and a C++ table sorted by path (see src/base/data_files.h).
set(data_dir ${PROJECT_SOURCE_DIR}/data)
file(GLOB_RECURSE data_files CONFIGURE_DEPENDS RELATIVE ${data_dir} ${data_dir}/*.toml ${data_dir}/*.tsv ${data_dir}/*.txt ${data_dir}/*.json)
list(SORT data_files COMPARE STRING)

set(assembly ".section .rodata\n")
set(externs "")
set(rows "")
set(number 0)
set(paths "")
foreach(file ${data_files})
  string(APPEND assembly ".balign 16\nmmx_data_${number}_first:\n.incbin \"${data_dir}/${file}\"\nmmx_data_${number}_last:\n.byte 0\n.global mmx_data_${number}_first\n.global mmx_data_${number}_last\n")
  string(APPEND externs "extern const char mmx_data_${number}_first[], mmx_data_${number}_last[];\n")
  string(APPEND rows "    {\"${file}\", mmx_data_${number}_first, mmx_data_${number}_last},\n")
  list(APPEND paths ${data_dir}/${file})
  math(EXPR number "${number} + 1")
endforeach()
string(APPEND assembly ".section .note.GNU-stack,\"\",@progbits\n")
file(CONFIGURE OUTPUT ${PROJECT_BINARY_DIR}/embedded/data.S CONTENT "${assembly}" @ONLY)
file(CONFIGURE OUTPUT ${PROJECT_BINARY_DIR}/embedded/table.cc CONTENT
"#include <cstddef>
extern \"C\" {
${externs}}
namespace mmx::base {
struct EmbeddedFile { const char* path; const char* first; const char* last; };
extern const EmbeddedFile kEmbeddedFiles[];
extern const std::size_t kEmbeddedFileCount;
const EmbeddedFile kEmbeddedFiles[] = {
${rows}    {nullptr, nullptr, nullptr}};
const std::size_t kEmbeddedFileCount = ${number};
}
" @ONLY)
set_source_files_properties(${PROJECT_BINARY_DIR}/embedded/data.S PROPERTIES OBJECT_DEPENDS "${paths}")
add_library(mmx_embedded STATIC ${PROJECT_BINARY_DIR}/embedded/data.S ${PROJECT_BINARY_DIR}/embedded/table.cc)
